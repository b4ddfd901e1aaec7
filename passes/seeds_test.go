package passes

import (
	"testing"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/parser"
)

// seedValues calls add with the key and the value of every option of the
// conformance cases.
func seedValues(tb testing.TB, add func(key, value string)) {
	tb.Helper()
	for _, text := range seeds.Inputs(tb, "..") {
		tree := parser.Parse(source.NewFile("x.conf", text), &diag.Sink{})
		for i := range tree.Sections {
			nodes := tree.Nodes(&tree.Sections[i])
			for k := range nodes {
				if n := &nodes[k]; n.Kind == parser.OptionNode {
					add(tree.Span(n.Text).Text(), tree.Value(n).String())
				}
			}
		}
	}
}

// wholeText returns a string as the text of a file of its own.
func wholeText(s string) source.Text {
	f := source.NewFile("x.conf", s)
	return source.FromSpan(f.Span(0, f.Size()))
}

// checkBytes: the bytes of a text came from its file, in order.
func checkBytes(t *testing.T, text source.Text) {
	t.Helper()
	start := int32(0)
	for i := range text.Len() {
		span := text.SpanOf(i, i+1)
		if span.File == nil || span.Start < start || span.End <= span.Start || span.End > span.File.Size() {
			t.Fatalf("byte %d of %q came from [%d, %d), the one before from %d on", i, text, span.Start, span.End, start)
		}
		start = span.Start
	}
}
