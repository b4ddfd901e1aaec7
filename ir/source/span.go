package source

import "fmt"

// A Span is the half-open byte range [Start, End) of one file. The zero Span
// has no file and means "nowhere".
type Span struct {
	File       *File
	Start, End int32
}

// IsValid reports whether s points into a file.
func (s Span) IsValid() bool { return s.File != nil }

// Len returns the number of bytes that s covers.
func (s Span) Len() int { return int(s.End - s.Start) }

// Text returns the source bytes that s covers.
func (s Span) Text() string {
	if !s.IsValid() {
		return ""
	}
	return s.File.Content[s.Start:s.End]
}

// sub returns the span of the bytes [i, j) of s.
func (s Span) sub(i, j int) Span {
	return Span{File: s.File, Start: s.Start + int32(i), End: s.Start + int32(j)}
}

// StartPosition resolves the first byte of s. It must be valid.
func (s Span) StartPosition() Position { return s.File.Position(s.Start) }

// EndPosition resolves the first byte after s. It must be valid.
func (s Span) EndPosition() Position { return s.File.Position(s.End) }

// Union returns the smallest span that covers s and t, which must be in one
// file. An invalid span adds nothing.
func (s Span) Union(t Span) Span {
	switch {
	case !s.IsValid():
		return t
	case !t.IsValid():
		return s
	}
	return Span{File: s.File, Start: min(s.Start, t.Start), End: max(s.End, t.End)}
}

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool {
	return s.File == t.File && s.Start <= t.Start && t.End <= s.End
}

// Compare orders spans by file, start, end; an invalid span comes first.
func (s Span) Compare(t Span) int {
	switch {
	case !s.IsValid() || !t.IsValid():
		return boolInt(s.IsValid()) - boolInt(t.IsValid())
	case s.File != t.File:
		return s.File.Index - t.File.Index
	case s.Start != t.Start:
		return int(s.Start - t.Start)
	}
	return int(s.End - t.End)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// FileLine formats the place of s as "file:line", the form that editors and
// terminals make clickable. An invalid span gives "".
func (s Span) FileLine() string {
	if !s.IsValid() {
		return ""
	}
	return fmt.Sprintf("%s:%d", s.File.Name, s.File.LineNumber(s.Start))
}

// String formats the start of s as "file:line:column".
func (s Span) String() string {
	if !s.IsValid() {
		return "-"
	}
	return fmt.Sprintf("%s:%d", s.FileLine(), s.StartPosition().Column)
}
