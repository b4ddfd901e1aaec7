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

// settlePass carries over what [supervisord] hands on, settles what belongs to
// no program, and gives every diagnostic so far to the table that it concerns.
func settlePass(s *state) {
	s.lowerDaemon()
	s.settleRest()
	s.doc.Head = s.head()
	s.extents = programExtents(s.config.Programs)
	s.pending = map[*ir.Section][]*diag.Diagnostic{}
	s.sink.Sort()
	for _, d := range s.sink.All() {
		s.locate(d)
		if !d.NeedsTODO() {
			continue
		}
		switch unit := d.Target.Unit; {
		case unit == diag.DefaultsUnit && s.defaults != nil:
			attach(s.defaults, strings.TrimPrefix(d.Target.Key, "env."), d)
		case unit > 0:
			sec := s.config.Programs[unit-1].Section
			s.pending[sec] = append(s.pending[sec], d)
		default:
			s.doc.TODOs = append(s.doc.TODOs, d)
		}
	}
	s.markFolded()
}

// markFolded remembers which programs the notes concern that were folded since
// the last call.
func (s *state) markFolded() {
	for _, f := range s.sink.TakeFolded() {
		d := diag.Diagnostic{Span: f.Span, Target: f.Target}
		s.locate(&d)
		if d.Target.Unit <= 0 {
			continue
		}
		programs := s.config.Programs[d.Target.Unit-1:]
		programs[0].Outcome.Changed = true
		for i := 1; d.Target.Shared && i < len(programs) && programs[i].Section == programs[0].Section; i++ {
			programs[i].Outcome.Changed = true
		}
	}
}

// settleRest settles what belongs to no program: unknown options of groups and
// of supervisord, and [DEFAULT].
func (s *state) settleRest() {
	for _, sec := range s.config.Sections {
		if sec.Kind.MakesProcesses() {
			continue
		}
		for i := range sec.Options {
			o := &sec.Options[i]
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
	for i := range s.config.Defaults {
		s.config.Defaults[i].Settle(ir.Mapped, "") // by the copies in the sections that it feeds
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

// An extent is the text of a section from which programs came.
type extent struct {
	span source.Span
	unit int // the number of the first of those programs
}

// programExtents returns where the sections of programs stand, sorted by
// place.
func programExtents(programs []*ir.Program) []extent {
	out := make([]extent, 0, len(programs))
	for _, p := range programs {
		if p.Again {
			continue
		}
		for _, span := range p.Section.Extents {
			out = append(out, extent{span, p.Number})
		}
	}
	byPlace := func(a, b extent) int { return a.span.Compare(b.span) }
	if !slices.IsSortedFunc(out, byPlace) {
		slices.SortFunc(out, byPlace)
	}
	return out
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
func (s *state) unitAt(span source.Span) int {
	i := sort.Search(len(s.extents), func(i int) bool {
		e := s.extents[i].span
		return e.File.Index > span.File.Index || e.File == span.File && e.End > span.Start
	})
	if i < len(s.extents) && s.extents[i].span.Contains(span) {
		return s.extents[i].unit
	}
	return 0
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
	for _, t := range tables {
		attach(t, d.Target.Key, d)
	}
	return len(tables) > 0
}

// tablesOf returns the tables that came of a program. They are in the order of
// the programs.
func (j *job) tablesOf(unit int) []*ir.Table {
	first := sort.Search(len(j.tables), func(i int) bool { return j.tables[i].Program.Number >= unit })
	behind := sort.Search(len(j.tables), func(i int) bool { return j.tables[i].Program.Number > unit })
	return j.tables[first:behind]
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

// seen is what programs depend on that the configuration does not say.
type seen struct {
	noUser        bool // a program sets no user
	fromDirectory bool // a program starts from the directory of supervisord
	unsetTimes    bool // a service keeps RunWisp's times
}

func (s *seen) add(other seen) {
	s.noUser = s.noUser || other.noUser
	s.fromDirectory = s.fromDirectory || other.fromDirectory
	s.unsetTimes = s.unsetTimes || other.unsetTimes
}

// look records what a program depends on.
func (s *state) look(p *ir.Program) {
	if p.Kind != ir.ProgramSection {
		return
	}
	if !p.Setting("user").IsSet() {
		s.seen.noUser = true
	}
	if d := s.config.Daemon; d != nil && d.Directory.IsSet() && !s.seen.fromDirectory {
		s.seen.fromDirectory = dependsOnDirectory(p)
	}
	if !p.Brief.Task && !(p.Setting("startsecs").IsSet() && p.Setting("stopwaitsecs").IsSet()) {
		s.seen.unsetTimes = true
	}
}

// finishPass notes what depends on all programs.
func finishPass(s *state) {
	s.tellDaemon()
	if s.seen.unsetTimes && !s.opts.ExplicitDefaults {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.UnsetDefaults,
			Span:    s.start(),
			Message: "what the source does not set keeps RunWisp's defaults: healthy_after 60s where supervisord has startsecs 1, graceful_stop 5s where it has stopwaitsecs 10",
		})
	}
}
