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
	name string
	// process is the number of the process that the unit is for, or nil
	// where it is for all of them.
	process *processNumber
}

// unitsOf returns the units that a program becomes: one, or one for each
// process. Names that RunWisp accepts as they are come first, so that none of
// them has to give way to a rewritten one.
func (s *state) unitsOf(p *ir.Program) []unitSpec {
	if s.units == nil {
		s.nameUnits()
	}
	return s.units[p]
}

func (s *state) nameUnits() {
	n := namer{taken: map[string]bool{}, next: map[string]int{}}
	s.units = map[*ir.Program][]unitSpec{}
	names := map[*ir.Program]string{}
	for _, p := range s.config.Programs {
		if becomesUnit(p) && !p.Again && schema.ValidName(p.Name) && !n.taken[p.Name] {
			n.taken[p.Name] = true
			names[p] = p.Name
		}
	}
	for _, p := range s.config.Programs {
		if !becomesUnit(p) {
			continue
		}
		name, ok := names[p]
		if !ok {
			name = n.claim(wantedName(p))
		}
		s.units[p] = s.specs(p, name, &n)
	}
}

// becomesUnit reports whether a program is imported and has a process.
func becomesUnit(p *ir.Program) bool {
	return p.Kind == ir.ProgramSection && p.Setting("numprocs").IntOr(1) > 0
}

// specs makes the units of a program. Those of its processes are in the order
// in which supervisord starts them, which is that of their names.
func (s *state) specs(p *ir.Program, name string, n *namer) []unitSpec {
	count, first := p.Setting("numprocs").IntOr(1), p.Setting("numprocs_start").IntOr(0)
	switch {
	case !s.isSplit(p):
		return []unitSpec{{name: name}}
	case count == 1:
		return []unitSpec{{name: name, process: &processNumber{number: first, count: 1}}}
	}
	out := make([]unitSpec, 0, min(count, maxUnits))
	for i := range min(count, maxUnits) {
		number := &processNumber{number: first + i, count: count}
		out = append(out, unitSpec{name: n.claim(fmt.Sprintf("%s-%d", name, number.number)), process: number})
	}
	slices.SortStableFunc(out, func(a, b unitSpec) int {
		first, _ := processName(p, a.process)
		second, _ := processName(p, b.process)
		return strings.Compare(first, second)
	})
	return out
}

// maxUnits is the largest number of units that one program becomes.
const maxUnits = 1000

// isSplit reports whether each process of a program becomes a unit of its own:
// those of a task, which has no instances, and on request those of a program
// that uses its process number.
func (s *state) isSplit(p *ir.Program) bool {
	return isTask(p) && p.Setting("numprocs").IntOr(1) > 1 ||
		s.opts.PerProcess && usesNumber(p) && isSure(p.Setting("numprocs")) && isSure(p.Setting("numprocs_start"))
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
		suffix := fmt.Sprintf("-%d", i)
		name = base[:min(len(base), schema.MaxNameLen-len(suffix))] + suffix
		n.next[base] = i + 1
	}
	n.taken[name] = true
	return name
}

// cleanName puts an underscore in place of every character that RunWisp refuses
// and cuts what is too long.
func cleanName(name string) string {
	if name == "" {
		return emptyName
	}
	name = strings.Map(func(r rune) rune {
		if notInKey(r) && r != '.' && r != '-' {
			return '_'
		}
		return r
	}, name)
	return name[:min(len(name), schema.MaxNameLen)]
}
