package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
)

// ownVariable returns a variable that the configuration itself sets, and that
// supervisord sees in an option. The program's own environment is not seen in
// itself, nor in what is read once a section.
func (u *unit) ownVariable(name, key string) (ir.Pair, bool) {
	if key != "environment" && programRow(u.program.Kind, key).names == processNames {
		pairs := u.program.Setting("environment").Pairs
		if u.names == nil {
			u.names = indexPairs(pairs)
		}
		if p, ok := findPair(pairs, u.names, name); ok {
			return p, true
		}
	}
	return findPair(u.daemonPairs(), u.daemonNames, name)
}

// mayName reports whether a variable that supervisord sees in an option may be one
// whose name in an environment holds an expansion that is left in place: such a
// variable has no name in the output. Where there are several processes, each sees
// what the earlier ones set, also in the environment itself.
func (u *unit) mayName(name, key string) bool {
	count := u.program.Setting("numprocs")
	single := count.IsSure() && count.IntOr(1) == 1
	if programRow(u.program.Kind, key).names != processNames || key == "environment" && single {
		return u.daemonComputed.hold(name)
	}
	if u.computed == nil {
		own := computedNames(u.program.Setting("environment").Pairs)
		u.computed = &own
	}
	return u.computed.hold(name) || u.daemonComputed.hold(name)
}

// A nameStart is what all names of a kind begin with, if there are any.
type nameStart struct {
	start string
	any   bool
}

func (n nameStart) hold(name string) bool { return n.any && strings.HasPrefix(name, n.start) }

// computedNames returns the start of the names that hold an expansion. No other
// name that a variable can have holds a percent sign.
func computedNames(pairs []ir.Pair) (out nameStart) {
	for _, p := range pairs {
		start, _, computed := strings.Cut(p.Name.String(), "%")
		if !computed {
			continue
		}
		if !out.any {
			out = nameStart{start, true}
		}
		for !strings.HasPrefix(start, out.start) {
			out.start = out.start[:len(out.start)-1]
		}
	}
	return out
}

// daemonPairs returns the variables that [supervisord] sets.
func (s *state) daemonPairs() []ir.Pair {
	if s.config.Daemon == nil {
		return nil
	}
	return s.config.Daemon.Environment.Pairs
}

// manyPairs is from how many pairs on it pays to index them.
const manyPairs = 32

// indexPairs returns where each name stands among many pairs, and nil for few.
func indexPairs(pairs []ir.Pair) map[string]int {
	if len(pairs) < manyPairs {
		return nil
	}
	index := make(map[string]int, len(pairs))
	for i, p := range pairs {
		index[p.Name.String()] = i
	}
	return index
}

// findPair returns the pair of a name, of which there is one at most. The index may be
// nil.
func findPair(pairs []ir.Pair, index map[string]int, name string) (ir.Pair, bool) {
	if index != nil {
		i, ok := index[name]
		if !ok {
			return ir.Pair{}, false
		}
		return pairs[i], true
	}
	for _, p := range pairs {
		if p.Name.String() == name {
			return p, true
		}
	}
	return ir.Pair{}, false
}
