package passes

import (
	"fmt"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// lowerPass turns every program into the table of a service or, where it does
// not restart, of a task.
func lowerPass(s *state, j *job) {
	for _, p := range j.programs {
		switch {
		case p.Kind != ir.ProgramSection:
			s.lowerUnsupported(p)
		case p.Brief.Numprocs().Or(1) <= 0:
			s.lowerNothing(p)
		default:
			s.lowerProgram(p)
		}
		if !p.Again {
			s.tellUnknown(p)
		}
		s.look(p)
	}
}

// lowerUnsupported leaves a place for a section that RunWisp has nothing for.
func (s *state) lowerUnsupported(p *ir.Program) {
	d := diag.Diagnostic{
		Span:    p.Section.Header,
		Subject: sectionName(p.Section),
		Target:  diag.Target{Unit: p.Number},
	}
	switch p.Kind {
	case ir.ListenerSection:
		d.Code = diag.EventListener
		d.Message = fmt.Sprintf("[%s] is not imported: RunWisp has no event listeners", p.Section.Name)
		d.Hint = "For alerts on failure use notify_on_failure, to start programs in order depends_on; restarts need no listener."
	default:
		d.Code = diag.FastCGI
		d.Message = fmt.Sprintf("[%s] is not imported: RunWisp does not manage FastCGI processes", p.Section.Name)
		d.Hint = "Run a process manager such as php-fpm as a service."
	}
	t := s.arena.tables.one()
	*t = ir.Table{Program: p, Origin: p.Section.Header, Above: p.Section.Above}
	s.doc.Tables = append(s.doc.Tables, t)
	settleAll(p, ir.Noted, d.Code)
	if !p.Again {
		s.sink.Add(d)
	}
}

// lowerNothing notes a program of which supervisord makes no process.
func (s *state) lowerNothing(p *ir.Program) {
	count := p.Setting("numprocs")
	settleAll(p, ir.Noted, diag.NoProcesses)
	s.sink.Add(diag.Diagnostic{
		Code:    diag.NoProcesses,
		Span:    count.Option.Span(),
		Subject: optionName(p.Section, "numprocs"),
		Message: fmt.Sprintf("numprocs is %d, so supervisord starts nothing and there is no unit", count.Int),
		Target:  diag.Target{Unit: p.Number},
	})
}

// settleAll settles the options that supervisord knows in a program.
func settleAll(p *ir.Program, fate ir.Fate, rule diag.Code) {
	for i := range p.Section.Options {
		if o := &p.Section.Options[i]; rowOf(p, o) != nil {
			o.Settle(fate, rule)
		}
	}
}

// lowerProgram makes the table of a program, or one for each of its processes.
func (s *state) lowerProgram(p *ir.Program) {
	units := s.unitsOf(p)
	s.tellName(p, units)
	if len(units) > 1 {
		s.tellSplit(p, len(units))
	}
	if len(s.lost[p]) > 0 && !p.Shadowed {
		s.tellLost(p, len(units) > 1)
	}
	said := len(s.sink.All())
	s.lowerProcess(p, &units[0])
	if len(units) > 1 {
		s.lowerOthers(p, units[1:], s.sink.All()[said:])
	}
}

// lowerOthers makes the tables of the processes of a program behind the first. It
// says what that has not said already, and of what nobody else would say that it
// concerns only the first.
func (s *state) lowerOthers(p *ir.Program, units []unitSpec, first []*diag.Diagnostic) {
	sink := s.sink
	shared := map[*diag.Diagnostic]bool{}
	for i := range units {
		s.sink = &s.arena.scratch
		s.sink.Clear()
		s.lowerProcess(p, &units[i])
		for _, d := range s.sink.All() {
			d.Target.Process = int32(i) + 2
			if same := slices.IndexFunc(first, d.SaysSame); same >= 0 {
				shared[first[same]] = true
			} else if d.NeedsTODO() {
				sink.Add(*d)
			}
		}
	}
	s.sink = sink
	for _, d := range first {
		if !shared[d] {
			d.Target.Process = 1
		}
	}
}

// lowerProcess makes the table of one unit of a program.
func (s *state) lowerProcess(p *ir.Program, spec *unitSpec) {
	settings := p.Settings
	if spec.process != nil {
		settings = s.scopeOf(p, spec.process).settings(anyRow)
	}
	s.lowerUnit(spec, settings)
}

func anyRow(*optionRow) bool { return true }

// tellSplit notes that each process of a program becomes a unit of its own.
func (s *state) tellSplit(p *ir.Program, units int) {
	count := p.Setting("numprocs")
	d := diag.Diagnostic{
		Code:    diag.TaskPerProcess,
		Span:    count.Option.Span(),
		Subject: optionName(p.Section, "numprocs"),
		Message: fmt.Sprintf("each of the %d processes becomes a unit of its own", count.Int),
	}
	if count.Int > int64(units) {
		d.Code = diag.OutOfRange
		d.Message = fmt.Sprintf("numprocs is %d; only the first %d processes are written", count.Int, units)
		d.Hint = "Write further units by hand, or let one do the work of several."
		d.Target = diag.Target{Unit: p.Number}
	}
	s.sink.Add(d)
}

// tellLost says that supervisord starts fewer processes of a program than its
// section asks for.
func (s *state) tellLost(p *ir.Program, split bool) {
	count := p.Brief.Numprocs().Or(1)
	hint := fmt.Sprintf("Write instances = %d if you want all of them to run from now on.", count)
	switch {
	case split:
		hint = "Uncomment the tables of the others if you want them to run from now on."
	case count > programRow(p.Kind, "numprocs").service.Max:
		hint = "Split the program into several services if you want all of them to run from now on."
	}
	s.sink.Add(diag.Diagnostic{
		Code:    diag.Shadowed,
		Span:    p.Section.Option("process_name").Span(),
		Subject: optionName(p.Section, "process_name"),
		Message: fmt.Sprintf("supervisord starts only %d of the %d processes of %s, because the names of the others are taken", count-int64(len(s.lost[p])), count, p.Name),
		Hint:    hint,
		Target:  diag.Target{Unit: p.Number},
	})
}

// runsElsewhere reports whether supervisord starts a program, and starts it for an
// earlier group too.
func (s *state) runsElsewhere(p *ir.Program) bool {
	if p.Shadowed {
		return false
	}
	for i := p.Number - 2; i >= 0 && s.config.Programs[i].Section == p.Section; i-- {
		if q := s.config.Programs[i]; !q.Shadowed && q.Brief.Numprocs().Or(1) > 0 {
			return true
		}
	}
	return false
}

// tellName says that a unit could not keep its name.
func (s *state) tellName(p *ir.Program, units []unitSpec) {
	name := units[0].name
	if p.Again && s.runsElsewhere(p) {
		which := "this one"
		if len(units) > 1 {
			which = "the first of these"
		}
		s.sink.Add(diag.Diagnostic{
			Code:    diag.TwoGroups,
			Span:    p.Named,
			Subject: sectionName(p.Section),
			Message: fmt.Sprintf("program %s runs in more than one group, once for each; %s is called %s", p.Name, which, name),
			Hint:    "Check that you want it twice, and delete one of the two if not.",
			Related: []diag.Related{{Span: p.Section.Header, Message: "the program"}},
			Target:  diag.Target{Unit: p.Number},
		})
		return
	}
	if len(units) == 1 && name != p.Name || len(units) > 1 && cleanName(p.Name) != p.Name {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.Renamed,
			Span:    p.Section.Header,
			Subject: sectionName(p.Section),
			Message: fmt.Sprintf("name %q became %s", p.Name, name),
		})
	}
}
