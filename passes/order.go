package passes

import (
	"cmp"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// Priorities that count where none is set. Event listeners start first.
const (
	defaultPriority  = 999
	listenerPriority = -1
)

// orderPass sorts the groups as supervisord starts them, marks those that it
// never starts, and gives the services priorities that make RunWisp start them
// in the same order.
func orderPass(s *state) {
	for _, g := range s.config.Groups {
		if !g.IsNamed() {
			g.Priority = *g.Programs[0].Setting("priority")
		}
	}
	// The groups were made in supervisord's own order, which decides
	// between equals.
	slices.SortStableFunc(s.config.Groups, func(a, b *ir.Group) int {
		if c := cmp.Compare(GroupPriority(a), GroupPriority(b)); c != 0 {
			return c
		}
		return cmp.Compare(a.Name, b.Name)
	})
	markShadowed(s.config.Groups)
	if askedForOrder(s.config) {
		s.prioritise(s.startOrder())
	}
}

// GroupPriority is the number by which supervisord sorts a group.
func GroupPriority(g *ir.Group) int64 {
	if g.Section.Kind == ir.ListenerSection {
		return g.Priority.IntOr(listenerPriority)
	}
	return g.Priority.IntOr(defaultPriority)
}

// markShadowed marks the groups of which supervisord has another of the same
// name, and the programs of a group that lose their only process to another.
func markShadowed(groups []*ir.Group) {
	seen := map[string]bool{}
	for _, g := range groups {
		g.Shadowed = seen[g.Name]
		seen[g.Name] = true
		last := map[string]*ir.Program{}
		for _, p := range g.Programs {
			if name, ok := onlyProcess(p); ok {
				last[name] = p
			}
		}
		for _, p := range g.Programs {
			name, ok := onlyProcess(p)
			p.Shadowed = g.Shadowed || ok && last[name] != p
		}
	}
}

// onlyProcess returns the name of the process of a program that has exactly
// one whose name is known.
func onlyProcess(p *ir.Program) (string, bool) {
	name := p.Setting("process_name")
	switch {
	case p.Setting("numprocs").IntOr(1) != 1:
		return "", false
	case !name.IsSet():
		return p.Name, true
	}
	return processName(p, &processNumber{number: p.Setting("numprocs_start").IntOr(0), count: 1})
}

// processName returns the name of one process, where that is known.
func processName(p *ir.Program, number *processNumber) (string, bool) {
	name := scope{program: p, process: number}.setting("process_name")
	return name.Text.String(), name.State == ir.Known
}

// askedForOrder reports whether any program or group sets a priority. Without
// one, supervisord starts them all in one go.
func askedForOrder(c *ir.Config) bool {
	for _, g := range c.Groups {
		if g.Priority.State == ir.Known && len(g.Programs) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(c.Programs, func(p *ir.Program) bool {
		return p.Setting("priority").State == ir.Known
	})
}

// A start is a service, in the order in which supervisord starts them.
type start struct {
	program *ir.Program
	name    string
}

// startOrder returns the services in the order in which supervisord starts
// what they run.
func (s *state) startOrder() []start {
	var out []start
	for _, g := range s.config.Groups {
		for _, p := range g.Programs {
			if p.Kind != ir.ProgramSection || p.Shadowed || isTask(p) {
				continue
			}
			for _, u := range s.unitsOf(p) {
				out = append(out, start{p, u.name})
			}
		}
	}
	return out
}

// prioritise gives the services priorities by which RunWisp, which sorts by
// priority and name, starts them in the given order: the numbers of the
// source where they do, else ranks.
func (s *state) prioritise(starts []start) {
	s.priorities = make(map[string]int64, len(starts))
	for _, number := range []func(*ir.Program) int64{ownPriority, effectivePriority} {
		if givesOrder(starts, number) {
			for _, st := range starts {
				s.priorities[st.name] = number(st.program)
			}
			return
		}
	}
	for i, st := range starts {
		s.priorities[st.name] = int64(i + 1)
	}
	s.sink.Add(diag.Diagnostic{
		Code:    diag.RanksUsed,
		Span:    s.firstPriority(),
		Message: "priorities are renumbered from 1, because the numbers of the source would start programs in another order",
	})
}

// ownPriority is the number that the program itself sets, or else what counts
// for it.
func ownPriority(p *ir.Program) int64 {
	return p.Setting("priority").IntOr(effectivePriority(p))
}

// effectivePriority is the number by which supervisord sorts the program's
// group.
func effectivePriority(p *ir.Program) int64 { return GroupPriority(p.Group) }

func givesOrder(starts []start, number func(*ir.Program) int64) bool {
	return slices.IsSortedFunc(starts, func(a, b start) int {
		if c := cmp.Compare(number(a.program), number(b.program)); c != 0 {
			return c
		}
		return cmp.Compare(a.name, b.name)
	})
}

// firstPriority returns the first priority in the source.
func (s *state) firstPriority() source.Span {
	var first source.Span
	note := func(setting *ir.Setting) {
		if !setting.IsSet() {
			return
		}
		if span := spanOrKey(setting.Option); !first.IsValid() || span.Compare(first) < 0 {
			first = span
		}
	}
	for _, g := range s.config.Groups {
		note(&g.Priority)
	}
	for _, p := range s.config.Programs {
		note(p.Setting("priority"))
	}
	return first
}

// isTask reports whether a program does not restart, so that it becomes a task.
func isTask(p *ir.Program) bool {
	restart := p.Setting("autorestart")
	return restart.State == ir.Known && restart.Int == restartNever
}
