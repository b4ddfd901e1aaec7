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
	times := make([]int, len(first)) // that others refuse the same
	var refused []refusal
	sink := &s.arena.scratch
	for _, p := range others {
		sink.Clear()
		s.expandProgram(p, sink)
		checkProgram(p, sink)
		for _, d := range sink.All() {
			if d.Severity != diag.Error {
				continue
			}
			same := slices.IndexFunc(first, func(other *diag.Diagnostic) bool {
				return other.Code == d.Code && other.Span == d.Span
			})
			if same >= 0 {
				times[same]++
			}
			refused = append(refused, refusal{*d, same})
		}
	}
	for _, r := range refused {
		if r.first < 0 || first[r.first].Target.Shared && times[r.first] < len(others) {
			r.Target.Shared = false
			s.sink.Add(r.Diagnostic)
		}
	}
	for i, d := range first {
		if d.Severity == diag.Error && times[i] < len(others) {
			d.Target.Shared = false
		}
	}
}

// A refusal is what supervisord refuses of a program that an earlier group runs too.
type refusal struct {
	diag.Diagnostic
	first int // what it refuses alike in the first group, by number, or -1
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
