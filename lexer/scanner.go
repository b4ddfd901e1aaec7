package lexer

import (
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

const byteOrderMark = "\uFEFF"

// A Scanner reads the tokens of one file, line by line.
type Scanner struct {
	file *source.File
	text string
	pos  int // start of the next line
	feed int // the first line feed at or behind pos, or the end of the text

	line  [10]Token // the tokens of the current line
	count int

	inSection bool
	inKey     bool // a deeper line would continue a value
	level     int  // indentation of the last line that continued nothing
}

// NewScanner returns a scanner for file. What supervisord refuses of the bytes
// as such (a byte order mark, invalid UTF-8) is reported to sink.
func NewScanner(file *source.File, sink *diag.Sink) *Scanner {
	reportEncoding(file, sink)
	return &Scanner{file: file, text: file.Content}
}

// Lex returns all tokens of a file.
func Lex(file *source.File, sink *diag.Sink) []Token {
	var tokens []Token
	s := NewScanner(file, sink)
	for line := s.Line(); len(line) > 0; line = s.Line() {
		tokens = append(tokens, line...)
	}
	return tokens
}

// Line returns the tokens of the next line, its line end included; at the end
// of the file it returns none. The slice is good until the next call.
func (s *Scanner) Line() []Token {
	s.count = 0
	start := s.pos
	if start == len(s.text) {
		return nil
	}
	if start == 0 && strings.HasPrefix(s.text, byteOrderMark) {
		start = len(byteOrderMark)
		s.emit(BOM, 0, start)
	}
	end, next := s.lineEnd(start)
	s.pos = next

	line := s.text[start:end]
	body := trimLeft(line)
	comment := commentStart(line, body)
	bodyEnd := max(trimRight(line[:comment]), body)
	s.emit(Space, start, start+body)
	if body < bodyEnd {
		s.content(start+body, start+bodyEnd, indentation(line[:body]))
	}
	s.emit(Space, start+bodyEnd, start+comment)
	s.emit(Comment, start+comment, end)
	s.emit(Newline, end, next)
	return s.line[:s.count]
}

// emit adds the token [start, end) unless it is empty.
func (s *Scanner) emit(kind Kind, start, end int) {
	if start == end && kind != Value {
		return
	}
	s.line[s.count] = Token{Kind: kind, Start: int32(start), End: int32(end)}
	s.count++
}

// content reads what a line holds besides white space and comment.
func (s *Scanner) content(start, end, indent int) {
	if s.inKey && indent > s.level {
		s.emit(Continuation, start, end)
		return
	}
	s.level = indent
	text := s.text[start:end]
	switch closing := strings.LastIndexByte(text, ']'); {
	case text[0] == '[' && closing > 1:
		s.header(start, end, start+closing)
	case !s.inSection:
		s.emit(Bad, start, end)
	default:
		s.option(start, end)
	}
}

// header reads "[name]" and what may follow. The name goes up to the last
// bracket of the line (Python 3.10 and later).
func (s *Scanner) header(start, end, closing int) {
	s.inSection, s.inKey = true, false
	s.emit(Open, start, start+1)
	s.emit(Name, start+1, closing)
	s.emit(Close, closing, closing+1)
	junk := closing + 1 + trimLeft(s.text[closing+1:end])
	s.emit(Space, closing+1, junk)
	s.emit(Junk, junk, end)
}

// option reads "key = value". A line without delimiter is bad and leaves the
// option before it open; a line without key is bad and closes it.
func (s *Scanner) option(start, end int) {
	text := s.text[start:end]
	delim := strings.IndexAny(text, "=:")
	if delim < 0 {
		s.emit(Bad, start, end)
		return
	}
	keyEnd := trimRight(text[:delim])
	s.inKey = keyEnd > 0
	if !s.inKey {
		s.emit(Bad, start, end)
		return
	}
	value := delim + 1 + trimLeft(text[delim+1:])
	s.emit(Key, start, start+keyEnd)
	s.emit(Space, start+keyEnd, start+delim)
	s.emit(Delim, start+delim, start+delim+1)
	s.emit(Space, start+delim+1, start+value)
	s.emit(Value, start+value, end)
}

// lineEnd returns where the line that starts at start ends, without and with
// its line end. The next line feed is remembered, so that a file whose lines
// all end in a lone CR is not searched to its end for each of them.
func (s *Scanner) lineEnd(start int) (end, next int) {
	if s.feed < start || s.pos == 0 {
		s.feed = len(s.text)
		if i := strings.IndexByte(s.text[start:], '\n'); i >= 0 {
			s.feed = start + i
		}
	}
	cr := strings.IndexByte(s.text[start:s.feed], '\r')
	switch {
	case cr >= 0 && start+cr+1 == s.feed && s.feed < len(s.text):
		return start + cr, s.feed + 1
	case cr >= 0:
		return start + cr, start + cr + 1
	case s.feed < len(s.text):
		return s.feed, s.feed + 1
	}
	return s.feed, s.feed
}

// indentation counts the characters of the white space before a line's body; a
// tab counts one.
func indentation(space string) int { return utf8.RuneCountInString(space) }

// reportEncoding reports a byte order mark, and the bytes that are not UTF-8,
// one diagnostic for each of the first runs of them.
func reportEncoding(file *source.File, sink *diag.Sink) {
	if strings.HasPrefix(file.Content, byteOrderMark) {
		sink.Add(diag.Diagnostic{
			Code:    diag.ByteOrderMark,
			Span:    file.Span(0, int32(len(byteOrderMark))),
			Message: "byte order mark before the first line",
			Hint:    "Save the file as UTF-8 without a byte order mark.",
		})
	}
	if utf8.ValidString(file.Content) {
		return
	}
	reported := 0
	for i := 0; i < len(file.Content) && reported < maxInvalid; {
		n := invalidPrefix(file.Content[i:])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(file.Content[i:])
			i += size
			continue
		}
		sink.Add(diag.Diagnostic{
			Code:    diag.InvalidUTF8,
			Span:    file.Span(int32(i), int32(i+n)),
			Message: "bytes are not UTF-8",
			Hint:    "Convert the file to UTF-8; supervisord refuses it as it is.",
		})
		reported++
		i += n
	}
}

// maxInvalid is how many runs of invalid bytes are reported: a binary file has
// no use for more.
const maxInvalid = 20

// invalidPrefix returns how many invalid bytes s starts with.
func invalidPrefix(s string) int {
	n := 0
	for n < len(s) {
		if r, size := utf8.DecodeRuneInString(s[n:]); r != utf8.RuneError || size != 1 {
			break
		}
		n++
	}
	return n
}
