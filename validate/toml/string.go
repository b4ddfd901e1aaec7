package toml

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
)

// anyString reads a string of any of the four kinds. It is Bad where something
// in it is wrong; reading goes on behind it all the same if it has an end.
func (p *parser) anyString() (kind Kind, ok bool) {
	before := len(p.errors)
	if p.at(`"""`) || p.at(`'''`) {
		ok = p.blockString()
	} else {
		ok = p.lineString()
	}
	if len(p.errors) > before {
		return Bad, ok
	}
	return String, ok
}

// lineString reads a string that ends on its line. It returns false where there
// is no end.
func (p *parser) lineString() bool {
	start, quote := p.pos, p.src[p.pos]
	for p.pos++; ; p.pos++ {
		c := p.peek()
		switch {
		case c == eof || c == '\n' || p.at("\r\n"):
			return p.fail(span{start, p.pos}, "string is not closed on its line")
		case byte(c) == quote:
			p.pos++
			return true
		case isControl(byte(c)):
			p.control("string")
		case c == '\\' && quote == '"':
			p.escape()
		}
	}
}

// blockString reads a string in three quotes, which may run over lines. It
// returns false where there is no end.
func (p *parser) blockString() bool {
	open := span{p.pos, p.pos + 3}
	quotes := p.src[p.pos : p.pos+3]
	for p.pos += 3; ; p.pos++ {
		c := p.peek()
		switch {
		case c == eof:
			return p.fail(open, "string is not closed")
		case c == '\n' || p.at("\r\n"):
		case p.at(quotes):
			p.closeBlock(quotes)
			return true
		case isControl(byte(c)):
			p.control("string")
		case c == '\\' && quotes == `"""` && lineFold(p.src[p.pos:]) == 0:
			p.escape()
		}
	}
}

// closeBlock steps over the closing quotes. Up to two more in front of them
// belong to the string.
func (p *parser) closeBlock(quotes string) {
	p.pos += 3
	for range 2 {
		p.accept(rune(quotes[0]))
	}
}

// escape checks the escape sequence at the current place and goes to its last
// byte. A backslash at the end of the line is left to what else is wrong there.
func (p *parser) escape() {
	_, size := unescape(p.src[p.pos:])
	if size > 0 {
		p.pos += int32(size) - 1
		return
	}
	rest := p.src[p.pos+1:]
	if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
		return
	}
	_, width := utf8.DecodeRuneInString(rest)
	at := span{p.pos, p.pos + 1 + int32(width)}
	p.pos = at.end - 1
	text := p.src[at.start:at.end]
	if text == `\e` || text == `\x` {
		p.failNewer(at, "%s is not an escape sequence", text)
		return
	}
	p.fail(at, "%s is not an escape sequence", text)
}

// escapes are what the escape sequences of one letter stand for.
var escapes = map[byte]string{
	'b': "\b", 't': "\t", 'n': "\n", 'f': "\f", 'r': "\r", '"': `"`, '\\': `\`,
}

// unescape decodes the escape sequence at the start of s and returns its
// length, which is 0 where it is none.
func unescape(s string) (text string, size int) {
	if len(s) < 2 {
		return "", 0
	}
	switch s[1] {
	case 'u':
		return unescapeHex(s, 4)
	case 'U':
		return unescapeHex(s, 8)
	}
	if text, ok := escapes[s[1]]; ok {
		return text, 2
	}
	return "", 0
}

func unescapeHex(s string, digits int) (text string, size int) {
	if len(s) < 2+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), 2 + digits
}

// lineFold returns the length of a backslash at the end of a line together
// with all white space behind it, or 0 where s does not start with one.
func lineFold(s string) int {
	rest := strings.TrimLeft(s[1:], " \t")
	if !strings.HasPrefix(rest, "\n") && !strings.HasPrefix(rest, "\r\n") {
		return 0
	}
	for {
		rest = strings.TrimLeft(rest, " \t\n")
		if !strings.HasPrefix(rest, "\r\n") {
			return len(s) - len(rest)
		}
		rest = rest[2:]
	}
}

// decodeKey returns the name that a part of a key spells.
func decodeKey(raw string) string {
	if raw == "" || raw[0] != '"' && raw[0] != '\'' {
		return raw
	}
	inner := raw[1 : len(raw)-1]
	if raw[0] == '\'' || !strings.Contains(inner, `\`) {
		return inner
	}
	var b strings.Builder
	for inner != "" {
		text, size := inner[:1], 1
		if inner[0] == '\\' {
			text, size = unescape(inner)
		}
		b.WriteString(text)
		inner = inner[size:]
	}
	return b.String()
}

// decodeString returns the text of a string in quotes, each byte of it with
// the source bytes that it came from.
func decodeString(s source.Span) source.Text {
	raw, inner := s.Text(), s
	switch {
	case strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, `'''`):
		inner.Start += 3
		inner.End -= 3
		inner.Start += int32(leadingNewline(inner.Text()))
	default:
		inner.Start++
		inner.End--
	}
	if raw[0] == '\'' || !strings.Contains(inner.Text(), `\`) {
		return source.FromSpan(inner)
	}
	return unescapeText(inner)
}

// leadingNewline returns the length of the line end that a block string drops.
func leadingNewline(s string) int {
	switch {
	case strings.HasPrefix(s, "\n"):
		return 1
	case strings.HasPrefix(s, "\r\n"):
		return 2
	}
	return 0
}

// unescapeText decodes a string that holds at least one backslash.
func unescapeText(s source.Span) source.Text {
	var b source.Builder
	for s.Start < s.End {
		raw := s.Text()
		plain := strings.IndexByte(raw, '\\')
		if plain < 0 {
			plain = len(raw)
		}
		piece := s
		piece.End = s.Start + int32(plain)
		b.Copy(piece)
		s.Start = piece.End
		if s.Start < s.End {
			s.Start += int32(unescapeOne(&b, s))
		}
	}
	return b.Text()
}

// unescapeOne adds the escape sequence at the start of s and returns its
// length.
func unescapeOne(b *source.Builder, s source.Span) int {
	raw := s.Text()
	if size := lineFold(raw); size > 0 {
		return size
	}
	text, size := unescape(raw)
	s.End = s.Start + int32(size)
	b.Synth(text, s)
	return size
}
