package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// blockSize is about how many bytes lie between two marks of a line index.
const blockSize = 2 << 10

// A lineIndex finds lines and columns of a text. It knows them at a mark every
// few thousand bytes, and counts from there: that takes little memory, and no
// longer on a line of many megabytes than on a short one. Nothing is read that
// stands behind what was asked for.
type lineIndex struct {
	text  string
	marks []mark // as far as they were needed
}

// A mark is a place in a text that lies inside no character.
type mark struct {
	offset int32
	line   int32 // 0-based
	start  int32 // offset of the line's start
	column int32 // code points from there up to offset
}

func newLineIndex(text string) lineIndex {
	return lineIndex{text: text, marks: make([]mark, 1, 1+len(text)/blockSize)}
}

// grow adds the next mark. It reports false where there is none.
func (x *lineIndex) grow() bool {
	at := len(x.marks) * blockSize
	if at >= len(x.text) {
		return false
	}
	x.marks = append(x.marks, x.advance(x.marks[len(x.marks)-1], boundary(x.text, at)))
	return true
}

// boundary returns the first offset at or behind at that lies inside no
// character. No character has more than three bytes behind its first.
func boundary(text string, at int) int32 {
	end := min(at+utf8.UTFMax-1, len(text))
	for at < end && !utf8.RuneStart(text[at]) {
		at++
	}
	return int32(at)
}

// before returns the last mark that is not behind an offset.
func (x *lineIndex) before(offset int32) mark {
	k := int(offset) / blockSize
	for k >= len(x.marks) && x.grow() {
	}
	k = min(k, len(x.marks)-1)
	if x.marks[k].offset > offset {
		k-- // the mark was moved to a boundary
	}
	return x.marks[k]
}

// lineAt returns the 0-based line of an offset.
func (x *lineIndex) lineAt(offset int32) int32 {
	m := x.before(offset)
	return m.line + x.count(m.offset, offset)
}

// mark returns the mark that an offset would have.
func (x *lineIndex) mark(offset int32) mark { return x.advance(x.before(offset), offset) }

// advance moves a mark forward.
func (x *lineIndex) advance(m mark, offset int32) mark {
	if n := x.count(m.offset, offset); n > 0 {
		m.line += n
		m.start = x.lastStart(m.offset, offset)
		m.offset, m.column = m.start, 0
	}
	m.column += int32(utf8.RuneCountInString(x.text[m.offset:offset]))
	m.offset = offset
	return m
}

// count returns how many lines end in [from, to): at a LF, or at a CR with no
// LF behind it.
func (x *lineIndex) count(from, to int32) int32 {
	n := strings.Count(x.text[from:to], "\n")
	if returns := strings.Count(x.text[from:to], "\r"); returns > 0 {
		n += returns - strings.Count(x.text[from:min(int(to)+1, len(x.text))], "\r\n")
	}
	return int32(n)
}

// lastStart returns the start of the last line that starts in (from, to]. There
// must be one.
func (x *lineIndex) lastStart(from, to int32) int32 {
	for at := to; at > from; at-- {
		if x.endsAt(at - 1) {
			return at
		}
	}
	return from
}

// endsAt reports whether the byte at an offset is the last one of a line.
func (x *lineIndex) endsAt(at int32) bool {
	switch x.text[at] {
	case '\n':
		return true
	case '\r':
		return !strings.HasPrefix(x.text[at+1:], "\n")
	}
	return false
}

// line returns where the 0-based line n starts, and where the next one does.
func (x *lineIndex) line(n int32) (start, end int32) {
	for x.marks[len(x.marks)-1].line <= n && x.grow() {
	}
	k := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].line > n }) - 1
	limit := int32(len(x.text))
	if k+1 < len(x.marks) {
		limit = x.marks[k+1].offset
	}
	m := x.marks[k]
	start, end = m.start, x.nextStart(m.offset, limit)
	for ; m.line < n; m.line++ {
		start, end = end, x.nextStart(end, limit)
	}
	return start, end
}

// nextStart returns the start of the first line that starts in (from, limit],
// or limit.
func (x *lineIndex) nextStart(from, limit int32) int32 {
	text := x.text[from:limit]
	feed := strings.IndexByte(text, '\n')
	if feed >= 0 {
		limit = from + int32(feed) + 1
		text = text[:feed]
	}
	if i := strings.IndexByte(text, '\r'); i >= 0 && x.endsAt(from+int32(i)) {
		return from + int32(i) + 1
	}
	return limit
}
