package source

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// lineStarts is what a line index finds, found the slow way.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i+1:], "\n") {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// longTexts are longer than a block of the index, with what is hard about its
// borders: characters and line ends of several bytes, and lines of many blocks.
func longTexts() []string {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{
		"key=value\n", "\n", "\r\n", "\r", "a", "é", "\u2028", "\U0001D11E", "\xff", "\x80", "\xf0\x9d",
		strings.Repeat("x", 700), strings.Repeat("é", 3000), strings.Repeat("\U0001D11E", 1500),
		strings.Repeat("\x80", 5000), strings.Repeat("\r", 300), strings.Repeat("a\r\n", 1000),
	}
	texts := []string{"", "a", "\n", "\r", "\r\n", strings.Repeat("a", blockSize-1) + "\x80\x80"}
	for range 25 {
		var b strings.Builder
		kinds := 1 + random.IntN(len(pieces)) // some texts have no CR, some no long lines
		for range random.IntN(120) {
			b.WriteString(pieces[random.IntN(kinds)])
		}
		texts = append(texts, b.String())
	}
	return texts
}

func TestPositionsOfLongTexts(t *testing.T) {
	for _, text := range longTexts() {
		f := NewFile("x.conf", text)
		starts := lineStarts(text)
		line := 0
		for at := range len(text) + 1 {
			for line+1 < len(starts) && starts[line+1] <= at {
				line++
			}
			nearBorder := at%blockSize < 8 || at%blockSize > blockSize-8
			if !nearBorder && at%97 != 0 {
				continue
			}
			want := Position{Offset: at, Line: line + 1, Column: utf8.RuneCountInString(text[starts[line]:at]) + 1}
			if got := f.Position(int32(at)); got != want {
				t.Fatalf("position of %d of %d bytes is %+v, want %+v", at, len(text), got, want)
			}
			if got := f.LineNumber(int32(at)); got != want.Line {
				t.Fatalf("line of %d of %d bytes is %d, want %d", at, len(text), got, want.Line)
			}
		}
	}
}

func TestLinesOfLongTexts(t *testing.T) {
	for _, text := range longTexts() {
		f := NewFile("x.conf", text)
		starts := append(lineStarts(text), len(text))
		for n := range len(starts) - 1 {
			want := strings.TrimRight(text[starts[n]:starts[n+1]], "\r\n")
			if got, start := f.Line(n + 1); got != want || int(start) != starts[n] {
				t.Fatalf("line %d of %d is %q at %d, want %q at %d", n+1, len(starts)-1, got, start, want, starts[n])
			}
		}
		for _, n := range []int{-1, 0, len(starts), len(starts) + 1, len(text) + 9} {
			if got, start := f.Line(n); got != "" || start != f.Size() {
				t.Fatalf("line %d of %d is %q at %d", n, len(starts)-1, got, start)
			}
		}
	}
}

// TestLinesAskedInAnyOrder: how far the index has been read changes no answer.
func TestLinesAskedInAnyOrder(t *testing.T) {
	for _, text := range longTexts() {
		starts := lineStarts(text)
		for _, n := range []int{len(starts), (len(starts) + 1) / 2, 1} {
			f := NewFile("x.conf", text)
			if _, start := f.Line(n); int(start) != starts[n-1] {
				t.Fatalf("line %d of %d, asked first, starts at %d, want %d", n, len(starts), start, starts[n-1])
			}
			if got := f.LineNumber(f.Size()); got != len(starts) {
				t.Fatalf("the end, asked after line %d, is on line %d of %d", n, got, len(starts))
			}
			if _, start := f.Line(1); start != 0 {
				t.Fatalf("line 1, asked last, starts at %d", start)
			}
		}
	}
}
