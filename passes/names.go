package passes

import (
	"fmt"
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

// unitNames returns the names of the units. Names that RunWisp accepts as they
// are come first, so that none of them has to give way to a rewritten one.
func (s *state) unitNames() map[*ir.Program]string {
	if s.names != nil {
		return s.names
	}
	n := namer{taken: map[string]bool{}, next: map[string]int{}}
	s.names = map[*ir.Program]string{}
	for _, p := range s.config.Programs {
		if !p.Again && schema.ValidName(p.Name) && !n.taken[p.Name] {
			n.taken[p.Name] = true
			s.names[p] = p.Name
		}
	}
	for _, p := range s.config.Programs {
		if _, ok := s.names[p]; !ok {
			s.names[p] = n.claim(wantedName(p))
		}
	}
	s.namer = n
	return s.names
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
