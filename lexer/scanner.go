package lexer

import (
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
)

// ByteOrderMark is what some editors put before the first line of a file.
const ByteOrderMark = "\uFEFF"

// A Scanner reads the tokens of one file, or of a part of it, line by line.
type Scanner struct {
	text string // up to the end of the part
	pos  int    // start of the next line

	feeds, returns     seeker
	semicolons, hashes seeker
	equals, colons     seeker

	line  [10]Token // the tokens of the current line
	count int
	signs bool // the line holds a sign that can start a comment

	inSection bool
	inKey     bool // a deeper line would continue a value
	level     int  // indentation of the last line that continued nothing
}

// NewPartScanner returns a scanner for the bytes [start, end) of file, which
// must be whole lines, and start with the file or with a header.
func NewPartScanner(file *source.File, start, end int) *Scanner {
	s := newScanner(file.Content[:end])
	s.pos = start
	return &s
}

func newScanner(text string) Scanner {
	return Scanner{
		text:       text,
		feeds:      newSeeker('\n'),
		returns:    newSeeker('\r'),
		semicolons: newSeeker(';'),
		hashes:     newSeeker('#'),
		equals:     newSeeker('='),
		colons:     newSeeker(':'),
	}
}

// IsHeader reports whether the first line of text is a section header whatever
// lines stand before it: it is not indented, so it continues no value.
func IsHeader(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	s := newScanner(line)
	tokens := s.Line()
	return len(tokens) > 0 && tokens[0].Kind == Open
}

// Line returns the tokens of the next line, its line end included; at the end
// of the file it returns none. The slice is good until the next call.
func (s *Scanner) Line() []Token {
	s.count = 0
	start := s.pos
	if start == len(s.text) {
		return nil
	}
	if start == 0 && strings.HasPrefix(s.text, ByteOrderMark) {
		start = len(ByteOrderMark)
		s.emit(BOM, 0, start)
	}
	end, next := s.lineEnd(start)
	s.pos = next

	body := s.skipSpace(start, end)
	comment := s.comment(start, body, end)
	bodyEnd := body
	s.emit(Space, start, body)
	if body < comment {
		bodyEnd = s.dropSpace(body, comment)
		s.content(body, bodyEnd, indentation(s.text[start:body]))
		s.emit(Space, bodyEnd, comment)
	}
	s.emit(Comment, comment, end)
	s.emit(Newline, end, next)
	return s.line[:s.count]
}

// emit adds the token [start, end) unless it is empty.
func (s *Scanner) emit(kind Kind, start, end int) {
	if start < end {
		s.add(kind, start, end)
	}
}

func (s *Scanner) add(kind Kind, start, end int) {
	s.line[s.count] = Token{Kind: kind, Start: int32(start), End: int32(end)}
	s.count++
}

// lineEnd returns where the line that starts at start ends, without and with
// its line end.
func (s *Scanner) lineEnd(start int) (end, next int) {
	feed, cr := s.feeds.next(s.text, start), s.returns.next(s.text, start)
	switch {
	case feed < cr:
		return feed, feed + 1
	case feed == cr: // both are the end of the text
		return feed, feed
	case cr+1 == feed && feed < len(s.text):
		return cr, feed + 1
	}
	return cr, cr + 1
}

// LineEnd returns where the line that holds a place ends, without and with its
// line end.
func LineEnd(text string, from int) (end, next int) {
	for end = from; end < len(text); end++ {
		switch {
		case text[end] == '\n':
			return end, end + 1
		case text[end] == '\r' && strings.HasPrefix(text[end+1:], "\n"):
			return end, end + 2
		case text[end] == '\r':
			return end, end + 1
		}
	}
	return end, end
}

// HasSigns reports whether the last line holds a semicolon or a hash: without one
// there is nothing that any version of supervisord could take for a comment.
func (s *Scanner) HasSigns() bool { return s.signs }

// comment returns where the comment of the line [start, end) starts, or end.
func (s *Scanner) comment(start, body, end int) int {
	s.signs = s.semicolons.next(s.text, start) < end || s.hashes.next(s.text, start) < end
	if !s.signs {
		return end
	}
	return start + commentStart(s.text[start:end], body-start)
}

// content reads what a line holds besides white space and comment.
func (s *Scanner) content(start, end, indent int) {
	if s.inKey && indent > s.level {
		s.add(Continuation, start, end)
		return
	}
	s.level = indent
	if s.text[start] == '[' {
		if closing := strings.LastIndexByte(s.text[start:end], ']'); closing > 1 {
			s.header(start, end, start+closing)
			return
		}
	}
	if s.inSection {
		s.option(start, end)
	} else {
		s.add(Bad, start, end)
	}
}

// header reads "[name]" and what may follow. The name goes up to the last
// bracket of the line (Python 3.10 and later).
func (s *Scanner) header(start, end, closing int) {
	s.inSection, s.inKey = true, false
	s.emit(Open, start, start+1)
	s.emit(Name, start+1, closing)
	s.emit(Close, closing, closing+1)
	junk := s.skipSpace(closing+1, end)
	s.emit(Space, closing+1, junk)
	s.emit(Junk, junk, end)
}

// option reads "key = value". A line without delimiter is bad and leaves the
// option before it open; a line without key is bad and closes it.
func (s *Scanner) option(start, end int) {
	delim := min(s.equals.next(s.text, start), s.colons.next(s.text, start))
	if delim >= end {
		s.add(Bad, start, end)
		return
	}
	keyEnd := s.dropSpace(start, delim)
	s.inKey = keyEnd > start
	if !s.inKey {
		s.add(Bad, start, end)
		return
	}
	value := s.skipSpace(delim+1, end)
	s.add(Key, start, keyEnd)
	s.emit(Space, keyEnd, delim)
	s.add(Delim, delim, delim+1)
	s.emit(Space, delim+1, value)
	s.add(Value, value, end)
}

// skipSpace returns where the white space that the bytes [start, end) start with
// ends. There is nearly always none, which needs no call.
func (s *Scanner) skipSpace(start, end int) int {
	if start == end || isVisible(s.text[start]) {
		return start
	}
	return start + trimLeft(s.text[start:end])
}

// dropSpace returns where the white space that the bytes [start, end) end with
// starts.
func (s *Scanner) dropSpace(start, end int) int {
	if start == end || isVisible(s.text[end-1]) {
		return end
	}
	return start + trimRight(s.text[start:end])
}

// indentation counts the characters of the white space before a line's body; a
// tab counts one.
func indentation(space string) int { return utf8.RuneCountInString(space) }
