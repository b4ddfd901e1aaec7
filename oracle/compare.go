package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// A Difference is one thing that we read otherwise than supervisord.
type Difference struct {
	// Program is the process as supervisorctl shows it, "web" or
	// "group:web", or the name of a group; empty for the configuration as a
	// whole.
	Program string
	// Field is the key of the option, or "environment.NAME". These are no
	// options: "accepted" and "order" of the configuration; "group", where
	// one side lacks it, "kind" and "shadowed" of a group; "process", where
	// one side lacks it, and "section" of a process.
	Field string
	// Ours and Theirs are the values, as JSON: null where an option is not
	// set, empty where the group or process itself is missing.
	Ours, Theirs string
	// Span is the option in the source, or else the section that the
	// process comes from. It is invalid where only supervisord has
	// something.
	Span source.Span
	// Unit is the number of the program in our model, or 0.
	Unit int32
}

// String says all of a difference but its place.
func (d Difference) String() string {
	subject := d.Field
	if d.Program != "" {
		subject = d.Program + ": " + subject
	}
	return fmt.Sprintf("%s is %s here, supervisord has %s", subject, orNothing(d.Ours), orNothing(d.Theirs))
}

func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// Compare returns what differs between our answer and supervisord's: none if
// they say the same, or both refuse the configuration, for whatever reason.
func Compare(ours, theirs Answer) []Difference {
	var c comparison
	if ours.OK != theirs.OK {
		c.add(Difference{Field: "accepted", Ours: verdict(ours), Theirs: verdict(theirs)})
		return c.found
	}
	c.groups(groupIndex(ours), groupIndex(theirs))
	if len(c.found) == 0 && !slices.Equal(ours.Names, theirs.Names) {
		// What is missing on one side would be out of order too.
		c.value(Difference{Field: "order"}, ours.Names, theirs.Names)
	}
	return c.found
}

// verdict returns true, or why a configuration is refused.
func verdict(a Answer) string {
	if a.OK {
		return "true"
	}
	return jsonText(a.Error)
}

// A comparison collects differences.
type comparison struct {
	found []Difference
}

func (c *comparison) add(d Difference) { c.found = append(c.found, d) }

// value adds a difference if two values do differ.
func (c *comparison) value(d Difference, ours, theirs any) {
	d.Ours, d.Theirs = jsonText(ours), jsonText(theirs)
	if d.Ours != d.Theirs {
		c.add(d)
	}
}

func jsonText(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // not for strings, numbers, and lists of them
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// An entry is something with a name that is unique where it stands.
type entry[T any] struct {
	name  string
	value *T
}

// groupIndex names the groups of an answer; those that are shadowed get a
// number behind their name.
func groupIndex(a Answer) []entry[Group] {
	seen := map[string]int{}
	var index []entry[Group]
	for i := range a.Groups {
		g := &a.Groups[i]
		name := g.Name
		if seen[g.Name]++; seen[g.Name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[g.Name])
		}
		index = append(index, entry[Group]{name, g})
	}
	return index
}

func (c *comparison) groups(ours, theirs []entry[Group]) {
	match(ours, theirs, func(name string, a, b *Group) {
		d := Difference{Program: name, Span: a.span("")}
		if a == nil || b == nil {
			d.Field, d.Ours, d.Theirs = "group", a.kind(), b.kind()
			c.add(d)
			return
		}
		d.Field = "kind"
		c.value(d, a.Kind, b.Kind)
		d.Field = "shadowed"
		c.value(d, a.Shadowed, b.Shadowed)
		d.Field, d.Span = "priority", a.span("priority")
		c.value(d, a.Priority, b.Priority)
		c.processes(processIndex(a), processIndex(b))
	})
}

// kind returns the kind of a group that may be missing.
func (g *Group) kind() string {
	if g == nil {
		return ""
	}
	return jsonText(g.Kind)
}

// span returns the source of an option of a group of ours, or of its section
// where it has no such option.
func (g *Group) span(key string) source.Span {
	if g == nil || g.Source == nil {
		return source.Span{}
	}
	return optionSpan(g.Source.Section, key)
}

func processIndex(g *Group) []entry[Process] {
	var index []entry[Process]
	for i := range g.Processes {
		p := &g.Processes[i]
		index = append(index, entry[Process]{g.shown(p.Name), p})
	}
	return index
}

// span returns the source of an option of a process of ours, or of its section
// where it has no such option.
func (p *Process) span(key string) source.Span {
	if p == nil || p.Source == nil {
		return source.Span{}
	}
	return optionSpan(p.Source.Section, key)
}

// unit returns the number of the program of a process of ours.
func (p *Process) unit() int32 {
	if p == nil || p.Source == nil {
		return 0
	}
	return p.Source.Number
}

// optionSpan returns the source of an option, or of the section without it.
func optionSpan(sec *ir.Section, key string) source.Span {
	if o := sec.Option(key); o != nil {
		return o.KeySpan.Union(o.Value.Span())
	}
	return sec.Header
}

// fields are what is compared of two processes, by the key of the option.
var fields = []struct {
	key   string
	value func(*Process) any
}{
	{"section", func(p *Process) any { return p.Section }},
	{"command", func(p *Process) any { return p.Argv }},
	{"directory", func(p *Process) any { return p.Directory }},
	{"umask", func(p *Process) any { return p.Umask }},
	{"user", func(p *Process) any { return p.User }},
	{"priority", func(p *Process) any { return p.Priority }},
	{"autostart", func(p *Process) any { return p.Autostart }},
	{"autorestart", func(p *Process) any { return p.Autorestart }},
	{"startsecs", func(p *Process) any { return p.Startsecs }},
	{"startretries", func(p *Process) any { return p.Startretries }},
	{"stopsignal", func(p *Process) any { return p.Stopsignal }},
	{"stopwaitsecs", func(p *Process) any { return p.Stopwaitsecs }},
	{"stopasgroup", func(p *Process) any { return p.Stopasgroup }},
	{"killasgroup", func(p *Process) any { return p.Killasgroup }},
	{"exitcodes", func(p *Process) any { return p.Exitcodes }},
}

func (c *comparison) processes(ours, theirs []entry[Process]) {
	match(ours, theirs, func(name string, a, b *Process) {
		d := Difference{Program: name, Span: a.span(""), Unit: a.unit()}
		if a == nil || b == nil {
			d.Field, d.Ours, d.Theirs = "process", a.section(), b.section()
			c.add(d)
			return
		}
		for _, f := range fields {
			d.Field, d.Span = f.key, a.span(f.key)
			c.value(d, f.value(a), f.value(b))
		}
		d.Span = a.span("environment")
		c.environment(d, variables(a), variables(b))
	})
}

// section returns the section of a process that may be missing.
func (p *Process) section() string {
	if p == nil {
		return ""
	}
	return jsonText(p.Section)
}

// variables returns the environment of a process in sorted order.
func variables(p *Process) []entry[string] {
	var index []entry[string]
	for name, value := range p.Environment {
		index = append(index, entry[string]{name, &value})
	}
	slices.SortFunc(index, func(a, b entry[string]) int { return strings.Compare(a.name, b.name) })
	return index
}

// environment compares variables; d is what all differences have in common.
func (c *comparison) environment(d Difference, ours, theirs []entry[string]) {
	match(ours, theirs, func(name string, a, b *string) {
		d.Field = "environment." + name
		c.value(d, a, b)
	})
}

// match calls f for each name on either side, those of our side first. What
// one side lacks is nil.
func match[T any](ours, theirs []entry[T], f func(name string, ours, theirs *T)) {
	other := make(map[string]*T, len(theirs))
	for _, e := range theirs {
		other[e.name] = e.value
	}
	for _, e := range ours {
		f(e.name, e.value, other[e.name])
		delete(other, e.name)
	}
	for _, e := range theirs {
		if other[e.name] != nil {
			f(e.name, nil, e.value)
		}
	}
}
