package source

import (
	"strings"
	"testing"
	"unicode"
)

func TestPosition(t *testing.T) {
	f := NewFile("x.conf", "a\r\nbé\xffc\rlast\n")
	for _, tt := range []struct {
		offset       int32
		line, column int
	}{
		{0, 1, 1},
		{1, 1, 2},  // the CR of a CRLF is on the line that it ends
		{3, 2, 1},  // "b"
		{6, 2, 3},  // the invalid byte, behind a letter of two bytes
		{7, 2, 4},  // an invalid byte is one column
		{9, 3, 1},  // a lone CR ends a line
		{14, 4, 1}, // behind the last line end
		{99, 4, 1}, // clamped
		{-1, 1, 1},
	} {
		if p := f.Position(tt.offset); p.Line != tt.line || p.Column != tt.column {
			t.Errorf("offset %d is at %d:%d, want %d:%d", tt.offset, p.Line, p.Column, tt.line, tt.column)
		}
	}
	if text, start := f.Line(2); text != "bé\xffc" || start != 3 {
		t.Errorf("line 2 is %q at %d", text, start)
	}
	if text, _ := f.Line(9); text != "" {
		t.Errorf("a line that does not exist is %q", text)
	}
}

// spanText shows which source bytes a part of a text came from.
func spanText(t Text, i, j int) string { return t.SpanOf(i, j).Text() }

func TestTextKeepsItsSource(t *testing.T) {
	f := NewFile("x.conf", "one %(x)s three ; cut\n  four")
	var b Builder
	b.Copy(f.Span(0, 4))
	b.Synth("FILLED", f.Span(4, 9))
	b.Copy(f.Span(9, 15))
	b.Synth("\n", f.Span(15, 24))
	b.Copy(f.Span(24, 28))
	text := b.Text()
	if want := "one FILLED three\nfour"; text.String() != want {
		t.Fatalf("text is %q, want %q", text.String(), want)
	}
	at := func(part string) (int, int) {
		i := strings.Index(text.String(), part)
		return i, i + len(part)
	}
	for part, want := range map[string]string{
		"one":     "one",
		"ILL":     "%(x)s", // a part of a filled-in text maps to all of its cause
		"three":   "three",
		"e\nf":    "e ; cut\n  f",
		"four":    "four",
		"FILLED ": "%(x)s ",
	} {
		i, j := at(part)
		if got := spanText(text, i, j); got != want {
			t.Errorf("%q came from %q, want %q", part, got, want)
		}
		if got := text.Slice(i, j); got.String() != part || got.Span().Text() != want {
			t.Errorf("slice %q is %q from %q", part, got.String(), got.Span().Text())
		}
	}
	i, j := at("LED three\nfo")
	slice := text.Slice(i, j)
	if got := spanText(slice, 4, 9); got != "three" {
		t.Errorf("a part of a slice came from %q, want %q", got, "three")
	}
	if got := spanText(slice, 10, 12); got != "fo" {
		t.Errorf("the end of a slice came from %q, want %q", got, "fo")
	}
	if end := text.SpanOf(text.Len(), text.Len()); end.Start != 28 || end.Len() != 0 {
		t.Errorf("the end of the text is at %d", end.Start)
	}
}

func TestBuilderJoinsWhatTouches(t *testing.T) {
	f := NewFile("x.conf", "abcdef")
	whole := FromSpan(f.Span(0, 6))
	var b Builder
	b.Append(whole.Slice(0, 2))
	b.Append(whole.Slice(2, 6))
	if text := b.Text(); text.decoded != nil || text.Span() != whole.Span() {
		t.Errorf("pieces that touch are %v over %v", text.decoded, text.Span())
	}
	var c Builder
	c.Append(whole.Slice(0, 2))
	c.Append(whole.Slice(3, 6))
	text := c.Text()
	if got := spanText(text, 2, 5); got != "def" {
		t.Errorf("pieces with a gap: the second came from %q", got)
	}
}

func TestTrimFunc(t *testing.T) {
	f := NewFile("x.conf", "  a b  ")
	trimmed := FromSpan(f.Span(0, 7)).TrimFunc(unicode.IsSpace)
	if trimmed.String() != "a b" || trimmed.Span().Start != 2 || trimmed.Span().End != 5 {
		t.Errorf("trimmed to %q at %v", trimmed.String(), trimmed.Span())
	}
	if blank := FromSpan(f.Span(0, 2)).TrimFunc(unicode.IsSpace); blank.Len() != 0 {
		t.Errorf("blanks are trimmed to %q", blank.String())
	}
}

func TestSpanOrder(t *testing.T) {
	a, b := NewFile("a", "xx"), NewFile("b", "xx")
	b.Index = 1
	order := []Span{{}, a.Span(0, 1), a.Span(0, 2), a.Span(1, 1), b.Span(0, 1)}
	for i := range order {
		for j := range order {
			if got := order[i].Compare(order[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("span %d compares to span %d as %d", i, j, got)
			}
		}
	}
	if s := (Span{}); s.IsValid() || s.FileLine() != "" || s.String() != "-" || s.Text() != "" {
		t.Error("the zero span is somewhere")
	}
	if got := a.Span(0, 1).Union(a.Span(1, 2)); got != a.Span(0, 2) {
		t.Errorf("union is %v", got)
	}
}
