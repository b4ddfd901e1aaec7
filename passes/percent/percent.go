// Package percent reads and renders format strings in the style of C's printf as
// Python's % operator does with a table of names: that is how supervisord fills
// in "%(name)s".
package percent

import (
	"strings"
	"unicode/utf8"
)

// A Conversion is one "%(name)02d" of a format string.
type Conversion struct {
	// Start and End are where it stands in the text, in bytes, the percent
	// sign included.
	Start, End int
	// Name is what stands in the parentheses, where there are any.
	Name  string
	Named bool
	// Verb is the letter at the end, 0 where the text ends without one behind a
	// star.
	Verb rune

	flags     string
	width     int
	precision int // -1 without one
	stars     uint8
}

// Format returns the conversion behind the name: "s", "02d". The text is the one
// that was parsed.
func (c *Conversion) Format(text string) string {
	if !c.Named {
		return text[c.Start+1 : c.End]
	}
	return text[c.Start+len("%()")+len(c.Name) : c.End]
}

// Width returns how many characters the conversion makes, at least.
func (c *Conversion) Width() int { return max(c.width, c.precision, 0) }

// A Failure is why Python refuses a format string, in its own words, and where in
// the text, in bytes.
type Failure struct {
	Start, End int
	Reason     string
}

// A PieceKind says what a Piece is.
type PieceKind uint8

const (
	// Literal pieces stand for themselves.
	Literal PieceKind = iota
	// DoubledSign is "%%", which stands for one.
	DoubledSign
	// Converted pieces are a Conversion.
	Converted
)

// A Piece is a piece of a format string, the bytes [Start, End) of it.
type Piece struct {
	Start, End int
	Kind       PieceKind
	// Conversion is there where Kind says so.
	Conversion Conversion
}

// maxNumber bounds width and precision. Python's own bound is far above
// what fits into memory; Linux hands on no longer argument.
const maxNumber = 128 << 10

// Parse cuts a text into pieces, which it appends to dst. It stops at the
// first thing that is wrong, as Python does.
func Parse(dst []Piece, text string) (pieces []Piece, failure *Failure) {
	pieces = dst
	for pos := 0; pos < len(text); {
		next := strings.IndexByte(text[pos:], '%')
		if next < 0 {
			return append(pieces, Piece{Start: pos, End: len(text)}), nil
		}
		if next > 0 {
			pieces = append(pieces, Piece{Start: pos, End: pos + next})
			pos += next
		}
		if strings.HasPrefix(text[pos:], "%%") {
			pieces = append(pieces, Piece{Start: pos, End: pos + 2, Kind: DoubledSign})
			pos += 2
			continue
		}
		p := parser{text: text, pos: pos + 1}
		conv, failure := p.conversion()
		if failure != nil {
			return pieces, failure
		}
		pieces = append(pieces, Piece{Start: conv.Start, End: conv.End, Kind: Converted, Conversion: conv})
		pos = conv.End
	}
	return pieces, nil
}

// A parser reads one conversion.
type parser struct {
	text string
	pos  int
}

func (p *parser) conversion() (Conversion, *Failure) {
	c := Conversion{Start: p.pos - 1, precision: -1}
	if p.pos < len(p.text) && p.text[p.pos] == '(' {
		name, ok := p.parenthesised()
		if !ok {
			return c, p.fail(&c, "incomplete format key")
		}
		c.Name, c.Named = name, true
	}
	flags := p.pos
	for p.pos < len(p.text) && strings.IndexByte("-+ #0", p.text[p.pos]) >= 0 {
		p.pos++
	}
	c.flags = p.text[flags:p.pos]
	var ok bool
	if c.width, ok = p.number(&c); !ok {
		return c, p.fail(&c, "width too big")
	}
	if p.pos < len(p.text) && p.text[p.pos] == '.' {
		p.pos++
		if c.precision, ok = p.number(&c); !ok {
			return c, p.fail(&c, "precision too big")
		}
	}
	if p.pos < len(p.text) && strings.IndexByte("hlL", p.text[p.pos]) >= 0 {
		p.pos++
	}
	if p.pos >= len(p.text) {
		if c.stars == 0 {
			return c, p.fail(&c, "incomplete format")
		}
		c.End = p.pos // it depends on the value whether Python comes this far
		return c, nil
	}
	verb, size := utf8.DecodeRuneInString(p.text[p.pos:])
	p.pos += size
	c.Verb, c.End = verb, p.pos
	return c, nil
}

// parenthesised reads "(name)"; parentheses nest.
func (p *parser) parenthesised() (string, bool) {
	depth := 0
	for i := p.pos; i < len(p.text); i++ {
		switch p.text[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			name := p.text[p.pos+1 : i]
			p.pos = i + 1
			return name, true
		}
	}
	return "", false
}

// number reads a width or a precision; without digits it is 0. A star, which
// supervisord always refuses, is counted in c.
func (p *parser) number(c *Conversion) (int, bool) {
	if p.pos < len(p.text) && p.text[p.pos] == '*' {
		p.pos++
		c.stars++
		return 0, true
	}
	n := 0
	for p.pos < len(p.text) && '0' <= p.text[p.pos] && p.text[p.pos] <= '9' {
		n = n*10 + int(p.text[p.pos]-'0')
		if n > maxNumber {
			return 0, false
		}
		p.pos++
	}
	return n, true
}

// fail says why a conversion cannot be read. Where it would end is not known, so
// the rest of the text is pointed at.
func (p *parser) fail(c *Conversion, reason string) *Failure {
	return &Failure{Start: c.Start, End: len(p.text), Reason: reason}
}
