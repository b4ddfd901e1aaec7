package percent

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runwisp/runwisp/internal/pyrune"
)

// A Value is what a name stands for: a string, or an integer.
type Value struct {
	Str   string
	Num   int64
	IsNum bool
}

// Check returns why Python refuses to convert a value, in its own words, or "".
// Where the value is not known only its type counts, IsNum: that decides all but
// %c. The text is the one that was parsed.
func (c *Conversion) Check(v Value, known bool, text string) string {
	if c.stars > 0 {
		return c.checkStars(v)
	}
	switch c.Verb {
	case 's', 'r', 'a':
		return ""
	case 'c':
		if !v.IsNum && known && utf8.RuneCountInString(v.Str) != 1 {
			return "%c requires int or char"
		}
		if v.IsNum && (v.Num < 0 || v.Num > utf8.MaxRune) {
			return "%c arg not in range(0x110000)"
		}
		return ""
	case 'd', 'i', 'u', 'o', 'x', 'X', 'e', 'E', 'f', 'F', 'g', 'G':
		if v.IsNum {
			return ""
		}
		return c.wantsNumber()
	}
	index := utf8.RuneCountInString(text[:c.End]) - 1
	shown := c.Verb
	if shown < 0x1F || shown > 0x7E { // Python's own bounds, though 0x1F cannot be seen
		shown = '?'
	}
	return fmt.Sprintf("unsupported format character '%c' (0x%x) at index %d", shown, c.Verb, index)
}

// checkStars returns why Python refuses a conversion with stars. It takes the
// value for the first of them, and then has none left.
func (c *Conversion) checkStars(v Value) string {
	switch {
	case !v.IsNum:
		return "* wants int"
	case c.stars == 1 && c.Verb == 0:
		return "incomplete format"
	}
	return "not enough arguments for format string"
}

// CheckUnnamed returns why Python refuses a conversion without a name, whose
// value is the whole table of names, or "". The text is the one that was parsed.
func (c *Conversion) CheckUnnamed(text string) string {
	if c.Verb == 'c' && c.stars == 0 {
		return "%c requires int or char"
	}
	return strings.Replace(c.Check(Value{}, false, text), "not str", "not dict", 1)
}

// wantsNumber says which kind of number a conversion wants instead of a text.
func (c *Conversion) wantsNumber() string {
	switch c.Verb {
	case 'd', 'i', 'u':
		return fmt.Sprintf("%%%c format: a real number is required, not str", c.Verb)
	case 'o', 'x', 'X':
		return fmt.Sprintf("%%%c format: an integer is required, not str", c.Verb)
	}
	return "must be real number, not str"
}

// Render converts a value that Check accepts.
func (c *Conversion) Render(v Value) string {
	switch c.Verb {
	case 's':
		return c.pad(c.cut(v.String()))
	case 'r', 'a':
		if v.IsNum {
			return c.pad(c.cut(v.String()))
		}
		return c.pad(c.cut(pythonRepr(v.Str, c.Verb == 'a')))
	case 'c':
		if v.IsNum {
			return c.pad(string(rune(v.Num)))
		}
		return c.pad(v.Str)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		return c.padNumber(c.float(v.Num))
	}
	return c.padNumber(c.integer(v.Num))
}

// String returns the value as "%s" shows it.
func (v Value) String() string {
	if v.IsNum {
		return fmt.Sprint(v.Num)
	}
	return v.Str
}

func (c *Conversion) has(flag byte) bool { return strings.IndexByte(c.flags, flag) >= 0 }

// cut applies a precision to a string.
func (c *Conversion) cut(s string) string {
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
func (c *Conversion) pad(s string) string {
	gap := strings.Repeat(" ", max(0, c.width-utf8.RuneCountInString(s)))
	if c.has('-') {
		return s + gap
	}
	return gap + s
}

// sign returns what stands before a number.
func (c *Conversion) sign(negative bool) string {
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
func (c *Conversion) integer(n int64) (prefix, digits string) {
	magnitude := uint64(n)
	if n < 0 {
		magnitude = -magnitude
	}
	base, mark := "%d", ""
	switch c.Verb {
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
func (c *Conversion) float(n int64) (prefix, digits string) {
	precision := c.precision
	if precision < 0 {
		precision = 6
	}
	form := "%." + fmt.Sprint(precision) + string(c.Verb)
	if c.has('#') {
		form = "%#" + form[1:]
	}
	f := float64(n)
	return c.sign(f < 0), strings.TrimPrefix(fmt.Sprintf(form, f), "-")
}

// padNumber applies the width to a number, with zeros behind its sign where
// the flags say so.
func (c *Conversion) padNumber(prefix, digits string) string {
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
	for s != "" {
		r, size := pyrune.Decode(s)
		b.WriteString(reprRune(r, quote, ascii))
		s = s[size:]
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
