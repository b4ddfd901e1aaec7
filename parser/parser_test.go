package parser

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// show prints all that a tree holds, and the diagnostics.
func show(t *Tree, sink *diag.Sink) string {
	var b strings.Builder
	b.WriteString(showNodes(t, t.Prelude()))
	for i := range t.Sections {
		s := &t.Sections[i]
		fmt.Fprintf(&b, "section %v %v %v up to %d\n", s.Header, s.Name, s.Junk, t.End(i))
		b.WriteString(showNodes(t, t.Nodes(s)))
	}
	for _, d := range sink.All() {
		fmt.Fprintf(&b, "%s %d-%d %s\n", d.Code, d.Span.Start, d.Span.End, d.Message)
	}
	return b.String()
}

func showNodes(t *Tree, nodes []Node) string {
	var b strings.Builder
	for i := range nodes {
		n := &nodes[i]
		fmt.Fprintf(&b, "%s %v up to %d\n", [...]string{"blank", "comment", "option", "bad"}[n.Kind], n.Text, t.NodeEnd(n))
		if n.Kind == OptionNode {
			value := t.Value(n)
			fmt.Fprintf(&b, "\t%q from %d-%d in %v\n", value.String(), value.Span().Start, value.Span().End, t.ValueLines(n))
		}
	}
	return b.String()
}

// checkText checks that a text is printed back, and that the parts in which it
// is read make no difference.
func checkText(t *testing.T, text string) {
	t.Helper()
	f := source.NewFile("x.conf", text)
	var sink diag.Sink
	whole := Parse(f, &sink)
	var printed bytes.Buffer
	if err := Fprint(&printed, whole); err != nil || printed.String() != text {
		t.Fatalf("%q is printed back as %q (%v)", text, printed.String(), err)
	}
	checkTree(t, whole)
	want := show(whole, &sink)
	for _, size := range []int{1, 40} {
		var sink diag.Sink
		if got := show(parse(f, &sink, size), &sink); got != want {
			t.Fatalf("%q in parts of %d bytes differs (-whole +parts):\n%s", text, size, cmp.Diff(want, got))
		}
	}
}

func TestConformanceInputs(t *testing.T) {
	for _, text := range seeds.Inputs(t, "..") {
		checkText(t, text)
		checkText(t, strings.ReplaceAll(text, "\n", "\r\n"))
	}
}

func TestRandomTexts(t *testing.T) {
	pieces := []string{
		"[", "]", "[a]", "\n[b]", "\n[c]\n", "\n[d]\n", "=", ":", ";", "#", " ;", "\t", " ", "  ", "\n", "\n", "\n ", "\r", "\r\n",
		"key", "\nkey=value", "\nkey=value\n more", "\n ; comment", "\nbad", "\u00a0", "\uFEFF", "\xff",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range random.IntN(40) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkText(t, b.String())
	}
}

// programs is a configuration of n programs.
func programs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "; number %d\n[program:p%d]\ncommand=/bin/p %d ; comment\nuser=u\nenvironment=A=1,\n  B=2\n\n", i, i, i)
	}
	return b.String()
}

func TestLargeFileIsReadInParts(t *testing.T) {
	f := source.NewFile("x.conf", programs(2*partSize/80))
	tree := Parse(f, &diag.Sink{})
	if len(tree.parts) < 2 {
		t.Errorf("%d bytes are read in %d part", len(f.Content), len(tree.parts))
	}
	var sink diag.Sink
	if show(tree, &sink) != show(parse(f, &diag.Sink{}, len(f.Content)), &sink) {
		t.Error("the parts make a difference")
	}
}

func TestParseAllocates(t *testing.T) {
	f := source.NewFile("x.conf", programs(1000))
	if allocs := testing.AllocsPerRun(5, func() { Parse(f, &diag.Sink{}) }); allocs > 30 {
		t.Errorf("%v allocations for 1000 programs", allocs)
	}
	tree := Parse(f, &diag.Sink{})
	nodes := tree.Nodes(&tree.Sections[0])
	var size int32
	allocs := testing.AllocsPerRun(5, func() {
		for i := range nodes {
			if nodes[i].Kind == OptionNode {
				size += tree.ValueLines(&nodes[i])[0].Text.End
			}
		}
	})
	if allocs > 0 || size == 0 {
		t.Errorf("%v allocations to look at the value lines of a section", allocs)
	}
}

// TestNodesAreSmall: a large configuration is millions of them.
func TestNodesAreSmall(t *testing.T) {
	if size := unsafe.Sizeof(Node{}); size > 24 {
		t.Errorf("a node takes %d bytes", size)
	}
}

func TestValues(t *testing.T) {
	for _, tt := range []struct{ text, value, lines string }{
		{"k = v", "v", "v"},
		{"k=", "", ""},
		{"k= ;c", "", " ;c"},
		{"k=v ; c ", "v", "v ; c "},
		{"k=v\u00a0\t#c\r\n", "v", "v #c"},
		{"k=a\n b ;c\n", "a\nb", "a|b ;c"},
		{"k=\n b", "\nb", "|b"},
		{"k=a\n\n;c\nbad\n b\n\n", "a\n\nb", "a||~ ;c|~|b"},
	} {
		f := source.NewFile("x.conf", "[s]\n"+tt.text)
		tree := Parse(f, &diag.Sink{})
		n := &tree.Nodes(&tree.Sections[0])[0]
		var lines []string
		for _, line := range tree.ValueLines(n) {
			shown := tree.Span(line.Text).Text()
			if line.Kind == SkippedLine {
				shown += "~"
			}
			if !line.Comment.Empty() {
				shown += " " + tree.Span(line.Comment).Text()
			}
			lines = append(lines, shown)
		}
		if got := tree.Value(n).String(); got != tt.value {
			t.Errorf("%q has the value %q, want %q", tt.text, got, tt.value)
		}
		if got := strings.Join(lines, "|"); got != tt.lines {
			t.Errorf("%q has the lines %q, want %q", tt.text, got, tt.lines)
		}
	}
}

// TestCountOptions: what is no option makes no room where there is much of it.
func TestCountOptions(t *testing.T) {
	text := "[program:x]\n" + strings.Repeat("a=1\n;\nbad\n", 30)
	tree := Parse(source.NewFile("x.conf", text), &diag.Sink{})
	if got := tree.CountOptions(&tree.Sections[0]); got != 30 {
		t.Errorf("counted %d options among 90 entries, want 30", got)
	}
}
