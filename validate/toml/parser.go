package toml

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
)

// maxDepth is how deep arrays and inline tables may nest. Reading them
// recurses, and a stack that overflows cannot be caught.
const maxDepth = 1000

const byteOrderMark = "\uFEFF"

// A span is a half-open range of bytes.
type span struct{ start, end int32 }

// A parser reads a file in one pass. Its methods return false where the file
// is not TOML, with the error recorded.
type parser struct {
	Tree
	src   string
	pos   int32
	table int32  // where keys go
	key   []span // parts of the last key that was read
	depth int
}

// Parse reads a file. It always returns a tree, of what could be read.
func Parse(file *source.File) *Tree {
	p := &parser{Tree: Tree{file: file}, src: file.Content}
	// One node a line is about right; the other bound keeps a file of
	// blank lines from costing more than it should.
	lines := strings.Count(p.src, "\n") + 1
	p.nodes = make([]node, 1, 16+min(lines, len(p.src)/8))
	p.nodes[0] = node{kind: Table, def: byHeader}
	p.checkUTF8()
	if strings.HasPrefix(p.src, byteOrderMark) {
		p.pos = int32(len(byteOrderMark))
	}
	for p.skipSpace(); p.pos < p.file.Size(); p.skipSpace() {
		if !p.expression() || !p.lineEnd() {
			p.nodes[p.table].damaged = true
			p.skipLine()
		}
	}
	return &p.Tree
}

// checkUTF8 reports the first byte that is not UTF-8. Once is enough: such a
// file is in another encoding altogether.
func (p *parser) checkUTF8() {
	if utf8.ValidString(p.src) {
		return
	}
	for i, r := range p.src {
		if r == utf8.RuneError && !strings.HasPrefix(p.src[i:], "\uFFFD") {
			p.fail(span{int32(i), int32(i + 1)}, "byte 0x%02X is not UTF-8", p.src[i])
			return
		}
	}
}

// fail records a syntax error. It always returns false.
func (p *parser) fail(at span, format string, args ...any) bool {
	p.broken = true
	p.errors = append(p.errors, Error{Span: p.span(at), Message: fmt.Sprintf(format, args...)})
	return false
}

// failNewer is fail for what is refused though other readers may take it.
func (p *parser) failNewer(at span, format string, args ...any) bool {
	p.fail(at, format, args...)
	p.errors[len(p.errors)-1].Newer = true
	return false
}

// expected records that something else stands at the current place.
func (p *parser) expected(what string) bool {
	at, got := p.here()
	return p.fail(at, "expected %s, got %s", what, got)
}

// here returns the span of the character at the current place and its name.
// At the end of a line or of the file the span is empty.
func (p *parser) here() (at span, name string) {
	at = span{p.pos, p.pos}
	switch p.peek() {
	case eof:
		return at, "end of file"
	case '\n':
		return at, "end of line"
	}
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	at.end += int32(size)
	if r == '\r' && p.at("\r\n") {
		at.end = at.start
		return at, "end of line"
	}
	return at, fmt.Sprintf("%q", r)
}

// eof is what peek returns behind the last byte: no byte is negative, a NUL in
// the file included.
const eof = -1

func (p *parser) peek() rune {
	if p.pos >= p.file.Size() {
		return eof
	}
	return rune(p.src[p.pos])
}

func (p *parser) at(prefix string) bool { return strings.HasPrefix(p.src[p.pos:], prefix) }

// accept steps over a byte if it stands at the current place.
func (p *parser) accept(c rune) bool {
	if p.peek() != c {
		return false
	}
	p.pos++
	return true
}

func (p *parser) skipSpace() {
	for p.peek() == ' ' || p.peek() == '\t' {
		p.pos++
	}
}

// skipLine goes to the start of the next line.
func (p *parser) skipLine() {
	if i := strings.IndexByte(p.src[p.pos:], '\n'); i >= 0 {
		p.pos += int32(i) + 1
		return
	}
	p.pos = p.file.Size()
}

// lineEnd reads white space, a comment and the end of the line.
func (p *parser) lineEnd() bool {
	p.skipSpace()
	if p.peek() == '#' {
		p.comment()
	}
	if p.peek() == eof || p.newline() {
		return true
	}
	return p.expected("end of line")
}

// newline steps over a line end: LF or CRLF.
func (p *parser) newline() bool {
	switch {
	case p.at("\n"):
		p.pos++
	case p.at("\r\n"):
		p.pos += 2
	default:
		return false
	}
	return true
}

// comment reads a comment up to the end of the line. What is wrong in it hides
// nothing, so it is read all the same.
func (p *parser) comment() {
	for good := true; p.peek() != eof && p.peek() != '\n' && !p.at("\r\n"); p.pos++ {
		if good && isControl(p.src[p.pos]) {
			p.control("comment")
			good = false
		}
	}
}

// control reports a control character at the current place.
func (p *parser) control(where string) {
	p.fail(span{p.pos, p.pos + 1}, "control character 0x%02X in a %s", p.src[p.pos], where)
}

// blanks skips white space, comments and line ends, as arrays allow them.
func (p *parser) blanks() {
	for {
		p.skipSpace()
		switch {
		case p.peek() == '#':
			p.comment()
		case !p.newline():
			return
		}
	}
}

// ahead skips blanks if ok holds behind them. If not, what is wrong in them is
// left to those who read on.
func (p *parser) ahead(ok func() bool) bool {
	pos, errors := p.pos, len(p.errors)
	if p.blanks(); ok() {
		return true
	}
	p.pos, p.errors = pos, p.errors[:errors]
	return false
}

// expression reads a header, a key with its value, or nothing.
func (p *parser) expression() bool {
	switch p.peek() {
	case '#', '\n', '\r':
		return true
	case '[':
		return p.header()
	}
	return p.keyValue(p.table)
}

// header reads [key] or [[key]]. Where the key cannot be read, the keys below
// go to a table of their own that is no part of the tree.
func (p *parser) header() bool {
	start := p.pos
	array := p.at("[[")
	closing := "]"
	if array {
		closing = "]]"
	}
	p.pos += int32(len(closing))
	p.skipSpace()
	if !p.dottedKey() {
		p.table = p.orphan()
		return false
	}
	closed := p.at(closing)
	if closed {
		p.pos += int32(len(closing))
	}
	p.table = p.define(array, span{start, p.pos})
	if !closed {
		return p.expected(fmt.Sprintf("%q behind the name of the table", closing))
	}
	return true
}

// define makes the table of a header from the key that was read last.
func (p *parser) define(array bool, header span) int32 {
	table, ok := int32(0), true
	last := len(p.key) - 1
	for _, part := range p.key[:last] {
		if table, ok = p.enter(table, part); !ok {
			return p.orphan()
		}
	}
	if array {
		return p.defineElement(table, p.key[last], header)
	}
	return p.defineTable(table, p.key[last], header)
}

// orphan makes a table that is no part of the tree.
func (p *parser) orphan() int32 {
	id := p.add(0, span{})
	p.nodes[id].kind, p.nodes[id].def = Table, byHeader
	return id
}

// keyValue reads key = value into a table.
func (p *parser) keyValue(table int32) bool {
	if !p.dottedKey() {
		return false
	}
	if p.peek() != '=' {
		return p.expected(`"=" behind the key`)
	}
	p.pos++
	p.skipSpace()
	return p.value(p.resolve(table))
}

// resolve makes the node of the key that was read last.
func (p *parser) resolve(table int32) int32 {
	last := len(p.key) - 1
	for _, part := range p.key[:last] {
		id, ok := p.enterDotted(table, part)
		if !ok {
			return p.orphan()
		}
		table = id
	}
	return p.defineValue(table, p.key[last])
}

// dottedKey reads a key and the white space behind it.
func (p *parser) dottedKey() bool {
	p.key = p.key[:0]
	for {
		part, ok := p.simpleKey()
		if !ok {
			return false
		}
		p.key = append(p.key, part)
		p.skipSpace()
		if !p.accept('.') {
			return true
		}
		p.skipSpace()
	}
}

// simpleKey reads one part of a key.
func (p *parser) simpleKey() (key span, ok bool) {
	start := p.pos
	switch p.peek() {
	case '"', '\'':
		before := len(p.errors)
		ok = p.lineString() && len(p.errors) == before
		return span{start, p.pos}, ok
	}
	for p.peek() != eof && isBare(p.src[p.pos]) {
		p.pos++
	}
	if p.pos == start {
		return span{}, p.expected("a key")
	}
	return span{start, p.pos}, true
}

// isBare reports whether c can stand in a key without quotes.
func isBare(c byte) bool {
	return isDigit(c) || c == '_' || c == '-' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isControl reports whether c is refused in comments and strings.
func isControl(c byte) bool { return c < ' ' && c != '\t' || c == 0x7f }
