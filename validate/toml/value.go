package toml

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// value reads a value into a node. Where it cannot be read the node stays Bad.
func (p *parser) value(id int32) bool {
	start := p.pos
	kind, ok := p.anyValue(id)
	d := &p.nodes[id]
	d.start, d.end, d.damaged = start, p.pos, !ok
	if ok {
		d.kind = kind
	}
	return ok
}

// anyValue reads a value; what an array or inline table holds goes below id.
func (p *parser) anyValue(id int32) (kind Kind, ok bool) {
	switch p.peek() {
	case '"', '\'':
		return p.anyString()
	case '[':
		return Array, p.nested(id, p.array)
	case '{':
		p.nodes[id].kind = Table
		return Table, p.nested(id, p.inlineTable)
	}
	return p.scalar()
}

// nested reads an array or inline table, if it is not too deep.
func (p *parser) nested(id int32, read func(int32) bool) bool {
	if p.depth == maxDepth {
		return p.failNewer(span{p.pos, p.pos + 1}, "arrays and inline tables nest more than %d deep", maxDepth)
	}
	p.depth++
	p.pos++
	ok := read(id)
	p.depth--
	return ok
}

// array reads an array behind its bracket. Where an element is no value, or a
// comma is missing, it goes on: the lines behind would be errors otherwise.
func (p *parser) array(id int32) bool {
	for {
		p.blanks()
		if p.accept(']') {
			return true
		}
		element := p.add(id, span{})
		bad := !p.value(element)
		if bad && !p.arrayGoesOn(element) {
			return false
		}
		p.link(element)
		p.blanks()
		if !p.accept(',') && p.peek() != ']' && !bad {
			if p.expected(`"," or "]" in the array`); !p.literalFollows() {
				return false
			}
		}
	}
}

// arrayGoesOn reports whether an element that is no value is a string without
// its end, behind which the array goes on.
func (p *parser) arrayGoesOn(element int32) bool {
	d := &p.nodes[element]
	if d.start == d.end || !isQuote(p.src[d.start]) {
		return false
	}
	return p.ahead(func() bool { return p.peek() == ',' || p.peek() == ']' || p.literalFollows() })
}

// literalFollows reports whether a string or number stands here, which is not
// what the next key or header looks like.
func (p *parser) literalFollows() bool {
	c := p.peek()
	return c != eof && (isQuote(byte(c)) || isDigit(byte(c)))
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

// inlineTable reads an inline table behind its brace. One that runs over lines
// is read as TOML 1.1 does, with the error recorded.
func (p *parser) inlineTable(id int32) bool {
	over := false
	for first := true; ; first = false {
		p.inlineBlanks(&over, true)
		if (first || over) && p.accept('}') {
			return true
		}
		if !p.inlineEntry(id) {
			return false
		}
		p.inlineBlanks(&over, false)
		if p.accept('}') {
			return true
		}
		if !p.accept(',') {
			over = over && p.atLineEnd()
			if p.inlineExpected(`"," or "}" in the inline table`); !over {
				return false
			}
		}
	}
}

// inlineBlanks skips white space in an inline table, and line ends where the
// table clearly goes on behind them: with a key, if one can stand there, a comma
// or the brace. That is reported once a table.
func (p *parser) inlineBlanks(over *bool, key bool) {
	p.skipSpace()
	start := p.pos
	goesOn := p.ahead(func() bool {
		c := p.peek()
		return c == '}' || c == ',' || key && c != eof && (isBare(byte(c)) || isQuote(byte(c)))
	})
	if goesOn && p.pos > start && !*over {
		*over = true
		p.failNewer(span{start, start}, "inline table runs over its line, expected it on one line or as a table with a header")
	}
}

// inlineEntry reads one key with its value. A comma in front of the brace hides
// nothing, so the table goes on there.
func (p *parser) inlineEntry(id int32) bool {
	switch {
	case p.peek() == '}':
		p.inlineExpected("a key")
		return true
	case p.atLineEnd():
		return p.inlineExpected("a key")
	}
	return p.keyValue(id)
}

// inlineExpected is expected for the commas, comments and line ends that TOML
// 1.1 lets stand in inline tables.
func (p *parser) inlineExpected(what string) bool {
	p.expected(what)
	p.errors[len(p.errors)-1].Newer = p.peek() == '}' || p.atLineEnd()
	return false
}

// atLineEnd reports whether a comment or the end of the line stands here.
func (p *parser) atLineEnd() bool {
	c := p.peek()
	return c == '#' || c == '\n' || c == '\r'
}

// scalar reads a number, a date or time, or a boolean. Reading goes on behind
// what is none of them if that ends as a value does.
func (p *parser) scalar() (kind Kind, ok bool) {
	start := p.pos
	p.skipScalar()
	if p.pos == start {
		return Bad, p.noScalar()
	}
	if isDate(p.src[start:p.pos]) && p.timeFollows() {
		p.pos++
		p.skipScalar()
	}
	token := p.src[start:p.pos]
	kind, problem := classify(token)
	switch {
	case problem == "":
		return kind, true
	case isShortTime(token):
		p.failNewer(span{start, p.pos}, "%q %s", token, problem)
	default:
		p.fail(span{start, p.pos}, "%q %s", token, problem)
	}
	return Bad, p.valueEnds()
}

// noScalar records that something else stands where a value has to.
func (p *parser) noScalar() bool {
	at, got := p.here()
	if at.start < at.end && !p.valueEnds() && p.peek() != '=' {
		got += needsQuotes
	}
	return p.fail(at, "expected a value, got %s", got)
}

// valueEnds reports whether here stands what may stand behind a value.
func (p *parser) valueEnds() bool {
	rest := strings.TrimLeft(p.src[p.pos:], " \t")
	return rest == "" || strings.IndexByte(",]}#\r\n", rest[0]) >= 0
}

func (p *parser) skipScalar() {
	for p.peek() != eof && isScalar(p.src[p.pos]) {
		p.pos++
	}
}

// timeFollows reports whether a time stands behind the space behind a date.
func (p *parser) timeFollows() bool {
	rest := p.src[p.pos:]
	return len(rest) > 1 && rest[0] == ' ' && isDigit(rest[1])
}

// isScalar reports whether c can stand in a value without quotes.
func isScalar(c byte) bool { return isBare(c) || c == '+' || c == '.' || c == ':' }

// needsQuotes says what is missing around most of what is no value.
const needsQuotes = ", a string must stand in quotes"

const (
	noValue   = "is not a value" + needsQuotes
	noNumber  = "is not a number" + needsQuotes
	noZero    = "starts with 0, expected a number that does not, or a string in quotes"
	noTime    = "is not a date or time" + needsQuotes
	noBoolean = "is not a value, a boolean is true or false"
)

// otherBooleans are what supervisord and others take for booleans, in any case.
var otherBooleans = []string{"true", "false", "yes", "no", "on", "off"}

// classify returns the kind of an unquoted value, or what is wrong with it.
func classify(token string) (kind Kind, problem string) {
	switch {
	case token == "true" || token == "false":
		return Boolean, ""
	case isDate(token) || strings.Contains(token, ":"):
		if validTime(token) {
			return Datetime, ""
		}
		return Bad, noTime
	case isFloat(token):
		if _, err := strconv.ParseFloat(strings.ReplaceAll(token, "_", ""), 64); errors.Is(err, strconv.ErrRange) {
			return Bad, "does not fit into 64 bits"
		}
		return Float, ""
	}
	switch _, err := parseInt(token); {
	case err == nil:
		return Integer, ""
	case errors.Is(err, strconv.ErrRange):
		return Bad, "does not fit into 64 bits"
	case isDecimal(token):
		return Bad, noZero
	case isDigit(token[0]) || strings.ContainsRune("+-.", rune(token[0])):
		return Bad, noNumber
	case slices.Contains(otherBooleans, strings.ToLower(token)):
		return Bad, noBoolean
	}
	return Bad, noValue
}

// parseInt reads an integer as TOML spells it. Package strconv knows the
// prefixes and underscores, but takes more of both: 0X1, 017, -0x1, 0x_1.
func parseInt(token string) (int64, error) {
	digits := strings.TrimLeft(token, "+-")
	prefixed := len(digits) > 1 && digits[0] == '0'
	switch {
	case len(token)-len(digits) > 1, !goodUnderscores(digits):
		return 0, strconv.ErrSyntax
	case prefixed && (digits != token || !strings.ContainsRune("xob", rune(digits[1]))):
		return 0, strconv.ErrSyntax
	case prefixed && strings.HasPrefix(digits[2:], "_"):
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(strings.ReplaceAll(token, "_", ""), 0, 64)
}

// goodUnderscores reports whether every underscore stands between two digits.
func goodUnderscores(digits string) bool {
	return !strings.HasPrefix(digits, "_") && !strings.HasSuffix(digits, "_") &&
		!strings.Contains(digits, "__")
}

// isFloat reports whether token is a float: digits with a fraction, an
// exponent or both, or inf or nan.
func isFloat(token string) bool {
	if token[0] == '+' || token[0] == '-' {
		token = token[1:]
	}
	if token == "inf" || token == "nan" {
		return true
	}
	mantissa, exponent := token, ""
	e := strings.IndexAny(token, "eE")
	if e >= 0 {
		mantissa, exponent = token[:e], token[e+1:]
		if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
	}
	whole, fraction, dot := strings.Cut(mantissa, ".")
	return (e >= 0 || dot) && isDecimal(whole) && (len(whole) == 1 || whole[0] != '0') &&
		(!dot || isDecimal(fraction)) && (e < 0 || isDecimal(exponent))
}

// isDecimal reports whether s is digits with single underscores between.
func isDecimal(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && s[i] != '_' {
			return false
		}
	}
	return s != "" && goodUnderscores(s)
}

// isDate reports whether token starts as a date does: 1979-05-27.
func isDate(token string) bool {
	return len(token) > 4 && isDecimal(token[:4]) && token[4] == '-'
}

// timeLayouts are the dates and times of TOML by their shape. The shape has to
// be right first, because package time is more tolerant than TOML.
var timeLayouts = map[string]string{
	"0000-00-00":                "2006-01-02",
	"00:00:00":                  "15:04:05",
	"0000-00-00T00:00:00":       "2006-01-02T15:04:05",
	"0000-00-00T00:00:00Z":      "2006-01-02T15:04:05Z",
	"0000-00-00T00:00:00+00:00": "2006-01-02T15:04:05-07:00",
}

// validTime reports whether token is a date, a time or both.
func validTime(token string) bool {
	token = normalTime(token)
	layout, ok := timeLayouts[timeShape(token)]
	if !ok {
		return false
	}
	if _, err := time.Parse(layout, token); err != nil {
		return false
	}
	// Package time takes offsets that are no time of day: 24:00 and 12:60.
	_, err := time.Parse("15:04", token[len(token)-len("07:00"):])
	return err == nil || !strings.HasSuffix(layout, "-07:00")
}

// normalTime writes the T and Z of a time in capitals and leaves the fraction of
// its seconds out, for which TOML allows any number of digits.
func normalTime(token string) string {
	if len(token) > 10 && isDate(token) && strings.ContainsRune("t ", rune(token[10])) {
		token = token[:10] + "T" + token[11:]
	}
	if strings.HasSuffix(token, "z") {
		token = token[:len(token)-1] + "Z"
	}
	dot := strings.IndexByte(token, '.')
	if dot < len("00:00:00") || token[dot-len(":00")] != ':' || token[dot-len(":00:00")] != ':' {
		return token // no dot, or none behind seconds
	}
	end := dot + 1
	for end < len(token) && isDigit(token[end]) {
		end++
	}
	if end == dot+1 {
		return token
	}
	return token[:dot] + token[end:]
}

// timeShape returns token with a 0 for every digit, and a + for either sign of
// an offset.
func timeShape(token string) string {
	shape := []byte(token)
	for i, c := range shape {
		switch {
		case isDigit(c):
			shape[i] = '0'
		case c == '-' && i > 10:
			shape[i] = '+'
		}
	}
	return string(shape)
}

// isShortTime reports whether token is a time without seconds, which TOML 1.1
// allows.
func isShortTime(token string) bool {
	shape := timeShape(normalTime(token))
	_, clock, ok := strings.Cut(shape, "T")
	if !ok {
		clock = shape
	}
	clock = strings.TrimSuffix(strings.TrimSuffix(clock, "+00:00"), "Z")
	return clock == "00:00"
}
