// Package parser builds the concrete tree of a supervisord configuration:
// sections, options, comments, blank and bad lines, all of them, in order. The
// tree prints itself back byte for byte.
package parser

import "github.com/runwisp/runwisp/ir/source"

// A Range is the half-open byte range [Start, End) of the tree's file.
type Range struct {
	Start, End int32
}

// Empty reports whether r holds no byte.
func (r Range) Empty() bool { return r.Start >= r.End }

// A Tree is one parsed file. Its nodes and value lines lie in two flat slices,
// so that a large file costs a handful of allocations.
type Tree struct {
	File     *source.File
	Sections []Section
	nodes    []Node
	lines    []ValueLine
	prelude  int32 // nodes before the first header
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
	first, last int32 // indexes into Tree.nodes
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

// A Node is one entry of a section, or of what stands before the first one.
type Node struct {
	Kind NodeKind
	// Lines is every byte of the node, line ends included.
	Lines Range
	// Text is the key of an option, the comment with its sign, or the
	// content of a bad line.
	Text        Range
	first, last int32 // the value lines of an option, in Tree.lines
}

// A ValueKind says what a line of an option contributes to its value.
type ValueKind uint8

const (
	// TextLine adds its text. It may be empty only on the line of the key.
	TextLine ValueKind = iota
	// EmptyLine adds an empty line.
	EmptyLine
	// SkippedLine adds nothing: a comment, or a bad line between.
	SkippedLine
)

// A ValueLine is one line of an option.
type ValueLine struct {
	Kind    ValueKind
	Text    Range
	Comment Range
}

// Span turns a range of the tree into a span.
func (t *Tree) Span(r Range) source.Span { return t.File.Span(r.Start, r.End) }

// Prelude returns what stands before the first header.
func (t *Tree) Prelude() []Node { return t.nodes[:t.prelude] }

// Nodes returns the entries of a section.
func (t *Tree) Nodes(s *Section) []Node { return t.nodes[s.first:s.last] }

// ValueLines returns the lines of an option, the line of the key first.
func (t *Tree) ValueLines(n *Node) []ValueLine { return t.lines[n.first:n.last] }

// Value returns the value of an option as supervisord's reader holds it: its
// lines, trimmed and without comments, joined by line feeds, without trailing
// white space. Nothing is expanded.
func (t *Tree) Value(n *Node) source.Text {
	lines := t.ValueLines(n)
	text := source.FromSpan(t.Span(lines[0].Text))
	if len(lines) == 1 {
		return text
	}
	var b source.Builder
	b.Append(text)
	end := b.Len()
	breakAt := lines[0].Text.End
	for _, line := range lines[1:] {
		if line.Kind == SkippedLine {
			continue
		}
		b.Synth("\n", t.File.Span(breakAt, line.Text.Start))
		b.Copy(t.Span(line.Text))
		breakAt = line.Text.End
		if line.Kind == TextLine {
			end = b.Len()
		}
	}
	return b.Text().Slice(0, end)
}

// End returns the offset behind the last line of s.
func (t *Tree) End(s *Section) int32 {
	if s.first == s.last {
		return s.Header.End
	}
	return t.nodes[s.last-1].Lines.End
}
