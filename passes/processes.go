package passes

import (
	"cmp"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// maxProcesses bounds the processes that are made. More would be a slip in the
// source; RunWisp takes far fewer.
const maxProcesses = 10000

// makeProcesses makes the processes of a program as supervisord does: each
// expands its environment first and sees it in its other options. A variable
// that only an earlier process set is still seen by the later ones.
func (s *state) makeProcesses(p *ir.Program, sink *diag.Sink) {
	count, first := p.Setting("numprocs").IntOr(1), p.Setting("numprocs_start").Int
	var leaked []ir.Pair
	for i := range min(count, maxProcesses) {
		m := processMaker{
			arena:   s.arena,
			program: p,
			number:  &processNumber{number: first + i, count: count},
			before:  s.world.under(over(leaked, nothing)),
			sink:    sink,
		}
		process, own := m.make()
		p.Processes = append(p.Processes, process)
		leaked = append(leaked, own...)
	}
	slices.SortStableFunc(p.Processes, func(a, b ir.Process) int { return cmp.Compare(a.Name, b.Name) })
}

// A processMaker makes one process.
type processMaker struct {
	arena   *arena
	program *ir.Program
	number  *processNumber
	before  *world // what the process sees before its own environment
	sink    *diag.Sink
}

// make returns the process and its own environment.
func (m *processMaker) make() (ir.Process, []ir.Pair) {
	var own []ir.Pair
	environment := m.program.Section.Option("environment")
	if environment != nil {
		own = m.read(environment, m.before).Pairs
	}
	after := &world{node: m.before.node, closed: true, environ: over(own, m.before.environ)}
	out := ir.Process{Name: m.program.Name, Number: m.number.number}
	for _, s := range m.program.Settings {
		switch o := s.Option; {
		case o == environment:
			s.Pairs = own
		case rowOf(m.program, o).names == processNames:
			s = m.read(o, after)
		}
		if s.Key == "process_name" {
			out.Name = s.Text.String()
		}
		out.Settings = append(out.Settings, s)
	}
	return out, own
}

func (m *processMaker) read(o *ir.Option, w *world) ir.Setting {
	sc := scope{arena: m.arena, program: m.program, process: m.number, world: w}
	var out ir.Setting
	sc.read(&out, rowOf(m.program, o), o, m.sink)
	return out
}
