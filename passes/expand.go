package passes

import (
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// expandPass gives every program its typed options and, where the world is
// known, its processes.
func expandPass(s *state, j *job) {
	s.tellOverridden(j.section)
	for _, p := range j.programs {
		sink := s.sink
		if p.Again {
			sink = &s.arena.quiet // the first run has said it all
		}
		s.expandProgram(p, sink)
		checkProgram(p, sink)
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
