package passes

import (
	"slices"

	"github.com/runwisp/runwisp/ir"
)

// A claim is what becomes of the name of a process that several of a group may
// have: it stays in the place of the first process that has it, and is that of
// the last one in the end.
type claim struct {
	place   int // among the processes of the group
	program *ir.Program
	rank    int // of the process among those of the program
}

// claims returns the claims on each name, or nil for a group in which there is no
// choice. Mentions are its programs as often as it names them.
func claims(g *ir.Group, mentions []*ir.Program) map[string]claim {
	count := 0
	for _, p := range g.Programs {
		count += len(p.Brief.ProcessNames())
	}
	if count < 2 || len(mentions) == len(g.Programs) && holdsEachOnce(g, count) {
		return nil
	}
	names := make(map[string]claim, count)
	place := 0
	for _, p := range g.Programs {
		sorted := slices.Sorted(slices.Values(p.Brief.ProcessNames())) // as supervisord does in a section
		for _, name := range p.Brief.ProcessNames() {
			if _, ok := names[name]; !ok {
				behind, _ := slices.BinarySearch(sorted, name)
				names[name] = claim{place: place + behind}
			}
		}
		place += placesOf(p)
	}
	for _, p := range mentions {
		for rank, name := range p.Brief.ProcessNames() {
			names[name] = claim{names[name].place, p, rank}
		}
	}
	return names
}

// holdsEachOnce reports whether no two of the so many process names of a group are
// the same, as in nearly every group.
func holdsEachOnce(g *ir.Group, count int) bool {
	names := make(map[string]struct{}, count)
	for _, p := range g.Programs {
		for _, name := range p.Brief.ProcessNames() {
			names[name] = struct{}{}
		}
	}
	return len(names) == count
}

// placesOf returns how many places a program has among the processes of its group.
// Where the names of its processes do not matter it takes one.
func placesOf(p *ir.Program) int { return max(1, len(p.Brief.ProcessNames())) }

// lostProcesses returns the numbers of the processes of a program that another
// takes the place of.
func lostProcesses(p *ir.Program, names map[string]claim) []int64 {
	if names == nil {
		return nil
	}
	var lost []int64
	for rank, name := range p.Brief.ProcessNames() {
		if last := names[name]; last.program != p || last.rank != rank {
			lost = append(lost, p.Brief.NumprocsStart().Or(0)+int64(rank))
		}
	}
	return lost
}

// sortByPlace sorts the programs of a group by where their first process starts:
// one that takes the name of another starts in its place, and leaves none where
// its own name is taken.
func sortByPlace(g *ir.Group, names map[string]claim) {
	if names == nil {
		return
	}
	places := make(map[*ir.Program]int, len(g.Programs))
	next := 0
	for _, p := range g.Programs {
		places[p] = next + placesOf(p) - 1
		for _, name := range p.Brief.ProcessNames() {
			if last := names[name]; last.program == p {
				places[p] = min(places[p], last.place)
			}
		}
		next += placesOf(p)
	}
	slices.SortStableFunc(g.Programs, func(a, b *ir.Program) int { return places[a] - places[b] })
}
