package source

import (
	"testing"
	"unicode"
	"unsafe"
)

// TestEmptyTextOfSomeBytes: what stands in place of some bytes may be nothing.
func TestEmptyTextOfSomeBytes(t *testing.T) {
	f := NewFile("x.conf", "a%(x)sb")
	var b Builder
	b.Synth("", f.Span(1, 6))
	empty := b.Text()
	if empty.String() != "" || empty.Len() != 0 || empty.Span() != f.Span(1, 6) {
		t.Errorf("text is %q from %v", empty.String(), empty.Span())
	}
	var c Builder
	c.Copy(f.Span(0, 1))
	c.Append(empty)
	if text := c.Text(); text.String() != "a" || text.Span() != f.Span(0, 6) || text.SpanOf(0, 1) != f.Span(0, 1) {
		t.Errorf("text is %q from %v", text.String(), text.Span())
	}
}

func TestSlicesOfOneRun(t *testing.T) {
	f := NewFile("x.conf", "one %(x)s three")
	var b Builder
	b.Copy(f.Span(0, 4))
	b.Synth("FILLED", f.Span(4, 9))
	b.Copy(f.Span(9, 15))
	text := b.Text()
	if got, want := text.Slice(1, 3), FromSpan(f.Span(1, 3)); got != want {
		t.Errorf("a slice of copied bytes is %q, and not the bytes", got.String())
	}
	if got := text.Slice(5, 7); got.String() != "IL" || got.SpanOf(0, 1) != f.Span(4, 9) || got.SpanOf(2, 2) != f.Span(9, 9) {
		t.Errorf("a slice of a filled-in part is %q from %v", got.String(), got.SpanOf(0, 1))
	}
}

// TestTextsAreCheap: a large configuration is millions of them.
func TestTextsAreCheap(t *testing.T) {
	if size := unsafe.Sizeof(Text{}); size > 24 {
		t.Errorf("a text takes %d bytes", size)
	}
	f := NewFile("x.conf", "  one, two  ")
	var b Builder
	b.Synth("filled in", f.Span(2, 5))
	filled := b.Text()
	for want, run := range map[float64]func(){
		0: func() {
			text := FromSpan(f.Span(0, 12)).TrimFunc(unicode.IsSpace)
			b = Builder{}
			b.Append(text.Slice(0, 3))
			b.Append(text.Slice(3, 8))
			if b.Text() != text {
				t.Error("pieces that touch are not the whole")
			}
		},
		3: func() { // the string, its runs, and what holds them
			b = Builder{}
			b.Grow(10, 3)
			b.Copy(f.Span(2, 5))
			b.Synth("\n", f.Span(5, 7))
			b.Copy(f.Span(7, 10))
			if b.Text().Len() != 7 {
				t.Error("the text has another length")
			}
		},
		1: func() { // the one run, and what holds it
			if filled.Slice(0, 1).Len() != 1 {
				t.Error("the text has another length")
			}
		},
	} {
		if got := testing.AllocsPerRun(10, run); got != want {
			t.Errorf("%v allocations, want %v", got, want)
		}
	}
}
