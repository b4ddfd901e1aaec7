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
// Programs that are called what RunWisp accepts keep their names, so that none of
// them has to give way to one that is made up.
type namer struct {
	*state
	// spaced are the first programs of each name in whose headers something else
	// stands around the name: there may be another program of that name.
	spaced map[string]*ir.Program
	made   map[string]bool // the names that were made up
	next   map[string]int  // the next number to try behind a name
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

// nameUnits decides what units there are.
func (s *state) nameUnits() {
	n := s.newNamer()
	s.units = make([]unitSpec, len(s.config.Programs))
	s.splits = map[*ir.Program][]unitSpec{}
	for i, p := range s.config.Programs {
		if !becomesUnit(p) {
			continue
		}
		name := p.Name
		if !n.keeps(p) {
			name = n.claim(wantedName(p))
		}
		if s.isSplit(p) {
			s.splits[p] = n.split(p, name)
		} else {
			s.units[i] = unitSpec{program: p, name: name}
		}
	}
}

func (s *state) newNamer() *namer {
	n := &namer{state: s, spaced: map[string]*ir.Program{}, made: map[string]bool{}, next: map[string]int{}}
	for _, p := range s.config.Programs {
		if isSpaced(p) && becomesUnit(p) && n.spaced[p.Name] == nil {
			n.spaced[p.Name] = p
		}
	}
	return n
}

// keeps reports whether a unit is called as its program is.
func (n *namer) keeps(p *ir.Program) bool {
	if !schema.ValidName(p.Name) {
		return false
	}
	if p.Again || isSpaced(p) {
		return n.keeper(p.Name) == p
	}
	first := n.spaced[p.Name] // no other can be called so: no two sections have one name
	return first == nil || p.Number < first.Number
}

// isSpaced reports whether something else stands around the name of a program in
// its header.
func isSpaced(p *ir.Program) bool { return len(p.Section.Name) != len(programPrefix)+len(p.Name) }

// keeper returns the first program of a name, or nil.
func (n *namer) keeper(name string) *ir.Program {
	first, sec := n.spaced[name], n.byName.find(programPrefix+name)
	for _, p := range n.programsFrom(sec) {
		if p.Section != sec || first != nil && first.Number < p.Number {
			break
		}
		if becomesUnit(p) {
			return p
		}
	}
	return first
}

// programPrefix starts the names of the sections that become units.
const programPrefix = "program:"

// becomesUnit reports whether a program is imported and has a process.
func becomesUnit(p *ir.Program) bool {
	return p.Kind == ir.ProgramSection && p.Brief.Numprocs().Or(1) > 0
}

// split makes a unit of each process of a program. They are named in the order
// of their numbers, and stand in that in which supervisord starts them.
func (n *namer) split(p *ir.Program, name string) []unitSpec {
	count := p.Brief.Numprocs().Or(1)
	if count == 1 {
		return []unitSpec{{program: p, name: name, process: numberOfProcess(&p.Brief, 0)}}
	}
	names := make([]string, min(count, maxUnits))
	for i := range names {
		names[i] = n.claim(withSuffix(name, fmt.Sprintf("-%d", numberOfProcess(&p.Brief, i).number)))
	}
	out := make([]unitSpec, len(names))
	for i, rank := range p.Brief.Several.Order {
		out[i] = unitSpec{program: p, name: names[rank], process: numberOfProcess(&p.Brief, int(rank))}
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

// claim makes up an acceptable name as near to the wanted one as possible.
func (n *namer) claim(wanted string) string {
	base := cleanName(wanted)
	name := base
	for i := max(n.next[base], 2); n.made[name] || n.keeper(name) != nil; i++ {
		name = withSuffix(base, fmt.Sprintf("-%d", i))
		n.next[base] = i + 1
	}
	n.made[name] = true
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
