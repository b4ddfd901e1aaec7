package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/schema"
)

// emptyName is what a unit is called whose name holds nothing usable.
const emptyName = "unnamed"

// A namer gives every unit a name that RunWisp accepts and that no other has.
type namer struct {
	taken map[string]bool
	next  map[string]int // the next number to try behind a name
}

// A unitSpec is a unit that a program becomes.
type unitSpec struct {
	program *ir.Program
	name    string
	// process is the number of the process that the unit is for, or nil
	// where it is for all of them.
	process *processNumber
	// priority is the chosen one, where one is.
	priority    int64
	hasPriority bool
}

func (u *unitSpec) setPriority(n int64) { u.priority, u.hasPriority = n, true }

// isLost reports whether the unit is for a process that supervisord never starts.
func (s *state) isLost(u *unitSpec) bool {
	return u.process != nil && slices.Contains(s.lost[u.program], u.process.number)
}

// unitsOf returns the units that a program becomes: one, one for each process, or
// none.
func (s *state) unitsOf(p *ir.Program) []unitSpec {
	unit := s.units[p.Number-1 : p.Number]
	if unit[0].program == nil {
		return s.splits[p] // or nothing becomes of it
	}
	return unit
}

// nameUnits decides what units there are. Names that RunWisp accepts as they
// are come first, so that none of them has to give way to a rewritten one.
func (s *state) nameUnits() {
	programs := s.config.Programs
	n := namer{next: map[string]int{}}
	var kept []bool // nil where all programs keep their names, and none is asked for again
	if slices.ContainsFunc(programs, s.asksForName) {
		kept = n.keep(programs)
	}
	s.units = make([]unitSpec, len(programs))
	s.splits = map[*ir.Program][]unitSpec{}
	scratch := s.fork(newArena())
	for i, p := range programs {
		if !becomesUnit(p) {
			continue
		}
		name := p.Name
		if kept != nil && !kept[i] {
			name = n.claim(wantedName(p))
		}
		if s.isSplit(p) {
			s.splits[p] = scratch.split(p, name, &n)
		} else {
			s.units[i] = unitSpec{program: p, name: name}
		}
	}
}

// keep takes the names that RunWisp accepts as they are, and returns which
// programs keep theirs.
func (n *namer) keep(programs []*ir.Program) []bool {
	n.taken = make(map[string]bool, len(programs))
	kept := make([]bool, len(programs))
	for i, p := range programs {
		if becomesUnit(p) && schema.ValidName(p.Name) && !n.taken[p.Name] {
			n.taken[p.Name] = true
			kept[i] = true
		}
	}
	return kept
}

// asksForName reports whether a program could need another name than its own, or
// more than one. No two sections have one name, so neither have two programs whose
// names are all that stands behind the prefix of their sections.
func (s *state) asksForName(p *ir.Program) bool {
	return becomesUnit(p) && (p.Again || s.isSplit(p) || !schema.ValidName(p.Name) ||
		len(p.Section.Name) != len(programPrefix)+len(p.Name))
}

// programPrefix starts the names of the sections that become units.
const programPrefix = "program:"

// becomesUnit reports whether a program is imported and has a process.
func becomesUnit(p *ir.Program) bool {
	return p.Kind == ir.ProgramSection && p.Brief.Numprocs().Or(1) > 0
}

// split makes a unit of each process of a program. They are named in the order
// of their numbers, and stand in that in which supervisord starts them: that of
// the names of the processes.
func (s *state) split(p *ir.Program, name string, n *namer) []unitSpec {
	count := p.Brief.Numprocs().Or(1)
	if count == 1 {
		return []unitSpec{{program: p, name: name, process: numberOfProcess(&p.Brief, 0)}}
	}
	type process struct {
		name string
		unit unitSpec
	}
	s.loadSome(p.Section, allOptions)
	list := make([]process, min(count, maxUnits))
	for i := range list {
		number := numberOfProcess(&p.Brief, i)
		list[i].name = s.processName(p, number)
		list[i].unit = unitSpec{program: p, name: n.claim(withSuffix(name, fmt.Sprintf("-%d", number.number))), process: number}
	}
	p.Section.Body = nil
	s.arena.reset()
	slices.SortStableFunc(list, func(a, b process) int { return strings.Compare(a.name, b.name) })
	out := make([]unitSpec, len(list))
	for i := range list {
		out[i] = list[i].unit
	}
	return out
}

// maxUnits is the largest number of units that one program becomes.
const maxUnits = 1000

// isSplit reports whether each process of a program becomes a unit of its own:
// those of a task, which has no instances, and on request those of a program
// that uses its process number.
func (s *state) isSplit(p *ir.Program) bool {
	b := &p.Brief
	return b.Task && b.Numprocs().Or(1) > 1 ||
		s.opts.PerProcess && b.UsesNumber() && b.Numprocs().IsSure() && b.NumprocsStart().IsSure()
}

// wantedName is what a unit is called if RunWisp accepts it: the program, and
// the group where an earlier group runs the program already.
func wantedName(p *ir.Program) string {
	if p.Again {
		return p.Name + "-" + p.Group.Name
	}
	return p.Name
}

// claim returns an acceptable name as near to the wanted one as possible, and
// takes it.
func (n *namer) claim(wanted string) string {
	base := cleanName(wanted)
	name := base
	for i := max(n.next[base], 2); n.taken[name]; i++ {
		name = withSuffix(base, fmt.Sprintf("-%d", i))
		n.next[base] = i + 1
	}
	n.taken[name] = true
	return name
}

// withSuffix puts a suffix behind an acceptable name, which is cut to make room
// for it.
func withSuffix(name, suffix string) string {
	return name[:min(len(name), schema.MaxNameLen-len(suffix))] + suffix
}

// cleanName puts an underscore in place of every character that RunWisp refuses
// and cuts what is too long.
func cleanName(name string) string {
	if name == "" {
		return emptyName
	}
	name = strings.Map(func(r rune) rune {
		if !schema.ValidName(string(r)) {
			return '_'
		}
		return r
	}, name)
	return name[:min(len(name), schema.MaxNameLen)]
}
