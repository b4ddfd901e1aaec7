package runwisp_test

import (
	"bytes"
	stdcmp "cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	gotoml "github.com/pelletier/go-toml/v2"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// An importFunc imports one input with given switches. With a closed
// environment everything is filled in.
type importFunc func(opts passes.Options, environ map[string]string) *runwisp.Imported

// switches are the ways in which every input is imported.
var switches = []passes.Options{
	{},
	{Resolve: true},
	{PerProcess: true},
	{Resolve: true, PerProcess: true, ExplicitDefaults: true, NoComments: true},
}

// checkPromises holds all imports of an input against what the project
// promises of every import there is. Environ is the environment of both
// supervisors, so far as it is known.
func checkPromises(t *testing.T, run importFunc, environ map[string]string) {
	t.Helper()
	checkPromisesWith(t, run, environ, probeCache{})
}

// oneWord holds for what is a word to every reader of commands and variables.
var oneWord = regexp.MustCompile(`^[a-zA-Z0-9_/.+:-]*$`)

// checkPromisesWith does the same with what shells are known to make of texts.
func checkPromisesWith(t *testing.T, run importFunc, environ map[string]string, probes probeCache) {
	t.Helper()
	environ = maps.Clone(environ)
	plain := true // what is filled in is one word, as resolved-expansion says
	for _, name := range run(passes.Options{}, nil).Variables() {
		if _, ok := environ[name]; !ok {
			environ[name] = "value-of-" + name
		}
		plain = plain && oneWord.MatchString(name+environ[name])
	}
	model := run(passes.Options{}, environ)
	for _, opts := range switches {
		im := run(opts, nil)
		for _, f := range im.Config.Files {
			checkLossless(t, f)
		}
		checkSpans(t, im)
		checkNothingVanishes(t, im)
		checkLoads(t, im)
		checkValid(t, im)
		if plain {
			checkSameProcess(t, im, model, environ, probes)
		}
		checkTODOs(t, im)
		again := opts
		again.Lean = true
		if lean := run(again, nil); !bytes.Equal(lean.Output.TOML, im.Output.TOML) || printDiags(lean.Diagnostics) != printDiags(im.Diagnostics) {
			t.Error("a second, lean run gives another result")
		}
	}
}

// TestFiftyRuns: the same input gives the same bytes, every time.
func TestFiftyRuns(t *testing.T) {
	c := readCase(t, "testdata/conformance/order/group-list.txtar")
	first := c.importCase()
	for range 50 {
		if im := c.importCase(); !bytes.Equal(im.Output.TOML, first.Output.TOML) {
			t.Fatal("a run gives other bytes")
		}
	}
}

// checkLossless: the tokens tile the file, and the tree prints it back.
func checkLossless(t *testing.T, f *source.File) {
	t.Helper()
	end := int32(0)
	s := lexer.NewPartScanner(f, 0, len(f.Content))
	for line := s.Line(); len(line) > 0; line = s.Line() {
		for _, tok := range line {
			if tok.Start != end {
				t.Fatalf("%s: token %s starts at %d, the one before ends at %d", f.Name, tok.Kind, tok.Start, end)
			}
			end = tok.End
		}
	}
	if end != f.Size() {
		t.Fatalf("%s: the tokens end at %d of %d", f.Name, end, f.Size())
	}
	var b bytes.Buffer
	if err := parser.Fprint(&b, parser.Parse(f, &diag.Sink{})); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f.Content, b.String()); diff != "" {
		t.Errorf("%s: the tree does not print back:\n%s", f.Name, diff)
	}
}

// checkSpans: every diagnostic, and every node of both models, points into its
// file.
func checkSpans(t *testing.T, im *runwisp.Imported) {
	t.Helper()
	check := func(what string, span source.Span) {
		if !span.IsValid() || span.Start < 0 || span.End < span.Start || span.End > span.File.Size() {
			t.Errorf("%s: span %v is no place in a file", what, span)
		}
	}
	for _, d := range im.Diagnostics {
		check(string(d.Code), d.Span)
		for _, r := range d.Related {
			check(string(d.Code)+" related", r.Span)
		}
	}
	for _, s := range im.Config.Sections {
		check(s.Name, s.Header)
		for _, o := range s.Options {
			check(s.Name+"."+o.Key, o.KeySpan)
			check(s.Name+"."+o.Key+" value", o.Value.Span())
		}
	}
	var walk func(tables []*ir.Table)
	walk = func(tables []*ir.Table) {
		for _, table := range tables {
			check(fmt.Sprint(table.Path), table.Origin)
			for _, e := range table.Entries {
				check(e.Key, e.Origin)
			}
			walk(table.Sub)
		}
	}
	walk(im.Document.Tables)
}

// checkNothingVanishes: every program is a table or a diagnostic, every option
// has a fate, and what is mapped or noted is to be found.
func checkNothingVanishes(t *testing.T, im *runwisp.Imported) {
	t.Helper()
	for _, p := range im.Config.Programs {
		found := slices.ContainsFunc(im.Document.Tables, func(table *ir.Table) bool { return table.Program == p }) ||
			slices.ContainsFunc(im.Diagnostics, func(d *diag.Diagnostic) bool { return d.Target.Unit == p.Number })
		if !found {
			t.Errorf("[%s] is neither a table nor a diagnostic", p.Section.Name)
		}
	}
	for _, s := range im.Config.Sections {
		for _, o := range s.Options {
			if o.Fate == ir.Unsettled {
				t.Errorf("%s.%s is not settled", s.Name, o.Key)
			}
			if o.Fate == ir.Noted && !slices.ContainsFunc(im.Diagnostics, func(d *diag.Diagnostic) bool { return d.Code == o.Rule }) {
				t.Errorf("%s.%s is noted under %s, which nobody raised", s.Name, o.Key, o.Rule)
			}
		}
	}
}

// checkLoads: two TOML libraries read the output to the value of the document.
func checkLoads(t *testing.T, im *runwisp.Imported) {
	t.Helper()
	want := valueOf(im.Document)
	var first, second map[string]any
	if _, err := toml.Decode(string(im.Output.TOML), &first); err != nil {
		t.Errorf("BurntSushi/toml: %v\n%s", err, im.Output.TOML)
	}
	if err := gotoml.Unmarshal(im.Output.TOML, &second); err != nil {
		t.Errorf("go-toml: %v", err)
	}
	for _, got := range []map[string]any{first, second} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("output does not decode to the document (-want +got):\n%s", diff)
		}
	}
}

// checkValid: the output passes our own validator.
func checkValid(t *testing.T, im *runwisp.Imported) {
	t.Helper()
	file := source.NewFile("runwisp.toml", string(im.Output.TOML))
	result := runwisp.Validate(file, validate.Options{LookupEnv: func(string) (string, bool) { return "x", true }})
	for _, d := range result.Diagnostics {
		if d.Severity == diag.Error {
			t.Errorf("output is not valid: %s: %s\n%s", d.Span, d.Message, im.Output.TOML)
		}
	}
}

// valueOf returns what a document should decode to.
func valueOf(doc *ir.Document) map[string]any {
	root := map[string]any{}
	var add func(tables []*ir.Table)
	add = func(tables []*ir.Table) {
		for _, table := range tables {
			if table.Disabled || len(table.Path) == 0 {
				continue
			}
			at := root
			for _, key := range table.Path {
				if at[key] == nil {
					at[key] = map[string]any{}
				}
				at = at[key].(map[string]any)
			}
			for _, e := range table.Entries {
				at[e.Key] = plain(anyOf(e.Value))
			}
			add(table.Sub)
		}
	}
	add(doc.Tables)
	return root
}

// anyOf returns a value as Go has it.
func anyOf(v ir.Value) any {
	switch v.Kind {
	case ir.IntegerValue:
		return v.Int
	case ir.SecondsValue:
		return fmt.Sprintf("%ds", v.Int)
	case ir.BooleanValue:
		return v.Int != 0
	case ir.IntegersValue:
		return v.Ints
	}
	return v.Text
}

// plain returns the value that TOML gives back: a list of anything, and text
// in which every byte that is not UTF-8 is a replacement character.
func plain(v any) any {
	if s, ok := v.(string); ok {
		return strings.Map(func(r rune) rune { return r }, s)
	}
	list, ok := v.([]int64)
	if !ok {
		return v
	}
	out := make([]any, 0, len(list))
	for _, n := range list {
		out = append(out, n)
	}
	return out
}

var todoLine = regexp.MustCompile(`^# TODO (.+?):(\d+): .* \[([a-z0-9-]+)\]$`)

// checkTODOs: every TODO names a line of an input and a rule, every diagnostic
// that needs one has one, and the line numbers of the output are right.
func checkTODOs(t *testing.T, im *runwisp.Imported) {
	t.Helper()
	lines := strings.Split(string(im.Output.TOML), "\n")
	written := map[*diag.Diagnostic]bool{}
	for _, l := range im.Output.Lines {
		if l.TODO == nil {
			continue
		}
		written[l.TODO] = true
		m := todoLine.FindStringSubmatch(lines[l.Last-1])
		if m == nil {
			t.Errorf("line %d is no TODO: %s", l.Last, lines[l.Last-1])
			continue
		}
		if place := m[1] + ":" + m[2]; place != l.TODO.Span.FileLine() || m[3] != string(l.TODO.Code) {
			t.Errorf("TODO names %s %s, its diagnostic %s %s", place, m[3], l.TODO.Span.FileLine(), l.TODO.Code)
		}
	}
	for _, d := range im.Diagnostics {
		if d.NeedsTODO() != written[d] {
			t.Errorf("%s at %s: TODO wanted %v, written %v", d.Code, d.Span, d.NeedsTODO(), written[d])
		}
	}
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimLeft(line, "# "), "TODO") && !todoLine.MatchString(line) {
			t.Errorf("line %d looks like a TODO of ours: %s", i+1, line)
		}
	}
}

// checkSameProcess: what stands under no TODO runs the argv, in the directory,
// with the environment, user and umask that supervisord gives, in the same
// order. Model is the same input with everything filled in.
func checkSameProcess(t *testing.T, im, model *runwisp.Imported, environ map[string]string, probes probeCache) {
	t.Helper()
	var global []*ir.Table
	units := map[*ir.Program]int{}
	split := map[*ir.Program]bool{}
	for _, table := range im.Document.Tables {
		if table.Program != nil && len(table.Path) > 0 {
			units[table.Program]++
			split[table.Program] = units[table.Program] > 1
		}
	}
	for _, d := range im.Document.TODOs {
		if d.Target.Unit == diag.DefaultsUnit { // it stands for the table of the defaults
			global = append(global, &ir.Table{TODOs: []*diag.Diagnostic{d}})
		}
	}
	clear(units)
	for _, table := range im.Document.Tables {
		if table.Program == nil {
			global = append(global, table)
			continue
		}
		if len(table.Path) == 0 {
			continue
		}
		i := units[table.Program]
		units[table.Program]++
		if table.Disabled || len(table.TODOs) > 0 {
			continue
		}
		// Instances are numbered like processes, units of their own are
		// in the order of their names.
		processes := slices.Clone(model.Config.Programs[table.Program.Number-1].Processes)
		if split[table.Program] {
			processes = processes[i : i+1]
		}
		slices.SortFunc(processes, func(a, b ir.Process) int { return int(a.Number - b.Number) })
		u := unitCheck{t: t, table: table, global: global, model: model.Config, daemon: im.Config.Daemon, environ: environ, probes: probes}
		for i := range processes {
			u.process(&processes[i], i)
		}
		u.instances(len(processes))
	}
	checkOrder(t, im, model)
}

// A unitCheck compares a table with a process.
type unitCheck struct {
	t      *testing.T
	table  *ir.Table
	global []*ir.Table
	model  *ir.Config
	daemon *ir.Daemon // as imported, not as the model has it
	// environ is the environment of both supervisors.
	environ map[string]string
	probes  probeCache
}

// substitute reads a value as RunWisp does.
func (u *unitCheck) substitute(value string) string {
	return substitution.ReplaceAllStringFunc(value, func(s string) string {
		if s == "$${" {
			return "${"
		}
		return u.environ[strings.Trim(s, "${}")]
	})
}

var substitution = regexp.MustCompile(`\$\$\{|\$\{[^}]*\}`)

// value returns what a table says about a key, and whether it can be relied on.
func (u *unitCheck) value(key string) (any, bool) {
	e := u.table.Entry(key)
	if e == nil {
		return nil, true
	}
	return anyOf(e.Value), len(e.TODOs) == 0
}

func (u *unitCheck) compare(what string, want, got any) {
	if diff := cmp.Diff(want, got); diff != "" {
		u.t.Errorf("%s of %s differs (-supervisord +runwisp):\n%s", what, strings.Join(u.table.Path, "."), diff)
	}
}

func (u *unitCheck) process(p *ir.Process, index int) {
	argv := passes.Argv(p.Setting("command"))
	if run, sure := u.value("run"); sure && canExist(argv[0]) {
		env := u.variables()
		env["RUNWISP_INSTANCE_INDEX"] = strconv.Itoa(index)
		u.compare("argv", argv, u.probes.argv(u.t, argv[0], run.(string), env))
	}
	for key, target := range map[string]string{"directory": "working_dir", "user": "user"} {
		if got, sure := u.value(target); sure {
			var want any
			if text, ok := got.(string); ok {
				got = u.substitute(text)
			}
			if s := p.Setting(key); s.IsSet() {
				want = s.Text.String()
				if id, err := strconv.ParseInt(s.Text.String(), 10, 64); err == nil && key == "user" {
					want = strconv.FormatInt(id, 10)
				}
			}
			u.compare(key, want, got)
		}
	}
	if got, sure := u.value("umask"); sure {
		u.compare("umask", u.umask(p, got != nil), got)
	}
	u.environment(p)
}

// umask returns the umask that counts for a process, as RunWisp writes it. Where
// it was written without being asked for, it must be that of a daemon.
func (u *unitCheck) umask(p *ir.Process, written bool) any {
	s := p.Setting("umask")
	if d := u.model.Daemon; !s.IsSet() && d != nil && !d.NoDaemon.BoolOr(false) {
		switch {
		case u.daemon.Umask.State == ir.Known:
			s = &d.Umask
		case written && !d.Umask.IsSet():
			return "022"
		}
	}
	if s.State != ir.Known {
		return nil
	}
	return fmt.Sprintf("%03o", s.Int&0o777)
}

// variables returns the environment that RunWisp starts the unit with.
func (u *unitCheck) variables() map[string]string {
	env := maps.Clone(u.environ)
	for _, table := range append(slices.Clone(u.global), u.table.Sub...) {
		for _, e := range table.Entries {
			env[e.Key] = u.substitute(e.Value.Text)
		}
	}
	return env
}

func (u *unitCheck) environment(p *ir.Process) {
	want, got := map[string]string{}, map[string]string{}
	if u.model.Daemon != nil {
		addPairs(want, u.model.Daemon.Environment.Pairs)
	}
	addPairs(want, p.Setting("environment").Pairs)
	for _, table := range append(slices.Clone(u.global), u.table.Sub...) {
		if len(table.TODOs) > 0 {
			return // variables were left out
		}
		for _, e := range table.Entries {
			got[e.Key] = u.substitute(e.Value.Text)
			if len(e.TODOs) > 0 {
				delete(got, e.Key)
				delete(want, e.Key)
			}
		}
	}
	u.compare("environment", want, got)
}

func (u *unitCheck) instances(processes int) {
	got, sure := u.value("instances")
	if !sure {
		return
	}
	if got == nil {
		got = int64(1)
	}
	u.compare("number of instances", int64(processes), got)
}

// spawned returns the number of the program of each process of a group, in the order
// in which supervisord starts them. A name stays in the place of the first process
// that has it, and is that of the last one.
func spawned(config *ir.Config, g *ir.Group) []int32 {
	var programs []int32
	places := map[string]int{}
	for _, p := range config.Mentions(g) {
		for i := range p.Processes {
			name := p.Processes[i].Name
			if place, taken := places[name]; taken {
				programs[place] = p.Number
				continue
			}
			places[name] = len(programs)
			programs = append(programs, p.Number)
		}
	}
	return programs
}

// checkOrder: the services start in the order of supervisord's first spawns.
func checkOrder(t *testing.T, im, model *runwisp.Imported) {
	t.Helper()
	type service struct {
		name     string
		priority int64
		rank     int
	}
	ranks := map[int32]int{}
	for _, g := range model.Config.Groups {
		for _, number := range spawned(model.Config, g) {
			if _, started := ranks[number]; !started {
				ranks[number] = len(ranks)
			}
		}
	}
	var services []service
	asked := false
	for _, table := range im.Document.Tables {
		if len(table.Path) == 0 || table.Path[0] != "services" || table.Disabled || table.Program == nil {
			continue
		}
		s := service{name: table.Path[1], rank: ranks[table.Program.Number]}
		if e := table.Entry("priority"); e != nil {
			s.priority = e.Value.Int
			asked = true
		}
		if slices.ContainsFunc(table.TODOs, func(d *diag.Diagnostic) bool { return d.Code == diag.UnresolvedExpansion }) {
			return // an order that is not known here
		}
		services = append(services, s)
	}
	if !asked {
		return
	}
	slices.SortFunc(services, func(a, b service) int {
		return stdcmp.Or(stdcmp.Compare(a.priority, b.priority), strings.Compare(a.name, b.name))
	})
	if !slices.IsSortedFunc(services, func(a, b service) int { return a.rank - b.rank }) {
		t.Errorf("services start in another order: %v", services)
	}
}
