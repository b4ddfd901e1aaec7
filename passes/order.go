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
// never starts, names the units, and gives the services priorities that make
// RunWisp start them in the same order.
func orderPass(s *state) {
	// The groups were made in supervisord's own order, which decides
	// between equals.
	slices.SortStableFunc(s.config.Groups, func(a, b *ir.Group) int {
		if c := cmp.Compare(GroupPriority(a), GroupPriority(b)); c != 0 {
			return c
		}
		return cmp.Compare(a.Name, b.Name)
	})
	markShadowed(s.config.Groups)
	s.nameUnits()
	if askedForOrder(s.config) {
		s.prioritise(s.startOrder())
	}
}

// GroupPriority is the number by which supervisord sorts a group.
func GroupPriority(g *ir.Group) int64 {
	if g.Section.Kind == ir.ListenerSection {
		return priorityOf(g).Or(listenerPriority)
	}
	return priorityOf(g).Or(defaultPriority)
}

// priorityOf returns the priority of a group, or of the program that is one by
// itself.
func priorityOf(g *ir.Group) ir.Number {
	if g.IsNamed() {
		return g.Priority
	}
	return g.Programs[0].Brief.Priority
}

// markShadowed marks the groups of which supervisord has another of the same
// name, and the programs of a group that lose their only process to another.
func markShadowed(groups []*ir.Group) {
	seen := make(map[string]bool, len(groups))
	for _, g := range groups {
		g.Shadowed = seen[g.Name]
		seen[g.Name] = true
		last := lastOfName(g)
		for _, p := range g.Programs {
			p.Shadowed = g.Shadowed || p.Brief.HasProcess && last != nil && last[p.Brief.Process] != p
		}
	}
}

// lastOfName returns the program that has the process of each name, or nil for
// a group in which there is no choice.
func lastOfName(g *ir.Group) map[string]*ir.Program {
	if len(g.Programs) < 2 {
		return nil
	}
	last := make(map[string]*ir.Program, len(g.Programs))
	for _, p := range g.Programs {
		if p.Brief.HasProcess {
			last[p.Brief.Process] = p
		}
	}
	return last
}

// askedForOrder reports whether any program or group sets a priority. Without
// one, supervisord starts them all in one go.
func askedForOrder(c *ir.Config) bool {
	for _, g := range c.Groups {
		if priorityOf(g).State == ir.Known && len(g.Programs) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(c.Programs, func(p *ir.Program) bool {
		return p.Brief.Priority.State == ir.Known
	})
}

// startOrder returns the units of services in the order in which supervisord
// starts what they run.
func (s *state) startOrder() []*unitSpec {
	out := make([]*unitSpec, 0, len(s.config.Programs))
	for _, g := range s.config.Groups {
		for _, p := range g.Programs {
			if p.Kind != ir.ProgramSection || p.Shadowed || p.Brief.Task {
				continue
			}
			units := s.unitsOf(p)
			for i := range units {
				out = append(out, &units[i])
			}
		}
	}
	return out
}

// prioritise gives the services priorities by which RunWisp, which sorts by
// priority and name, starts them in the given order: the numbers of the
// source where they do, else ranks.
func (s *state) prioritise(starts []*unitSpec) {
	for _, number := range []func(*ir.Program) int64{ownPriority, effectivePriority} {
		if givesOrder(starts, number) {
			for _, u := range starts {
				u.setPriority(number(u.program))
			}
			return
		}
	}
	for i, u := range starts {
		u.setPriority(int64(i + 1))
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
	return p.Brief.Priority.Or(effectivePriority(p))
}

// effectivePriority is the number by which supervisord sorts the program's
// group.
func effectivePriority(p *ir.Program) int64 { return GroupPriority(p.Group) }

func givesOrder(starts []*unitSpec, number func(*ir.Program) int64) bool {
	return slices.IsSortedFunc(starts, func(a, b *unitSpec) int {
		if c := cmp.Compare(number(a.program), number(b.program)); c != 0 {
			return c
		}
		return cmp.Compare(a.name, b.name)
	})
}

// firstPriority returns the first priority in the source.
func (s *state) firstPriority() source.Span {
	var first source.Span
	note := func(n ir.Number) {
		if n.IsSet() && (!first.IsValid() || n.Span.Compare(first) < 0) {
			first = n.Span
		}
	}
	for _, g := range s.config.Groups {
		note(g.Priority)
	}
	for _, p := range s.config.Programs {
		note(p.Brief.Priority)
	}
	return first
}
