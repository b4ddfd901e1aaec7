// Package parser builds the concrete tree of a supervisord configuration:
// sections, options, comments, blank and bad lines, all of them, in order. The
// tree prints itself back byte for byte.
package parser

import (
	"sort"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// A Range is the half-open byte range [Start, End) of the tree's file.
type Range struct {
	Start, End int32
}

// Empty reports whether r holds no byte.
func (r Range) Empty() bool { return r.Start >= r.End }

// A Tree is one parsed file. What was read lies in a few flat slices without
// pointers, so that a large file costs few allocations and the garbage
// collector nothing.
type Tree struct {
	File     *source.File
	Sections []Section
	parts    []part // in the order of the file, one at least
	prelude  int32  // nodes before the first header, all of the first part
}

// A part holds what was read of one part of the file.
type part struct {
	start int32 // where the part starts, in bytes
	nodes []Node
	lines []ValueLine // of the options on several lines
	// names holds the names of the sections side by side. Comparing and
	// hashing all of them there takes no longer than visiting a few of them
	// in a file of many megabytes.
	names string
}

// A Section is a header and the nodes up to the next one. A name that occurs
// twice gives two sections here; folding them is not the parser's business.
type Section struct {
	// Header is the whole header line, with its line end.
	Header Range
	// Name is the text between the brackets, exactly as written.
	Name Range
	// Junk is what stands behind the closing bracket, comments excluded.
	Junk        Range
	part        int32 // index into Tree.parts
	first, last int32 // indexes into the part's nodes
	name        int32 // index into the part's names
}

// A NodeKind says what a node is.
type NodeKind uint8

const (
	// BlankNode is a line of white space that is part of no value.
	BlankNode NodeKind = iota
	// CommentNode is a line that holds nothing but a comment.
	CommentNode
	// OptionNode is a key with all lines of its value.
	OptionNode
	// BadNode is a line that supervisord refuses.
	BadNode
)

// A Node is one entry of a section, or of what stands before the first one. It
// is kept to 20 bytes, because a tree is nearly all nodes: where its lines start
// and end, and the comment behind its value, are found from the bytes around it.
type Node struct {
	Kind    NodeKind
	several bool // an option on several lines
	notable bool // an option on one line that is not plain
	// Text is the key of an option, the comment with its sign, or the
	// content of a bad line.
	Text Range
	// value is the value of an option on one line. For an option on several
	// it is the range of its lines in those of the part.
	value Range
}

// Several reports whether n is an option on several lines.
func (n *Node) Several() bool { return n.several }

// IsPlain reports whether n is an option on one line that holds no sign of a
// comment and does not start with a bracket, as most are: there is nothing to it
// but its key and its value.
func (n *Node) IsPlain() bool { return !n.several && !n.notable }

// Span turns a range of the tree into a span.
func (t *Tree) Span(r Range) source.Span { return t.File.Span(r.Start, r.End) }

// Prelude returns what stands before the first header.
func (t *Tree) Prelude() []Node { return t.parts[0].nodes[:t.prelude] }

// Nodes returns the entries of a section.
func (t *Tree) Nodes(s *Section) []Node { return t.parts[s.part].nodes[s.first:s.last] }

// CountOptions returns how many options a section has, or a few more.
func (t *Tree) CountOptions(s *Section) int {
	nodes := t.Nodes(s)
	if len(nodes) <= fewNodes {
		return len(nodes)
	}
	n := 0
	for i := range nodes {
		if nodes[i].Kind == OptionNode {
			n++
		}
	}
	return n
}

// fewNodes is how many entries of a section are not worth counting.
const fewNodes = 64

// Name returns the name of a section.
func (t *Tree) Name(s *Section) string {
	return t.parts[s.part].names[s.name:][:s.Name.End-s.Name.Start]
}

// NodeEnd returns the offset behind the last line of a node. It starts where the
// node or the header before it ends.
func (t *Tree) NodeEnd(n *Node) int32 {
	last := max(n.Text.End, n.value.End)
	if n.several {
		lines := t.ValueLines(n)
		last = lines[len(lines)-1].Text.End // of text, as the last one is
	}
	_, end := lexer.LineEnd(t.File.Content, int(last))
	return int32(end)
}

// End returns the offset behind the last line of section i: where the next one
// starts.
func (t *Tree) End(i int) int32 {
	if i+1 < len(t.Sections) {
		return t.Sections[i+1].Header.Start
	}
	return t.File.Size()
}

// partOf returns the part that holds an offset.
func (t *Tree) partOf(offset int32) *part {
	i := sort.Search(len(t.parts), func(i int) bool { return t.parts[i].start > offset })
	return &t.parts[i-1]
}
