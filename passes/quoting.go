package passes

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/passes/shell"
)

// A quoting says what is around a place in a command.
type quoting struct {
	quote   byte // the open quote, or 0
	next    byte // the character behind, or 0; a letter for a hole, whose text may start with one
	escaped bool // a backslash is in front
}

// quotesAround returns what is around each hole of a command, in their order.
func quotesAround(setting *ir.Setting) []quoting {
	out := make([]quoting, len(setting.Holes))
	text, from, quote := setting.Text.String(), 0, byte(0)
	for i, h := range setting.Holes {
		q := quoting{quote: quote}.behind(text[from:h.Start])
		from, quote = h.End, q.quote
		switch {
		case i+1 < len(out) && setting.Holes[i+1].Start == from:
			q.next = anyLetter
		case from < len(text):
			q.next = text[from]
		}
		out[i] = q
	}
	return out
}

// behind returns what is around the place behind a text, if q is around its start.
func (q quoting) behind(text string) quoting {
	for i := range len(text) {
		switch c := text[i]; {
		case q.escaped:
			q.escaped = false
		case c == '\\' && q.quote != '\'':
			q.escaped = true
		case q.quote == 0 && isQuote(rune(c)):
			q.quote = c
		case c == q.quote:
			q.quote = 0
		}
	}
	return q
}

// breaking are the characters of a value that would not stay, as they are, in the
// word into which supervisord fills it.
func (q quoting) breaking() string {
	switch q.quote {
	case '\'':
		return "'"
	case '"':
		return `"\`
	}
	return " \t\r\n'\"\\"
}

// literal writes a fixed value into the quotes that are open. There is none
// for a value that would close them. Outside quotes supervisord splits the
// value, and so does what is written.
func (q quoting) literal(value string) (string, bool) {
	switch q.quote {
	case '\'':
		return value, !strings.ContainsAny(value, q.breaking())
	case '"':
		return shell.InDoubleQuotes(value), !strings.ContainsAny(value, q.breaking())
	}
	var text []string
	r := newCommandReader(value, nil)
	for r.nextWord() {
		if raw := value[r.word.start:r.word.end]; shell.Keeps(raw, false) {
			text = append(text, raw)
		} else {
			text = append(text, shell.Quote(r.word.value))
		}
	}
	if r.reason != "" || strings.TrimFunc(value, isEnvSpace) != value {
		return "", false
	}
	return strings.Join(text, " "), true
}

// The formats that every shell's printf reads as Python does: of a text, of a
// number, and of a number that is not negative. With a precision of 0 they write
// nothing for the number 0.
var (
	textFormat     = matcher(`^(-?[1-9][0-9]*)?(\.[1-9][0-9]*)?s$`)
	numberFormat   = matcher(`^([-+ ]*([1-9][0-9]*)?(\.[1-9][0-9]*)?[di]|[-+ 0]*[0-9]*[di]|(-?[1-9][0-9]*)?s)$`)
	unsignedFormat = matcher(`^[-0]*[0-9]*[uoxX]$`)
)

// plainFormats write a number as it is.
var plainFormats = []string{"s", "d", "i", "u"}

// matcher returns a function that matches a pattern, which is compiled when it
// is first needed.
func matcher(expr string) func(string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
	return func(text string) bool { return compiled().MatchString(text) }
}

// takesText reports whether a shell can write a variable in a format. Outside
// quotes supervisord would split what pads it.
func (q quoting) takesText(format string) bool {
	pads := format[0] != 's' && format[0] != '.'
	return textFormat(format) && (q.quote != 0 || !pads)
}

// variable writes a variable of the environment into the quotes that are open.
func (q quoting) variable(name, format string) string {
	text := "$" + name
	switch {
	case format != "s":
		text = fmt.Sprintf(`$(printf '%%%s' "$%s")`, format, name)
	case q.quote == '"':
		return q.name(name)
	}
	switch q.quote {
	case '\'':
		return `'"` + text + `"'`
	case '"':
		return text
	}
	return `"` + text + `"`
}

// name writes "$X", with braces where the next character would belong to the
// name.
func (q quoting) name(name string) string {
	if shell.InName(rune(q.next)) {
		return "${" + name + "}"
	}
	return "$" + name
}

// instanceIndex is the variable that RunWisp sets for each instance.
const instanceIndex = "RUNWISP_INSTANCE_INDEX"

// instance writes the number of an instance, of which the first has number start,
// for a place in double quotes or none.
func (q quoting) instance(format string, start int64) (string, bool) {
	number := "$" + instanceIndex
	if start != 0 {
		number = fmt.Sprintf("$((%s + %d))", instanceIndex, start)
	}
	switch plain := slices.Contains(plainFormats, format); {
	case plain && start == 0:
		return q.name(instanceIndex), true
	case plain:
		return number, true
	case numberFormat(format), start >= 0 && unsignedFormat(format):
		word := "%" + format
		if strings.Contains(word, " ") {
			word = shell.Quote(word)
		}
		return fmt.Sprintf(`$(printf %s "%s")`, word, number), true
	}
	return "", false
}
