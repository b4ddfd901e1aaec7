package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestColumnsOfLongLines: columns are the same as if each was counted from the
// start of its line, whatever stands where the marks are.
func TestColumnsOfLongLines(t *testing.T) {
	for _, text := range []string{
		"a", "é", "€", "𝄞", "a𝄞", "ab\xff", "\x80", "\xf0\x9d\x84", "€\x80\x80\x80\x80\x80", "\xe2\x82",
	} {
		line := strings.Repeat(text, 3*longLine/len(text))
		f := NewFile("x.conf", "short é line\n"+line+"\r\n"+line[1:])
		for _, start := range []int{len("short é line\n"), len("short é line\n") + len(line) + len("\r\n")} {
			end := min(start+len(line), len(f.Content))
			for at := start; at < end; at += 997 {
				want := utf8.RuneCountInString(f.Content[start:at]) + 1
				if got := f.Position(int32(at)).Column; got != want {
					t.Fatalf("line of %q: offset %d behind its start is column %d, want %d", text, at-start, got, want)
				}
			}
		}
	}
}
