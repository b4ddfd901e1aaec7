package parser

import (
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

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

// ValueLines returns the lines of an option, the line of the key first. It is
// small enough to be inlined, so that the one line of most options is put on
// the caller's stack.
func (t *Tree) ValueLines(n *Node) []ValueLine {
	var one [1]ValueLine
	return t.valueLines(n, &one)
}

// valueLines returns the lines of an option; a single one is put into one.
func (t *Tree) valueLines(n *Node, one *[1]ValueLine) []ValueLine {
	if n.several {
		return t.partOf(n.Text.Start).lines[n.value.Start:n.value.End]
	}
	one[0] = n.line(t.File.Content)
	return one[:]
}

// line returns the line of an option on one line. White space is all that may
// stand between the value and its comment, or the end of the line.
func (n *Node) line(content string) ValueLine {
	end, _ := lexer.LineEnd(content, int(n.value.End))
	comment := lexer.TrimLeft(content[n.value.End:end])
	if comment == "" {
		return ValueLine{Text: n.value}
	}
	return ValueLine{Text: n.value, Comment: Range{int32(end - len(comment)), int32(end)}}
}

// Value returns the value of an option as supervisord's reader holds it: its
// lines, trimmed and without comments, joined by line feeds, without trailing
// white space. Nothing is expanded.
func (t *Tree) Value(n *Node) source.Text {
	if !n.several {
		return source.FromSpan(t.Span(n.value))
	}
	lines := t.ValueLines(n)
	var b source.Builder
	b.Grow(joinedSize(lines), 2*len(lines))
	b.Copy(t.Span(lines[0].Text))
	breakAt := lines[0].Text.End
	for _, line := range lines[1:] { // of which the last is text
		if line.Kind != SkippedLine {
			b.Synth("\n", t.File.Span(breakAt, line.Text.Start))
			b.Copy(t.Span(line.Text))
			breakAt = line.Text.End
		}
	}
	return b.Text()
}

// joinedSize returns the most that lines make together, in bytes.
func joinedSize(lines []ValueLine) int {
	size := 0
	for _, line := range lines {
		size += int(line.Text.End-line.Text.Start) + len("\n")
	}
	return size
}
