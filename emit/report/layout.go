package report

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/internal/byteset"
	"github.com/runwisp/runwisp/ir/source"
)

// tabWidth is how many columns there are between tab stops.
const tabWidth = 4

// A cell is one character of a source line as a terminal shows it.
type cell struct {
	text  string
	width int // columns
	at    int32
}

// A layout is a source line as a terminal shows it. It ends with an empty cell
// for the place behind the line.
type layout []cell

// ellipsis stands for what is cut off a line.
var ellipsis = cell{text: "…", width: 1}

// clip cuts a line that starts at an offset to what can be shown around a span
// in so many columns, and more, so that a snippet of a long line costs no more
// than one of a short line.
func clip(text string, start int32, span source.Span, room int) (string, int32) {
	reach := utf8.UTFMax * room
	mark := int(span.Start - start)
	if mark < 0 || mark > len(text) {
		mark = 0
	}
	lo, hi := max(mark-reach, 0), min(mark+2*reach, len(text))
	for lo < mark && !utf8.RuneStart(text[lo]) {
		lo++
	}
	for hi < len(text) && !utf8.RuneStart(text[hi]) {
		hi++
	}
	return text[lo:hi], start + int32(lo)
}

// layout lays out the text of a line that starts at an offset. Tabs reach to
// the next stop, secrets are masked, and what a terminal might obey is
// replaced. The layout is good until the next one, which takes its room.
func (p *printer) layout(file *source.File, text string, start int32) layout {
	line := p.line[:0]
	masked := p.masker.In(file.Span(start, start+int32(len(text))))
	column := 0
	for i, r := range text {
		c := newCell(r, text[i:])
		c.at = start + int32(i)
		switch {
		case r == '\t':
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case covers(masked, i) && !unicode.IsSpace(r):
			c.text = strings.Repeat("*", c.width)
		}
		column += c.width
		line = append(line, c)
	}
	p.line = append(line, cell{at: start + int32(len(text))})
	return p.line
}

// newCell returns the cell of the character that a text starts with.
func newCell(r rune, text string) cell {
	if ' ' <= r && r <= '~' {
		return cell{text: text[:1], width: 1} // as nearly all are
	}
	shown := printable(string(r))
	return cell{text: shown, width: columns(shown)}
}

// covers reports whether one of the intervals covers an offset.
func covers(list []secret.Interval, at int) bool {
	return slices.ContainsFunc(list, func(v secret.Interval) bool { return v.Start <= at && at < v.End })
}

// width returns the number of columns of a layout.
func (l layout) width() int {
	n := 0
	for _, c := range l {
		n += c.width
	}
	return n
}

func (l layout) text() string {
	var b strings.Builder
	for _, c := range l {
		b.WriteString(c.text)
	}
	return b.String()
}

// marked returns the cells [from, to) that a span covers, without the blanks
// that a further line of it starts with; -1 where it covers none. An empty
// span covers the place at which it stands.
func (l layout) marked(span source.Span) (from, to int) {
	from, to = l.index(span.Start), l.index(max(span.End, span.Start+1))
	for from < to && l.isIndent(from, span) {
		from++
	}
	if from >= to {
		return -1, -1
	}
	if to == len(l) && from < to-1 {
		to-- // the place behind the line needs no mark of its own
	}
	return from, to
}

// index returns the index of the first cell at or behind an offset.
func (l layout) index(at int32) int {
	return sort.Search(len(l), func(i int) bool { return l[i].at >= at })
}

// isIndent reports whether a cell is a blank at the start of a line that the
// span reaches into from the line above.
func (l layout) isIndent(i int, span source.Span) bool {
	return l[0].at > span.Start && strings.TrimSpace(l[:i+1].text()) == ""
}

// window cuts a line that is too wide for a room around its marked cells, and
// returns where those are then. What is left out gives its place to ellipses.
func (l layout) window(from, to, room int) (layout, int, int) {
	if l.width() <= room {
		return l, from, to
	}
	room -= 2 * ellipsis.width
	lo := max(from, 0)
	hi := l[:max(to, lo)].growRight(lo, lo, room)
	end := hi
	lo = l.growLeft(lo, hi, (room+l[lo:hi].width())/2)
	hi = l.growRight(lo, hi, room)
	lo = l.growLeft(lo, hi, room)
	if lo > 0 {
		lo--
		l[lo] = ellipsis
	}
	if hi < len(l) {
		l[hi] = ellipsis
		hi++
	}
	if from < 0 {
		return l[lo:hi], from, to
	}
	return l[lo:hi], from - lo, end - lo
}

// growLeft moves the start of [lo, hi) left while it fits into a room.
func (l layout) growLeft(lo, hi, room int) int {
	for width := l[lo:hi].width(); lo > 0 && width+l[lo-1].width <= room; lo-- {
		width += l[lo-1].width
	}
	return lo
}

// growRight moves the end of [lo, hi) right while it fits into a room.
func (l layout) growRight(lo, hi, room int) int {
	for width := l[lo:hi].width(); hi < len(l) && width+l[hi].width <= room; hi++ {
		width += l[hi].width
	}
	return hi
}

// printable replaces the characters that are not to be printed.
func printable(s string) string {
	if byteset.Printable.HasAll(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if emit.Hidden(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}
