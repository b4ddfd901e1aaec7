package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
)

// hereFormat is the exact text that supervisord replaces, file by file, where
// the main file includes others.
const hereFormat = "%(here)s"

// mergePass folds all readings into one table of sections: a section met again
// goes on where it was, and a later value replaces an earlier one whole.
func mergePass(s *state) {
	m := merger{
		opts:     s.opts,
		sections: map[string]*section{},
		defaults: &section{Section: &ir.Section{Name: defaultSection}},
	}
	for _, r := range s.reads {
		m.read(r)
	}
	for _, sec := range m.order {
		m.inherit(sec)
		s.config.Sections = append(s.config.Sections, sec.Section)
	}
	s.config.Defaults = m.defaults.Options
}

// A section is a section that is being folded.
type section struct {
	*ir.Section
	index map[string]*ir.Option // by key; nil while the section is short
}

// maxUnindexed is the number of options up to which a section has no index.
const maxUnindexed = 24

type merger struct {
	opts     Options
	sections map[string]*section
	order    []*section
	defaults *section
	// unfinished are the options whose directory itself holds %(here)s:
	// supervisord replaces that again after every included file.
	unfinished []*ir.Option
}

// read folds one reading of a file into the table.
func (m *merger) read(r readFile) {
	m.finish(r.here)
	if r.tree == nil {
		return
	}
	firstNew := len(m.order)
	var fresh, freshDefaults []*ir.Option // those that hold %(here)s
	for i := range r.tree.Sections {
		part := &r.tree.Sections[i]
		sec := m.open(r, part, i)
		for _, o := range m.options(r.tree, part) {
			o = sec.set(o)
			switch {
			case r.here == "" || !strings.Contains(o.Value.String(), hereFormat):
			case sec == m.defaults:
				freshDefaults = append(freshDefaults, o)
			default:
				fresh = append(fresh, o)
			}
		}
	}
	for _, o := range fresh {
		o.Here = r.here
	}
	if strings.Contains(r.here, hereFormat) {
		m.unfinished = append(m.unfinished, fresh...)
	}
	if r.here != "" {
		m.fixDefaults(r.here, firstNew, freshDefaults)
	}
}

// finish replaces %(here)s in directories that are themselves called so.
func (m *merger) finish(here string) {
	if here == "" {
		return
	}
	for _, o := range m.unfinished {
		o.Here = strings.ReplaceAll(o.Here, hereFormat, here)
	}
}

// fixDefaults does what supervisord's replacement of %(here)s does to values
// from [DEFAULT]: every section that has none of its own gets a copy, which no
// later [DEFAULT] changes. Only sections and defaults that this file brought
// can need one.
func (m *merger) fixDefaults(here string, firstNew int, fresh []*ir.Option) {
	for _, sec := range m.order[:firstNew] {
		for _, o := range fresh {
			sec.inherit(o, here)
		}
	}
	for _, sec := range m.order[firstNew:] {
		for _, o := range m.defaults.Options {
			if strings.Contains(o.Value.String(), hereFormat) {
				sec.inherit(o, here)
			}
		}
	}
}

// open returns the section that a header names, a new one if need be.
func (m *merger) open(r readFile, part *parser.Section, i int) *section {
	name := r.tree.Span(part.Name)
	sec, ok := m.sections[name.Text()]
	if name.Text() == defaultSection {
		sec, ok = m.defaults, true
	}
	if !ok {
		sec = &section{Section: &ir.Section{
			Kind:   sectionKind(name.Text()),
			Name:   name.Text(),
			Label:  sectionLabel(name.Text()),
			Header: name,
			Here:   r.mainDir,
			Above:  m.commentsAboveHeader(r.tree, i),
		}}
		m.sections[sec.Name] = sec
		m.order = append(m.order, sec)
	}
	sec.Extents = append(sec.Extents, r.tree.File.Span(part.Header.Start, r.tree.End(part)))
	return sec
}

// options returns the options of one part of a section.
func (m *merger) options(t *parser.Tree, part *parser.Section) []*ir.Option {
	nodes := t.Nodes(part)
	out := make([]*ir.Option, 0, len(nodes))
	for i := range nodes {
		n := &nodes[i]
		if n.Kind != parser.OptionNode {
			continue
		}
		key := t.Span(n.Text)
		o := &ir.Option{Key: foldKey(key.Text()), KeySpan: key, Value: t.Value(n)}
		if !m.opts.NoComments {
			o.Above = append(commentsAbove(t, nodes[:i]), commentsInside(t, n)...)
			o.Behind = commentBehind(t, n)
		}
		out = append(out, o)
	}
	return out
}

// set adds an option, in place of an earlier one of the same key, and returns
// the one that now stands in the section.
func (sec *section) set(o *ir.Option) *ir.Option {
	old := sec.find(o.Key)
	if old == nil {
		return sec.add(o)
	}
	if !old.Inherited && old.KeySpan != o.KeySpan {
		o.Earlier = append(old.Earlier, old.KeySpan)
	}
	*old = *o
	return old
}

// inherit gives the section a copy of an option of [DEFAULT], unless it has
// one of its own.
func (sec *section) inherit(o *ir.Option, here string) {
	if sec.find(o.Key) == nil {
		own := *o
		own.Inherited, own.Here = true, here
		sec.add(&own)
	}
}

// add appends an option whose key is new.
func (sec *section) add(o *ir.Option) *ir.Option {
	sec.Options = append(sec.Options, o)
	if sec.index != nil {
		sec.index[o.Key] = o
	}
	return o
}

// find returns the option of a key, or nil. Nearly all sections are so short
// that looking at each option beats an index.
func (sec *section) find(key string) *ir.Option {
	if len(sec.Options) <= maxUnindexed {
		return sec.Option(key)
	}
	if sec.index == nil {
		sec.index = make(map[string]*ir.Option, 2*len(sec.Options))
		for _, o := range sec.Options {
			sec.index[o.Key] = o
		}
	}
	return sec.index[key]
}

// inherit gives a section that supervisord looks at what is left of [DEFAULT].
func (m *merger) inherit(sec *section) {
	if sec.Kind == ir.UnknownSection {
		return
	}
	for _, o := range m.defaults.Options {
		sec.inherit(o, "")
	}
}

// commentsAboveHeader returns the comment block directly above header i.
func (m *merger) commentsAboveHeader(t *parser.Tree, i int) []ir.Comment {
	if m.opts.NoComments {
		return nil
	}
	before := t.Prelude()
	if i > 0 {
		before = t.Nodes(&t.Sections[i-1])
	}
	return commentsAbove(t, before)
}

// sectionKinds are found by exact prefix, or, for the plumbing that has no
// label, by name.
var sectionKinds = []struct {
	prefix string
	exact  bool
	kind   ir.SectionKind
}{
	{"program:", false, ir.ProgramSection},
	{"group:", false, ir.GroupSection},
	{"eventlistener:", false, ir.ListenerSection},
	{"fcgi-program:", false, ir.FastCGISection},
	{"supervisord", true, ir.DaemonSection},
	{"include", true, ir.IncludeSection},
	{"rpcinterface:", false, ir.PlumbingSection},
	{"inet_http_server", false, ir.PlumbingSection},
	{"unix_http_server", false, ir.PlumbingSection},
	{"supervisorctl", true, ir.PlumbingSection},
	{"ctlplugin:", false, ir.PlumbingSection},
}

func sectionKind(name string) ir.SectionKind {
	for _, k := range sectionKinds {
		if name == k.prefix || !k.exact && strings.HasPrefix(name, k.prefix) {
			return k.kind
		}
	}
	return ir.UnknownSection
}

// sectionLabel returns what stands behind the first colon of a section's name,
// trimmed.
func sectionLabel(name string) string {
	_, label, _ := strings.Cut(name, ":")
	return lexer.Trim(label)
}

// foldKey lower-cases a key as Python does. The one letter whose lower case
// Go spells differently must not turn into a plain "i".
func foldKey(key string) string {
	if strings.Contains(key, "\u0130") {
		key = strings.ReplaceAll(key, "\u0130", "i\u0307")
	}
	return strings.ToLower(key)
}

// optionName names an option for messages: "program:web.stopsignal".
func optionName(sec *ir.Section, key string) string { return sec.Name + "." + key }

// spanOrKey returns the span of a value, or of its key where it is empty.
func spanOrKey(o *ir.Option) source.Span {
	if span := o.Value.Span(); span.Len() > 0 {
		return span
	}
	return o.KeySpan
}
