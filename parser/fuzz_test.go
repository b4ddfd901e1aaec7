package parser

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// FuzzParsePrint: the tree prints the file back, its nodes stand in order, and
// every part lies where it says.
func FuzzParsePrint(f *testing.F) {
	for _, text := range seeds.Inputs(f, "..") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree := Parse(source.NewFile("x.conf", text), &diag.Sink{})
		var b bytes.Buffer
		if err := Fprint(&b, tree); err != nil {
			t.Fatal(err)
		}
		if b.String() != text {
			t.Errorf("%q prints back as %q", text, b.String())
		}
		checkTree(t, tree)
	})
}

// checkTree walks a tree and holds each part of it to its place.
func checkTree(t *testing.T, tree *Tree) {
	t.Helper()
	end := checkNodes(t, tree, tree.Prelude(), 0)
	for i := range tree.Sections {
		s := &tree.Sections[i]
		if s.Header.Start != end {
			t.Errorf("a header starts at %d, what is before it ends at %d", s.Header.Start, end)
		}
		for _, part := range []Range{s.Name, s.Junk} {
			checkInside(t, s.Header, part)
		}
		end = checkNodes(t, tree, tree.Nodes(s), s.Header.End)
		if tree.End(i) != end {
			t.Errorf("the section says that it ends at %d, it ends at %d", tree.End(i), end)
		}
		if name := tree.Span(s.Name).Text(); tree.Name(s) != name {
			t.Errorf("the section says that it is called %q, it is called %q", tree.Name(s), name)
		}
	}
	if end != tree.File.Size() {
		t.Errorf("the tree ends at %d of %d", end, tree.File.Size())
	}
}

// checkNodes checks that nodes follow each other from start on, each of whole
// lines, and returns where they end.
func checkNodes(t *testing.T, tree *Tree, nodes []Node, start int32) int32 {
	t.Helper()
	for i := range nodes {
		n := &nodes[i]
		lines := Range{Start: start, End: tree.NodeEnd(n)}
		if lines.Empty() {
			t.Errorf("a node ends at %d, the one before at %d", lines.End, start)
		}
		checkInside(t, lines, n.Text)
		checkWholeLines(t, tree.File.Content, lines, n.Text)
		if n.Kind == OptionNode {
			checkOption(t, tree, n, lines)
		}
		start = lines.End
	}
	return start
}

// checkWholeLines checks that a node ends where a line does, and that the first
// of its lines holds the start of its text.
func checkWholeLines(t *testing.T, content string, lines, text Range) {
	t.Helper()
	if last := content[lines.End-1]; last != '\n' && last != '\r' && int(lines.End) < len(content) {
		t.Errorf("%q: a node ends inside a line at %d", content, lines.End)
	}
	if strings.ContainsAny(content[lines.Start:text.Start], "\r\n") {
		t.Errorf("%q: a node at %d starts with another line", content, lines.Start)
	}
}

func checkInside(t *testing.T, outer, inner Range) {
	t.Helper()
	if inner != (Range{}) && (inner.Start < outer.Start || inner.End > outer.End || inner.End < inner.Start) {
		t.Errorf("[%d, %d) is not inside [%d, %d)", inner.Start, inner.End, outer.Start, outer.End)
	}
}

// checkOption: a value is its lines, joined and trimmed, and each byte of it
// knows where it stands in the file.
func checkOption(t *testing.T, tree *Tree, n *Node, lines Range) {
	t.Helper()
	if key := tree.Span(n.Text).Text(); key == "" || lexer.Trim(key) != key {
		t.Errorf("the key %q is not trimmed", key)
	}
	var want []string
	for _, line := range tree.ValueLines(n) {
		checkInside(t, lines, line.Text)
		checkInside(t, lines, line.Comment)
		text := tree.Span(line.Text).Text()
		if lexer.Trim(text) != text || strings.ContainsAny(text, "\r\n") || line.Kind != TextLine && text != "" {
			t.Errorf("%q is no line of a value", text)
		}
		if line.Kind != SkippedLine {
			want = append(want, text)
		}
	}
	value := tree.Value(n)
	if joined := strings.TrimRightFunc(strings.Join(want, "\n"), lexer.IsSpace); value.String() != joined {
		t.Errorf("the value is %q, its lines are %q", value, joined)
	}
	checkSource(t, lines, value)
}

// checkSource: the bytes of a value came from the option, one behind another.
func checkSource(t *testing.T, option Range, value source.Text) {
	t.Helper()
	end := option.Start
	for i := range value.Len() {
		span := value.SpanOf(i, i+1)
		if span.Start < end || span.End > option.End {
			t.Errorf("byte %d of %q came from [%d, %d), the one before from %d", i, value, span.Start, span.End, end)
		}
		end = span.End
		if char := value.String()[i : i+1]; char != "\n" && span.Text() != char {
			t.Errorf("byte %d of %q came from %q", i, value, span.Text())
		}
	}
}
