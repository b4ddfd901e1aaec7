package parser

import "github.com/runwisp/runwisp/internal/pages"

// maxRoom is how many nodes a core gets room for at a time, at most: they fill
// a few large pages.
const maxRoom = 1 << 18

// A nodeRoom is where one core puts the nodes of the parts that it reads, side
// by side: nobody knows beforehand how many a part has. The zero nodeRoom is
// ready to use.
type nodeRoom struct {
	free []Node
	last int // how many nodes there was room for the last time
	// names is where the names of a part are put before they are counted.
	names []byte
}

// take returns an empty slice with room for n nodes.
func (r *nodeRoom) take(n int) []Node {
	if len(r.free) < n {
		r.last = max(n, min(2*r.last, maxRoom))
		r.free = pages.Make[Node](r.last)
	}
	return r.free[:0:n]
}

// keep gives back what is left of the room that was taken last for nodes.
func (r *nodeRoom) keep(nodes []Node) []Node {
	n := len(nodes)
	if n > 0 && &nodes[0] == &r.free[0] { // they did not outgrow it
		r.free = r.free[n:]
	}
	return nodes[:n:n]
}
