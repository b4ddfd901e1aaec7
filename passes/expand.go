package passes

import (
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// expandPass gives every program its typed options and, where the world is
// known, its processes.
func expandPass(s *state, j *job) {
	s.tellOverridden(j.section)
	said := len(s.sink.All())
	first, others := j.programs[0], j.programs[1:]
	s.expandProgram(first, s.sink)
	checkProgram(first, s.sink)
	if len(others) > 0 {
		s.expandAgain(others, s.sink.All()[said:])
	}
}

// expandAgain expands the program of a section for the groups behind the first.
// They have the same to say of it, except what is refused for the name of a group:
// that concerns the one program, unless it concerns all of them.
func (s *state) expandAgain(others []*ir.Program, first []*diag.Diagnostic) {
	var refused []diag.Diagnostic
	by := map[refusal][]*ir.Program{} // who refuses it, of the others
	sink := &s.arena.scratch
	for _, p := range others {
		sink.Clear()
		s.expandProgram(p, sink)
		checkProgram(p, sink)
		for _, d := range sink.All() {
			if d.Severity != diag.Error {
				continue
			}
			refused = append(refused, *d)
			if list := by[refusalOf(d)]; len(list) == 0 || list[len(list)-1] != p {
				by[refusalOf(d)] = append(list, p)
			}
		}
	}
	told := map[refusal]bool{} // with the first, of all
	for _, d := range first {
		if d.Severity == diag.Error {
			everywhere := len(by[refusalOf(d)]) == len(others)
			told[refusalOf(d)] = everywhere || !d.Target.Shared
			d.Target.Shared = d.Target.Shared && everywhere
		}
	}
	for _, d := range refused {
		if !told[refusalOf(&d)] {
			d.Target.Shared = false
			s.sink.Add(d)
		}
	}
}

// A refusal is what supervisord refuses, whatever it says of it: that can hold the
// name of a group.
type refusal struct {
	code diag.Code
	span source.Span
}

func refusalOf(d *diag.Diagnostic) refusal { return refusal{d.Code, d.Span} }

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
