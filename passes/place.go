package passes

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// markFolded remembers which programs the notes concern that were folded since
// the last call.
func (s *state) markFolded() {
	for _, f := range s.sink.TakeFolded() {
		d := diag.Diagnostic{Span: f.Span, Target: f.Target}
		s.locate(&d)
		for _, p := range s.config.Concerned(d.Target) {
			p.Outcome.Changed = true
		}
	}
}

// locate finds out which program a diagnostic is about by its place in the
// source, where the pass that made it could not know.
func (s *state) locate(d *diag.Diagnostic) {
	if d.Target.Unit != 0 || d.Span.Len() == 0 {
		return
	}
	if unit := s.unitAt(d.Span); unit != 0 {
		d.Target.Unit, d.Target.Shared = unit, true
	}
}

// unitAt returns the first program whose section holds a span, or 0.
func (s *state) unitAt(span source.Span) int32 {
	part := s.config.PartAt(span)
	if part == nil {
		return 0
	}
	programs := s.programsFrom(part.Section)
	if len(programs) == 0 {
		return 0
	}
	return programs[0].Number
}

// programsFrom returns the programs from the first one on that came of a section, or
// nil where none did. The section may be nil.
func (s *state) programsFrom(sec *ir.Section) []*ir.Program {
	if sec == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(s.config.Programs, sec.Number, func(p *ir.Program, number int32) int {
		return cmp.Compare(p.Section.Number, number)
	})
	if !found {
		return nil
	}
	return s.config.Programs[i:]
}

// placePass gives every TODO about a section its place in the tables that came
// of it, or else in a block that stands for them.
func placePass(s *state, j *job) {
	s.markFolded()
	pending := s.pending[j.section]
	if len(j.diags)+len(pending) == 0 {
		return
	}
	list := j.diags
	if len(pending) > 0 {
		list = slices.Concat(pending, list)
	}
	diag.Sort(list)
	var lost []*diag.Diagnostic
	for _, d := range list {
		s.locate(d)
		if d.NeedsTODO() && !j.place(d) {
			lost = append(lost, d)
		}
	}
	if len(lost) > 0 {
		t := s.arena.tables.one()
		*t = ir.Table{Program: j.programs[0], Origin: j.section.Header, TODOs: lost}
		s.doc.Tables = append(s.doc.Tables, t)
	}
}

// place attaches a diagnostic to every table that it concerns; it reports
// whether there are any.
func (j *job) place(d *diag.Diagnostic) bool {
	tables := j.tables
	if !d.Target.Shared {
		tables = j.tablesOf(d.Target.Unit)
	}
	if n := d.Target.Process; n > 0 {
		tables = tables[n-1 : n]
	}
	for _, t := range tables {
		key := d.Target.Key
		if t.Disabled {
			key = "" // inside of it, an editor that takes one # off each line would make text of a TODO
		}
		attach(t, key, d)
	}
	return len(tables) > 0
}

// tablesOf returns the tables that came of a program. They are in the order of
// the programs.
func (j *job) tablesOf(unit int32) []*ir.Table {
	first := sort.Search(len(j.tables), func(i int) bool { return j.tables[i].Program.Number >= unit })
	behind := sort.Search(len(j.tables), func(i int) bool { return j.tables[i].Program.Number > unit })
	return j.tables[first:behind]
}

// attach puts a diagnostic above the entry of a key or, without one, above the
// table.
func attach(t *ir.Table, key string, d *diag.Diagnostic) {
	if name, ok := strings.CutPrefix(key, "env."); ok {
		if env := t.SubTable("env"); env != nil {
			if e := variable(env, name, d.Span); e != nil {
				e.TODOs = append(e.TODOs, d)
				return
			}
			t, key = env, ""
		}
	}
	if e := t.Entry(key); e != nil {
		e.TODOs = append(e.TODOs, d)
		return
	}
	if sub := t.SubTable(key); sub != nil && key != "" {
		t = sub
	}
	t.TODOs = append(t.TODOs, d)
}

// variable returns the entry of a variable: by its name or, where that is computed
// and so another one in each unit, by its place.
func variable(env *ir.Table, name string, span source.Span) *ir.Entry {
	if e := env.Entry(name); e != nil {
		return e
	}
	i := slices.IndexFunc(env.Entries, func(e ir.Entry) bool { return e.Origin.Contains(span) })
	if i < 0 {
		return nil
	}
	return &env.Entries[i]
}
