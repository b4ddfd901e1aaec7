package emit

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// key writes a key, bare where TOML allows it.
func key(k string) string {
	if k == "" || strings.IndexFunc(k, notBare) >= 0 {
		return basic(k)
	}
	return k
}

func notBare(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-')
}

// text writes a string the way that reads best: over several lines where it has
// several, in single quotes where that saves escapes.
func text(s string, lines bool) string {
	if strings.IndexFunc(s, unshowable) >= 0 || !utf8.ValidString(s) {
		return basic(s)
	}
	if strings.Contains(s, "\n") {
		if quote := lineQuote(s); lines && quote != "" {
			return quote + "\n" + s + quote
		}
		return basic(s)
	}
	switch literal := lineQuote(s) == "'''"; {
	case !strings.ContainsAny(s, `"\`):
		return basic(s)
	case !strings.Contains(s, "'"):
		return "'" + s + "'"
	case literal:
		return "'''" + s + "'''"
	}
	return basic(s)
}

// lineQuote returns the quotes between which a text of several lines needs no
// escape, or "".
func lineQuote(s string) string {
	switch {
	case !strings.Contains(s, "'''") && !strings.HasSuffix(s, "'"):
		return "'''"
	case !strings.Contains(s, `"""`) && !strings.HasSuffix(s, `"`) && !strings.Contains(s, `\`):
		return `"""`
	}
	return ""
}

// unshowable holds for what cannot stand in a string without an escape, line
// feeds aside.
func unshowable(r rune) bool { return r != '\n' && hidden(r) }

// hidden reports whether a character must be escaped: controls, which TOML
// refuses, and whatever a terminal or an editor would not show as it is.
func hidden(r rune) bool { return !unicode.IsPrint(r) }

// escapes are the short escapes of TOML.
var escapes = map[rune]string{
	'\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\\': `\\`,
}

// basic writes a string in double quotes. Bytes that are not UTF-8 become the
// replacement character.
func basic(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch short, ok := escapes[r]; {
		case ok:
			b.WriteString(short)
		case hidden(r):
			b.WriteString(unicodeEscape(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func unicodeEscape(r rune) string {
	if r > 0xFFFF {
		return fmt.Sprintf(`\U%08X`, r)
	}
	return fmt.Sprintf(`\u%04X`, r)
}

// commentText makes a text safe behind a "#": it cannot end the line, and no
// control character reaches a terminal.
func commentText(s string) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case hidden(r):
			b.WriteString(unicodeEscape(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
