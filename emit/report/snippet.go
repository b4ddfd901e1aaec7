package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"github.com/runwisp/runwisp/ir/source"
)

// tabWidth is how many columns a tab takes in a snippet.
const tabWidth = 4

// maxSnippet is how many columns of a source line are shown.
const maxSnippet = 72

// snippet writes the first source line of a span with carets under its bytes.
func snippet(b *strings.Builder, span source.Span) {
	number := span.StartPosition().Line
	line, start := span.File.Line(number)
	from := int(span.Start - start)
	to := min(int(span.End-start), len(line))
	if from > len(line) || span.Len() == 0 {
		return
	}
	before, marked, after := expand(line[:from]), expand(line[from:max(to, from)]), expand(line[max(to, from):])
	before, marked, after = window(before, marked, after)
	gutter := fmt.Sprint(number)
	pad := strings.Repeat(" ", len(gutter))
	fmt.Fprintf(b, " %s |\n", pad)
	fmt.Fprintf(b, " %s | %s%s%s\n", gutter, before, marked, after)
	fmt.Fprintf(b, " %s | %s%s\n", pad, strings.Repeat(" ", runewidth.StringWidth(before)),
		strings.Repeat("^", max(1, runewidth.StringWidth(marked))))
}

// window cuts a long line around its marked part.
func window(before, marked, after string) (string, string, string) {
	const dots = "…"
	marked = runewidth.Truncate(marked, maxSnippet, dots)
	room := maxSnippet - runewidth.StringWidth(marked)
	if w := runewidth.StringWidth(before); w > room {
		before = runewidth.TruncateLeft(before, w-max(room/2, 1), dots)
	}
	room -= runewidth.StringWidth(before)
	return before, marked, runewidth.Truncate(after, max(room, 0), dots)
}

// expand makes a part of a source line fit to print: tabs become blanks, and
// what a terminal might obey becomes an escape.
func expand(s string) string {
	return printable(strings.ReplaceAll(s, "\t", strings.Repeat(" ", tabWidth)))
}

// printable puts escapes in place of characters that are not to be printed.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
