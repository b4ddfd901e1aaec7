package secret

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// Within returns the parts of intervals, which are in order, that lie inside v,
// relative to it.
func Within(list []Interval, v Interval) []Interval {
	first := sort.Search(len(list), func(i int) bool { return list[i].End > v.Start })
	var inside []Interval
	for _, w := range list[first:] {
		if !v.Overlaps(w) {
			break
		}
		inside = append(inside, Interval{max(w.Start, v.Start) - v.Start, min(w.End, v.End) - v.Start})
	}
	return inside
}

// minSecret is the length of the shortest value that is looked for elsewhere:
// shorter ones are found everywhere, and protect nothing.
const minSecret = 3

// Texts returns the masked values that a text about a span may quote: in
// whole those on the lines that it touches, and in parts those inside it.
func Texts(masked []Interval, span source.Span) []string {
	content := span.File.Content
	bytes := Interval{int(span.Start), int(span.End)}
	lines := Interval{lineStart(content, bytes.Start), lineEnd(content, bytes.End)}
	var texts []string
	for _, v := range Within(masked, lines) {
		for line := range strings.FieldsFuncSeq(content[lines.Start+v.Start:lines.Start+v.End], isLineEnd) {
			texts = append(texts, forms(line)...)
		}
	}
	for _, v := range Within(masked, bytes) {
		texts = append(texts, words(content[bytes.Start+v.Start:bytes.Start+v.End])...)
	}
	slices.Sort(texts)
	return slices.DeleteFunc(slices.Compact(texts), func(s string) bool { return len(s) < minSecret })
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

// forms returns a value as it may be quoted: without its own quotes, plain or
// with escapes.
func forms(value string) []string {
	bare := strings.Trim(value, "\"' \t")
	escaped := strconv.Quote(bare)
	return []string{bare, escaped[1 : len(escaped)-1]}
}

// words returns the parts of a value that may be quoted where it is malformed.
func words(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"',=", r) })
}

// Occurrences returns where any of the texts stands in s, in order and without
// overlap.
func Occurrences(s string, texts []string) []Interval {
	var list []Interval
	for _, text := range texts {
		for at := 0; ; at += len(text) {
			n := strings.Index(s[at:], text)
			if n < 0 {
				break
			}
			at += n
			list = append(list, Interval{at, at + len(text)})
		}
	}
	return Merge(list)
}

// Merge sorts intervals and joins those that touch.
func Merge(list []Interval) []Interval {
	slices.SortFunc(list, func(v, w Interval) int { return v.Start - w.Start })
	var merged []Interval
	for _, v := range list {
		if n := len(merged); n > 0 && v.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, v.End)
			continue
		}
		merged = append(merged, v)
	}
	return merged
}
