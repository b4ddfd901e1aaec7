// Package source holds the bytes that everything else points into: files,
// byte spans, positions, and Text, a decoded string that still knows which
// source bytes it came from.
package source

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// MaxSize is the largest file that can be read, in bytes: offsets are int32.
const MaxSize = 1<<31 - 2

// A File is one input, untouched: a byte order mark, invalid UTF-8 and every
// kind of line end are still there, so that offsets are true.
type File struct {
	// Name is how the file is called in diagnostics: as the user would
	// type it, or "<stdin>".
	Name string
	// Content is every byte of the file.
	Content string
	// Index is the rank of the file in reading order, from 0. Diagnostics
	// are sorted by it.
	Index int

	once  sync.Once
	lines []int32 // offsets at which lines start
	long  longLines
}

// NewFile returns a file with the given display name and content. The content
// must not be longer than MaxSize.
func NewFile(name, content string) *File {
	return &File{Name: name, Content: content}
}

// Span returns the half-open span [start, end) of f, in bytes.
func (f *File) Span(start, end int32) Span { return Span{File: f, Start: start, End: end} }

// Size returns the length of f in bytes.
func (f *File) Size() int32 { return int32(len(f.Content)) }

// A Position is a place in a file as people and editors name it.
type Position struct {
	// Offset is the number of bytes before the position.
	Offset int
	// Line is the 1-based line. LF, CRLF and a lone CR each end a line.
	Line int
	// Column is 1-based and counts code points; an invalid byte is one.
	Column int
	// ByteColumn is 1-based and counts bytes.
	ByteColumn int
}

// Position resolves a byte offset. Offsets outside the file are clamped.
func (f *File) Position(offset int32) Position {
	offset = min(max(offset, 0), f.Size())
	line := f.lineAt(offset)
	start := f.lineStarts()[line]
	return Position{
		Offset:     int(offset),
		Line:       line + 1,
		Column:     f.codePoints(start, offset) + 1,
		ByteColumn: int(offset-start) + 1,
	}
}

// codePoints counts the code points in front of an offset of the line that
// starts at start.
func (f *File) codePoints(start, offset int32) int {
	if offset-start < longLine {
		return utf8.RuneCountInString(f.Content[start:offset])
	}
	at := f.long.before(f, start, offset)
	return at.count + utf8.RuneCountInString(f.Content[at.offset:offset])
}

// LineNumber returns the 1-based line of a byte offset.
func (f *File) LineNumber(offset int32) int { return f.lineAt(min(max(offset, 0), f.Size())) + 1 }

// Line returns the text of the 1-based line n without its line end, and the
// offset at which it starts. A line that does not exist is empty.
func (f *File) Line(n int) (text string, start int32) {
	lines := f.lineStarts()
	if n < 1 || n > len(lines) {
		return "", f.Size()
	}
	start = lines[n-1]
	end := f.Size()
	if n < len(lines) {
		end = lines[n]
	}
	return strings.TrimRight(f.Content[start:end], "\r\n"), start
}

// lineAt returns the 0-based line that holds offset.
func (f *File) lineAt(offset int32) int {
	lines := f.lineStarts()
	return sort.Search(len(lines), func(i int) bool { return lines[i] > offset }) - 1
}

// lineStarts builds the line table on first use: most runs print few
// positions, many print none.
func (f *File) lineStarts() []int32 {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for i := 0; i < len(f.Content); i++ {
			switch f.Content[i] {
			case '\r':
				if i+1 < len(f.Content) && f.Content[i+1] == '\n' {
					continue
				}
				fallthrough
			case '\n':
				f.lines = append(f.lines, int32(i+1))
			}
		}
	})
	return f.lines
}
