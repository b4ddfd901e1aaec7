// Package toml reads TOML 1.0 into a tree that knows the source bytes of every
// key, header and value.
//
// It exists because no library gives what a validator needs: decoders lose the
// places of keys, take quadratic time in the number of tables, or stop at the
// first error, and the one syntax tree on offer says nothing about tables that
// are defined twice. The tree here is one slice of small nodes, built in one
// pass, and reading goes on behind an error.
package toml

import (
	"iter"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// A Kind is the type of a value.
type Kind uint8

// The kinds of values. A Bad value is one that could not be read.
const (
	Bad Kind = iota
	String
	Integer
	Float
	Boolean
	Datetime
	Array
	Table
)

var kindNames = [...]string{
	Bad:      "bad value",
	String:   "string",
	Integer:  "integer",
	Float:    "float",
	Boolean:  "boolean",
	Datetime: "date-time",
	Array:    "array",
	Table:    "table",
}

// String returns the kind as it is printed: "integer".
func (k Kind) String() string { return kindNames[k] }

// A Tree is one file. Its nodes are numbered; 0 is the root table, which has
// no parent, so that 0 also means "no node" as a child or sibling.
type Tree struct {
	file   *source.File
	nodes  []node
	index  map[int32]map[string]int32 // by table, then by name; see lookup
	errors []Error
	broken bool
}

// A node is kept small, because there is about one for each line of the file.
// All numbers are byte offsets or numbers of other nodes.
type node struct {
	keyStart, keyEnd int32
	start, end       int32
	parent           int32
	first, last      int32 // children
	next             int32 // sibling
	ord              int32 // rank among the siblings, from 0
	kind             Kind
	def              definition
	damaged          bool
}

// An Error is one place at which the file is not TOML.
type Error struct {
	Span    source.Span
	Message string
	// First is where a key or table was defined before; it is valid only
	// for a second definition.
	First source.Span
	// Node is what was defined twice; it is none for other errors.
	Node Node
	// Newer is set for what later versions of TOML allow, and for nesting
	// beyond the limit of this package.
	Newer bool
}

// Root returns the table that is the file.
func (t *Tree) Root() Node { return Node{t, 0} }

// File returns the file that t was read from.
func (t *Tree) File() *source.File { return t.file }

// Errors returns what is wrong with the file as TOML, in reading order.
func (t *Tree) Errors() []Error { return t.errors }

// Broken reports whether part of the file could not be read, so that a key or
// table that is missing may be there after all.
func (t *Tree) Broken() bool { return t.broken }

// A Node is one value of a tree with its key. The zero Node is none.
type Node struct {
	tree *Tree
	id   int32
}

func (n Node) data() *node { return &n.tree.nodes[n.id] }

// Exists reports whether n is a node at all.
func (n Node) Exists() bool { return n.tree != nil }

// Kind returns the kind of the value; that of none is Bad.
func (n Node) Kind() Kind {
	if !n.Exists() {
		return Bad
	}
	return n.data().kind
}

// Damaged reports whether n is a table of which some key could not be read.
func (n Node) Damaged() bool { return n.data().damaged }

// Tree returns the tree that n stands in.
func (n Node) Tree() *Tree { return n.tree }

// Parent returns the table or array that n stands in.
func (n Node) Parent() Node { return Node{n.tree, n.data().parent} }

// Span returns the bytes of the value; for a table with a header those of the
// header, brackets included; for one that is only mentioned on the way to a
// deeper table those of its name there.
func (n Node) Span() source.Span {
	d := n.data()
	return n.tree.file.Span(d.start, d.end)
}

// KeySpan returns the bytes of the key, quotes included. An element of an
// array in brackets has no key; its span is returned instead.
func (n Node) KeySpan() source.Span {
	d := n.data()
	if d.keyEnd == 0 {
		return n.Span()
	}
	return n.tree.file.Span(d.keyStart, d.keyEnd)
}

// Place returns where a key that is missing in the table n should be reported:
// its header, or its name where it has none.
func (n Node) Place() source.Span {
	if n.data().def == byHeader {
		return n.Span()
	}
	return n.KeySpan()
}

// Name returns the key of n, decoded.
func (n Node) Name() string { return n.tree.name(n.id) }

func (t *Tree) name(id int32) string {
	d := &t.nodes[id]
	return decodeKey(t.file.Content[d.keyStart:d.keyEnd])
}

// Len returns the number of children of a table or array.
func (n Node) Len() int { return n.tree.count(n.id) }

func (t *Tree) count(id int32) int {
	last := t.nodes[id].last
	if last == 0 {
		return 0
	}
	return int(t.nodes[last].ord) + 1
}

// Children returns the values of a table or array in the order of their first
// mention. A key that is defined twice comes twice.
func (n Node) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for id := n.data().first; id != 0; id = n.tree.nodes[id].next {
			if !yield(Node{n.tree, id}) {
				return
			}
		}
	}
}

// Descendants returns all nodes below n, parents first. It does not recurse:
// headers can nest as deep as the file is long.
func (n Node) Descendants() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		nodes := n.tree.nodes
		for id := nodes[n.id].first; id != 0; {
			if !yield(Node{n.tree, id}) {
				return
			}
			if first := nodes[id].first; first != 0 {
				id = first
				continue
			}
			for id != n.id && nodes[id].next == 0 {
				id = nodes[id].parent
			}
			if id == n.id {
				return
			}
			id = nodes[id].next
		}
	}
}

// Child returns the value of a key of the table n, or none; what is no table,
// or is none itself, has no children. Of a key that is defined twice it is the
// first.
func (n Node) Child(name string) Node {
	if n.Kind() != Table {
		return Node{}
	}
	if id := n.tree.lookup(n.id, name); id != 0 {
		return Node{n.tree, id}
	}
	return Node{}
}

// Text returns the decoded string of a String.
func (n Node) Text() source.Text { return decodeString(n.Span()) }

// Int returns the value of an Integer.
func (n Node) Int() int64 {
	value, _ := parseInt(n.Span().Text()) // checked when it was read
	return value
}

// maxPath is about how many bytes of a path are written, maxStep how many of one
// name in it. Of a file that is one long name, or nests as deep as it is long,
// each finding would otherwise be as large as the file.
const (
	maxPath = 1000
	maxStep = 200
)

// Path returns the dotted path of n: `services."api.v2".env.PORT`, or
// "notifier[1].id" with the rank, from 0, of an element. That of the root is "".
// Of a very long path it is the end, behind an ellipsis.
func (n Node) Path() string {
	var parts []string
	size := 0
	for id := n.id; id != 0; id = n.tree.nodes[id].parent {
		if size > maxPath {
			parts = append(parts, "…")
			break
		}
		part := n.tree.step(id)
		parts = append(parts, part)
		size += len(part)
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return strings.TrimPrefix(b.String(), ".")
}
