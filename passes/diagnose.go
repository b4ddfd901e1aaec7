package passes

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// tellDefaults says once that options nobody set keep RunWisp's defaults.
func (s *state) tellDefaults() {
	if s.opts.ExplicitDefaults {
		return
	}
	for _, p := range s.config.Programs {
		if p.Kind != ir.ProgramSection || isTask(p) ||
			p.Setting("startsecs").IsSet() && p.Setting("stopwaitsecs").IsSet() {
			continue
		}
		s.once(diag.Diagnostic{
			Code:    diag.UnsetDefaults,
			Span:    s.start(),
			Message: "what the source does not set keeps RunWisp's defaults: healthy_after 60s where supervisord has startsecs 1, graceful_stop 5s where it has stopwaitsecs 10",
		})
		return
	}
}

// diagnosePass closes the ledger: no option may be left unsettled, and every
// TODO gets its place in the document.
func diagnosePass(s *state) {
	s.settleRest()
	s.sink.Sort()
	p := newPlacer(s)
	for _, d := range s.sink.All() {
		p.locate(d)
		if d.NeedsTODO() {
			p.place(d)
		}
	}
	s.doc.Head = s.head()
}

// settleRest settles what belongs to no program: unknown options of groups and
// of supervisord, and [DEFAULT].
func (s *state) settleRest() {
	for _, sec := range s.config.Sections {
		if sec.Kind.MakesProcesses() {
			continue
		}
		for _, o := range sec.Options {
			if o.Fate == ir.Unsettled && !o.Inherited {
				s.sink.Add(diag.Diagnostic{
					Code:    diag.UnknownOption,
					Span:    o.KeySpan,
					Subject: optionName(sec, o.Key),
					Message: fmt.Sprintf("%q is no option that supervisord knows here", o.Key),
				})
			}
			o.Settle(ir.Dropped, diag.UnknownOption)
		}
	}
	for _, o := range s.config.Defaults {
		o.Settle(ir.Mapped, "") // by the copies in the sections that it feeds
	}
}

// head returns the comment at the top of the document.
func (s *state) head() []string {
	if s.opts.NoComments || len(s.inputs) == 0 {
		return nil
	}
	names := make([]string, 0, len(s.inputs))
	for _, in := range s.inputs {
		names = append(names, in.File.Name)
	}
	return []string{"Imported from " + strings.Join(names, ", ") + " by runwisp import supervisord."}
}

// A placer finds the table that a diagnostic concerns.
type placer struct {
	doc      *ir.Document
	defaults *ir.Table
	tables   map[int][]*ir.Table // by number of the program
	shared   map[int][]int       // the units that come of the same section
	extents  []extent            // sorted by place
}

// An extent is the text of a section from which programs came.
type extent struct {
	span  source.Span
	units []int
}

func newPlacer(s *state) *placer {
	p := &placer{doc: s.doc, defaults: s.defaults, tables: map[int][]*ir.Table{}, shared: map[int][]int{}}
	runs := map[*ir.Section][]int{}
	for _, program := range s.config.Programs {
		runs[program.Section] = append(runs[program.Section], program.Number)
	}
	for _, program := range s.config.Programs {
		p.shared[program.Number] = runs[program.Section]
	}
	for _, t := range s.doc.Tables {
		if t.Program != nil {
			p.tables[t.Program.Number] = append(p.tables[t.Program.Number], t)
		}
	}
	for _, program := range s.config.Programs {
		if n := len(p.extents); program.Again && n > 0 {
			for i := range program.Section.Extents {
				e := &p.extents[n-1-i]
				e.units = append(e.units, program.Number)
			}
			continue
		}
		for _, span := range program.Section.Extents {
			p.extents = append(p.extents, extent{span: span, units: []int{program.Number}})
		}
	}
	slices.SortFunc(p.extents, func(a, b extent) int { return a.span.Compare(b.span) })
	return p
}

// locate finds out which program a diagnostic is about by its place in the
// source, where the pass that made it could not know.
func (p *placer) locate(d *diag.Diagnostic) {
	if d.Target.Unit != 0 || d.Span.Len() == 0 {
		return
	}
	if units := p.unitsAt(d.Span); len(units) > 0 {
		d.Target.Unit, d.Target.Shared = units[0], true
	}
}

// place attaches a diagnostic to every table that it concerns, or to the head
// of the document.
func (p *placer) place(d *diag.Diagnostic) {
	switch unit := d.Target.Unit; {
	case unit == diag.DefaultsUnit && p.defaults != nil:
		attach(p.defaults, strings.TrimPrefix(d.Target.Key, "env."), d)
	case !p.attachAll(p.unitsOf(d.Target), d):
		p.doc.TODOs = append(p.doc.TODOs, d)
	}
}

// unitsOf returns the units that a target names.
func (p *placer) unitsOf(t diag.Target) []int {
	if t.Shared {
		return p.shared[t.Unit]
	}
	return []int{t.Unit}
}

// attachAll attaches a diagnostic to the tables of units; it reports whether
// there are any.
func (p *placer) attachAll(units []int, d *diag.Diagnostic) bool {
	found := false
	for _, unit := range units {
		for _, t := range p.tables[unit] {
			attach(t, d.Target.Key, d)
			found = true
		}
	}
	return found
}

// unitsAt returns the programs whose section holds a span.
func (p *placer) unitsAt(span source.Span) []int {
	if !span.IsValid() {
		return nil
	}
	i := sort.Search(len(p.extents), func(i int) bool {
		e := p.extents[i].span
		return e.File.Index > span.File.Index || e.File == span.File && e.End > span.Start
	})
	if i < len(p.extents) && p.extents[i].span.Contains(span) {
		return p.extents[i].units
	}
	return nil
}

// attach puts a diagnostic above the entry of a key or, without one, above the
// table.
func attach(t *ir.Table, key string, d *diag.Diagnostic) {
	if name, ok := strings.CutPrefix(key, "env."); ok {
		if env := t.SubTable("env"); env != nil {
			attach(env, name, d)
			return
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
