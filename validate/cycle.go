package validate

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

// A frame is one service on the path of the search.
type frame struct {
	name string
	deps []toml.Node
	next int // the first entry of deps that has not been followed
	// marked is the highest frame, up to this one, whose service is part
	// of a cycle that was reported, or -1.
	marked int
}

// A search looks for cycles, depth first. It keeps its own stack, because a
// chain of services can be as long as the file.
type search struct {
	c     *checker
	depth map[string]int // rank on the path, or done
	path  []frame
}

const done = -1

// cycles reports services that wait for each other. Of cycles that share a
// service only one is reported: the others may be gone when it is broken, and
// there can be more of them than anybody can read.
func (c *checker) cycles() {
	s := search{c: c, depth: make(map[string]int)}
	for _, name := range c.services {
		if _, seen := s.depth[name]; seen {
			continue
		}
		for s.push(name); len(s.path) > 0; {
			s.step()
		}
	}
}

// push goes on to a service.
func (s *search) push(name string) {
	f := frame{name: name, marked: -1}
	if len(s.path) > 0 {
		f.marked = s.path[len(s.path)-1].marked
	}
	if deps := s.c.units[name].node.Child("depends_on"); deps.Kind() == toml.Array {
		for d := range deps.Children() {
			f.deps = append(f.deps, d)
		}
	}
	s.depth[name] = len(s.path)
	s.path = append(s.path, f)
}

// step follows the next dependency of the service at the end of the path, or
// leaves that service.
func (s *search) step() {
	f := &s.path[len(s.path)-1]
	if f.next == len(f.deps) {
		s.depth[f.name] = done
		s.path = s.path[:len(s.path)-1]
		return
	}
	f.next++
	name, ok := s.c.peek(f.followed())
	if !ok || !s.c.units[name].service || name == f.name {
		return // nothing to follow; the value itself is checked elsewhere
	}
	switch at, seen := s.depth[name]; {
	case !seen:
		s.push(name)
	case at != done && at > f.marked:
		s.report(at)
	}
}

// report reports the cycle that starts at a rank of the path and is closed by
// its end. It is told from the service that comes first in the file.
func (s *search) report(start int) {
	for i := start; i < len(s.path); i++ {
		s.path[i].marked = i
	}
	cycle := s.fromFirst(s.path[start:])
	var names []string
	for _, f := range cycle {
		names = append(names, f.name)
	}
	names = append(names, names[0])
	last := cycle[len(cycle)-1]
	d := s.c.badValue(cycle[0].followed(), diag.DependencyCycle, "services wait for each other: %s", strings.Join(names, " -> "))
	d.Related = []diag.Related{{Span: last.followed().Span(), Message: "the cycle is closed here"}}
}

// fromFirst turns a cycle so that it starts with the service that comes first.
func (s *search) fromFirst(cycle []frame) []frame {
	first := 0
	for i, f := range cycle {
		if s.place(f).Compare(s.place(cycle[first])) < 0 {
			first = i
		}
	}
	return slices.Concat(cycle[first:], cycle[:first])
}

func (s *search) place(f frame) source.Span { return s.c.units[f.name].node.KeySpan() }

// followed returns the entry of depends_on that is being followed.
func (f frame) followed() toml.Node { return f.deps[f.next-1] }
