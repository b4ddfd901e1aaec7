package passes

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
)

// A conversion is one "%(name)02d" of a format string in the style of C's
// printf, as Python's % operator reads it.
type conversion struct {
	start, end int // in the text, the percent sign included
	name       string
	named      bool
	flags      string
	width      int
	precision  int // -1 without one
	star       bool
	verb       rune
}

// format returns the conversion behind the name: "s", "02d".
func (c *conversion) format(text string) string {
	if !c.named {
		return text[c.start+1 : c.end]
	}
	return text[c.start+len("%()")+len(c.name) : c.end]
}

// A formatError is a format string that supervisord refuses, with Python's own
// reason.
type formatError struct {
	start, end int
	reason     string
}

// spanOf returns the source of the error in the text that was parsed.
func (e *formatError) spanOf(t source.Text) source.Span { return t.SpanOf(e.start, e.end) }

// A pieceKind says what a formatPiece is.
type pieceKind uint8

const (
	literalPiece    pieceKind = iota
	percentPiece              // a doubled percent sign
	conversionPiece           // conv
)

// A formatPiece is a piece of a format string.
type formatPiece struct {
	start, end int
	kind       pieceKind
	conv       conversion
}

// maxFormatNumber bounds width and precision. Python's own bound is far above
// what fits into memory; no process needs a wider argument.
const maxFormatNumber = 1 << 20

// parseFormat cuts a text into pieces, which it appends to dst. It stops at the
// first thing that is wrong, as Python does.
func parseFormat(dst []formatPiece, text string) (pieces []formatPiece, failure *formatError) {
	pieces = dst
	if strings.IndexByte(text, '%') < 0 {
		return append(pieces, formatPiece{start: 0, end: len(text)}), nil
	}
	for pos := 0; pos < len(text); {
		next := strings.IndexByte(text[pos:], '%')
		if next < 0 {
			return append(pieces, formatPiece{start: pos, end: len(text)}), nil
		}
		if next > 0 {
			pieces = append(pieces, formatPiece{start: pos, end: pos + next})
			pos += next
		}
		if strings.HasPrefix(text[pos:], "%%") {
			pieces = append(pieces, formatPiece{start: pos, end: pos + 2, kind: percentPiece})
			pos += 2
			continue
		}
		p := formatParser{text: text, pos: pos + 1}
		conv, err := p.conversion()
		if err != nil {
			return pieces, err
		}
		pieces = append(pieces, formatPiece{start: conv.start, end: conv.end, kind: conversionPiece, conv: conv})
		pos = conv.end
	}
	return pieces, nil
}

// A formatParser reads one conversion.
type formatParser struct {
	text string
	pos  int
}

func (p *formatParser) conversion() (conversion, *formatError) {
	c := conversion{start: p.pos - 1, precision: -1}
	if p.pos < len(p.text) && p.text[p.pos] == '(' {
		name, ok := p.parenthesised()
		if !ok {
			return c, p.fail(c.start, "incomplete format key")
		}
		c.name, c.named = name, true
	}
	flags := p.pos
	for p.pos < len(p.text) && strings.IndexByte("-+ #0", p.text[p.pos]) >= 0 {
		p.pos++
	}
	c.flags = p.text[flags:p.pos]
	var ok bool
	if c.width, ok = p.number(&c); !ok {
		return c, p.fail(c.start, "width too big")
	}
	if p.pos < len(p.text) && p.text[p.pos] == '.' {
		p.pos++
		if c.precision, ok = p.number(&c); !ok {
			return c, p.fail(c.start, "precision too big")
		}
	}
	if p.pos < len(p.text) && strings.IndexByte("hlL", p.text[p.pos]) >= 0 {
		p.pos++
	}
	if p.pos >= len(p.text) {
		return c, p.fail(c.start, "incomplete format")
	}
	verb, size := utf8.DecodeRuneInString(p.text[p.pos:])
	p.pos += size
	c.verb, c.end = verb, p.pos
	return c, nil
}

// parenthesised reads "(name)"; parentheses nest.
func (p *formatParser) parenthesised() (string, bool) {
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
// supervisord always refuses, is remembered in c.
func (p *formatParser) number(c *conversion) (int, bool) {
	if p.pos < len(p.text) && p.text[p.pos] == '*' {
		p.pos++
		c.star = true
		return 0, true
	}
	n := 0
	for p.pos < len(p.text) && '0' <= p.text[p.pos] && p.text[p.pos] <= '9' {
		n = n*10 + int(p.text[p.pos]-'0')
		if n > maxFormatNumber {
			return 0, false
		}
		p.pos++
	}
	return n, true
}

func (p *formatParser) fail(start int, reason string) *formatError {
	return &formatError{start: start, end: len(p.text), reason: reason}
}

// A formatValue is what a name stands for: a string, or an integer.
type formatValue struct {
	str   string
	num   int64
	isNum bool
}

// check returns why Python refuses to convert a value of the given type, or
// "". The value of a string matters only for %c.
func (c *conversion) check(v formatValue, known bool, text string) string {
	if c.star {
		if v.isNum {
			return "not enough arguments for format string"
		}
		return "* wants int"
	}
	switch c.verb {
	case 's', 'r', 'a':
		return ""
	case 'c':
		if !v.isNum && known && utf8.RuneCountInString(v.str) != 1 {
			return "%c requires int or char"
		}
		if v.isNum && (v.num < 0 || v.num > utf8.MaxRune) {
			return "%c arg not in range(0x110000)"
		}
		return ""
	case 'd', 'i', 'u':
		return numberOnly(v, fmt.Sprintf("%%%c format: a real number is required, not str", c.verb))
	case 'o', 'x', 'X':
		return numberOnly(v, fmt.Sprintf("%%%c format: an integer is required, not str", c.verb))
	case 'e', 'E', 'f', 'F', 'g', 'G':
		return numberOnly(v, "must be real number, not str")
	}
	index := utf8.RuneCountInString(text[:c.end]) - 1
	shown := c.verb
	if shown < 0x20 || shown > 0x7E {
		shown = '?'
	}
	return fmt.Sprintf("unsupported format character '%c' (0x%x) at index %d", shown, c.verb, index)
}

// checkUnnamed returns why Python refuses a conversion without a name, whose
// value is the whole table of names, or "".
func (c *conversion) checkUnnamed(text string) string {
	if c.verb == 'c' {
		return "%c requires int or char"
	}
	return strings.Replace(c.check(formatValue{}, false, text), "not str", "not dict", 1)
}

func numberOnly(v formatValue, reason string) string {
	if v.isNum {
		return ""
	}
	return reason
}

// render converts a value that check accepts.
func (c *conversion) render(v formatValue) string {
	switch c.verb {
	case 's':
		return c.pad(c.cut(v.text()))
	case 'r', 'a':
		if v.isNum {
			return c.pad(c.cut(v.text()))
		}
		return c.pad(c.cut(pythonRepr(v.str, c.verb == 'a')))
	case 'c':
		if v.isNum {
			return c.pad(string(rune(v.num)))
		}
		return c.pad(v.str)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		return c.padNumber(c.float(v.num))
	}
	return c.padNumber(c.integer(v.num))
}

func (v formatValue) text() string {
	if v.isNum {
		return fmt.Sprint(v.num)
	}
	return v.str
}

func (c *conversion) has(flag byte) bool { return strings.IndexByte(c.flags, flag) >= 0 }

// cut applies a precision to a string.
func (c *conversion) cut(s string) string {
	if c.precision < 0 {
		return s
	}
	n := 0
	for i := range s {
		if n == c.precision {
			return s[:i]
		}
		n++
	}
	return s
}

// pad applies the width with blanks.
func (c *conversion) pad(s string) string {
	gap := strings.Repeat(" ", max(0, c.width-utf8.RuneCountInString(s)))
	if c.has('-') {
		return s + gap
	}
	return gap + s
}

// sign returns what stands before a number.
func (c *conversion) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case c.has('+'):
		return "+"
	case c.has(' '):
		return " "
	}
	return ""
}

// integer renders a whole number without its width: sign, prefix, digits.
func (c *conversion) integer(n int64) (prefix, digits string) {
	magnitude := uint64(n)
	if n < 0 {
		magnitude = -magnitude
	}
	base, mark := "%d", ""
	switch c.verb {
	case 'o':
		base, mark = "%o", "0o"
	case 'x':
		base, mark = "%x", "0x"
	case 'X':
		base, mark = "%X", "0X"
	}
	digits = fmt.Sprintf(base, magnitude)
	if short := c.precision - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	if !c.has('#') {
		mark = ""
	}
	return c.sign(n < 0) + mark, digits
}

// float renders a number as C does, without its width.
func (c *conversion) float(n int64) (prefix, digits string) {
	precision := c.precision
	if precision < 0 {
		precision = 6
	}
	form := "%." + fmt.Sprint(precision) + string(c.verb)
	if c.has('#') {
		form = "%#" + form[1:]
	}
	f := float64(n)
	return c.sign(f < 0), strings.TrimPrefix(fmt.Sprintf(form, f), "-")
}

// padNumber applies the width to a number, with zeros behind its sign where
// the flags say so.
func (c *conversion) padNumber(prefix, digits string) string {
	if c.has('0') && !c.has('-') {
		gap := max(0, c.width-len(prefix)-len(digits))
		return prefix + strings.Repeat("0", gap) + digits
	}
	return c.pad(prefix + digits)
}

// pythonRepr quotes a string as Python's repr does, or its ascii. What Python calls
// printable is what Go does: a blank is the only white space.
func pythonRepr(s string, ascii bool) string {
	quote := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = `"`
	}
	var b strings.Builder
	b.WriteString(quote)
	for _, r := range s {
		b.WriteString(reprRune(r, quote, ascii))
	}
	b.WriteString(quote)
	return b.String()
}

func reprRune(r rune, quote string, ascii bool) string {
	switch {
	case r == '\\' || string(r) == quote:
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.IsPrint(r) && (r < utf8.RuneSelf || !ascii):
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
