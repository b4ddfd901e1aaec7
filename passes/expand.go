package passes

import (
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// expandPass gives every program its typed options and, where the world is
// known, its processes.
func expandPass(s *state, j *job) {
	s.tellOverridden(j.section)
	said := len(s.sink.All())
	for _, p := range j.programs {
		if p.Again {
			s.expandAgain(p, s.sink.All()[said:])
			continue
		}
		s.expandProgram(p, s.sink)
		checkProgram(p, s.sink)
	}
}

// expandAgain expands a program that an earlier group runs too. It says only what
// is refused there for the name of the group, and was not said of an earlier one.
func (s *state) expandAgain(p *ir.Program, said []*diag.Diagnostic) {
	sink := &s.arena.scratch
	sink.Clear()
	s.expandProgram(p, sink)
	checkProgram(p, sink)
	for _, d := range sink.All() {
		same := func(other *diag.Diagnostic) bool { return other.Code == d.Code && other.Span == d.Span }
		if d.Severity == diag.Error && !slices.ContainsFunc(said, same) {
			s.sink.Add(*d)
		}
	}
}

func (s *state) expandProgram(p *ir.Program, sink *diag.Sink) {
	sc := s.scopeOf(p, nil)
	perProcess := sink
	if s.world.isClosed() || p.Brief.Numprocs().Or(1) <= 0 {
		// What is read once a process is refused there, or never read.
		perProcess = &s.arena.quiet
	}
	settings := s.arena.settings.take(countKnown(p))
	n := 0
	for i := range p.Section.Options {
		o := &p.Section.Options[i]
		row := rowOf(p, o)
		switch {
		case row == nil || p.Group.IsNamed() && row.only == ir.FastCGISection:
			continue
		case row.names == processNames:
			sc.read(&settings[n], row, o, perProcess)
		default:
			sc.read(&settings[n], row, o, sink)
		}
		n++
	}
	s.giveReading(p, settings[:n])
	if s.world.isClosed() {
		s.makeProcesses(p, sink)
	}
}

// giveReading gives a program its settings.
func (s *state) giveReading(p *ir.Program, settings []ir.Setting) {
	p.Reading = s.arena.readings.one()
	*p.Reading = ir.Reading{Settings: settings}
}
