// Package source holds the bytes that everything else points into: files,
// byte spans, positions, and Text, a decoded string that still knows which
// source bytes it came from.
package source

import (
	"strings"
	"sync"
)

// MaxSize is the largest file that can be read, in bytes: offsets are int32.
const MaxSize = 1<<31 - 2

// Stdin is the Name of standard input.
const Stdin = "<stdin>"

// A File is one input, untouched: a byte order mark, invalid UTF-8 and every
// kind of line end are still there, so that offsets are true.
type File struct {
	// Name is how the file is called in diagnostics: as the user would
	// type it, or Stdin.
	Name string
	// Content is every byte of the file.
	Content string
	// Index is the rank of the file in reading order, from 0. Diagnostics
	// are sorted by it.
	Index int

	mu    sync.Mutex // guards lines
	lines lineIndex
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
}

// Position resolves a byte offset. Offsets outside the file are clamped.
func (f *File) Position(offset int32) Position {
	offset = f.clamp(offset)
	lines := f.lockLines()
	defer f.mu.Unlock()
	m := lines.mark(offset)
	return Position{Offset: int(offset), Line: int(m.line) + 1, Column: int(m.column) + 1}
}

// LineNumber returns the 1-based line of a byte offset.
func (f *File) LineNumber(offset int32) int {
	offset = f.clamp(offset)
	lines := f.lockLines()
	defer f.mu.Unlock()
	return int(lines.lineAt(offset)) + 1
}

// Line returns the text of the 1-based line n without its line end, and the
// offset at which it starts. A line that does not exist is empty.
func (f *File) Line(n int) (text string, start int32) {
	if n < 1 || n > int(f.Size())+1 {
		return "", f.Size()
	}
	lines := f.lockLines()
	defer f.mu.Unlock()
	start, end := lines.line(int32(n - 1))
	return strings.TrimRight(f.Content[start:end], "\r\n"), start
}

func (f *File) clamp(offset int32) int32 { return min(max(offset, 0), f.Size()) }

// lockLines locks the index of lines and returns it. It is made on first use:
// many runs print no position.
func (f *File) lockLines() *lineIndex {
	f.mu.Lock()
	if f.lines.marks == nil {
		f.lines = newLineIndex(f.Content)
	}
	return &f.lines
}
