package passes

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
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
	s.lost = map[*ir.Program][]int64{}
	var naming sync.WaitGroup
	naming.Go(s.nameUnits) // which neither looks at the order of groups nor at what is lost
	groups := s.config.Groups
	// They were made in supervisord's own order, which decides between equals.
	slices.SortStableFunc(groups, func(a, b *ir.Group) int { return strings.Compare(a.Name, b.Name) })
	shadowGroups(groups)
	sortGroups(groups)
	s.shadowPrograms()
	naming.Wait()
	if askedForOrder(s.config) {
		s.prioritise(s.startOrder())
	}
}

// sortGroups sorts groups by priority. Those of one priority stay in their order,
// which is that of their names.
func sortGroups(groups []*ir.Group) {
	byPriority := map[int64]*[]*ir.Group{} // there are few priorities, however many groups
	for _, g := range groups {
		list := byPriority[GroupPriority(g)]
		if list == nil {
			list = &[]*ir.Group{}
			byPriority[GroupPriority(g)] = list
		}
		*list = append(*list, g)
	}
	sorted := groups[:0]
	for _, n := range slices.Sorted(maps.Keys(byPriority)) {
		sorted = append(sorted, *byPriority[n]...)
	}
}

// GroupPriority is the number by which supervisord sorts a group.
func GroupPriority(g *ir.Group) int64 {
	if g.Priority.State != ir.Known && g.Section.Kind == ir.ListenerSection {
		return listenerPriority
	}
	return g.Priority.Or(defaultPriority)
}

// shadowGroups marks the groups in whose place supervisord has another of the
// same name: the one that starts first. The groups are sorted by name.
func shadowGroups(groups []*ir.Group) {
	for from := 0; from < len(groups); {
		to := from + 1
		for to < len(groups) && groups[to].Name == groups[from].Name {
			to++
		}
		if to > from+1 {
			shadowNamesakes(groups[from:to])
		}
		from = to
	}
}

// shadowNamesakes marks groups of one name. One whose priority is not known may
// start before the first of the others, or after it.
func shadowNamesakes(groups []*ir.Group) {
	var first *ir.Group
	contested := false
	for _, g := range groups {
		switch {
		case g.Priority.State == ir.Unresolved:
			g.Contested, contested = true, true
		case first == nil:
			first = g
		case GroupPriority(g) < GroupPriority(first):
			first.Shadowed = true
			first = g
		default:
			g.Shadowed = true
		}
	}
	if first != nil {
		first.Contested = contested
	}
}

// shadowPrograms marks the programs of those groups, and the processes of a
// group that lose their place to another.
func (s *state) shadowPrograms() {
	for _, g := range s.config.Groups {
		names := claims(g, s.config.Mentions(g))
		for _, p := range g.Programs {
			lost := lostProcesses(p, names)
			if len(lost) > 0 {
				s.lost[p] = lost
			}
			p.Shadowed = g.Shadowed || len(lost) > 0 && len(lost) == len(p.Brief.ProcessNames())
		}
		if !s.world.isClosed() { // in which the processes themselves are made, and find their places
			sortByPlace(g, names)
		}
	}
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
		return p.Brief.Priority.State == ir.Known
	})
}

// startOrder returns the units of services in the order in which supervisord
// starts what they run.
func (s *state) startOrder() []*unitSpec {
	out := make([]*unitSpec, 0, len(s.config.Programs))
	for _, g := range s.config.Groups {
		for _, p := range g.Programs {
			if p.Shadowed || p.Brief.Task {
				continue
			}
			units := s.unitsOf(p)
			for i := range units {
				if !s.isLost(&units[i]) {
					out = append(out, &units[i])
				}
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
		Span:    s.seen.firstPriority,
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
