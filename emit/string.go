package emit

import (
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/internal/byteset"
)

// What ASCII means in TOML.
var (
	// bare characters may stand in a key without quotes.
	bare = byteset.Of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
	// plain ones mean themselves in every string.
	plain = byteset.Where(func(c byte) bool { return byteset.Printable.Has(c) && c != '"' && c != '\'' && c != '\\' })
)

// appendKey writes a key, bare where TOML allows it.
func appendKey(buf []byte, k string) []byte {
	if k == "" || !bare.HasAll(k) {
		return appendBasic(buf, k)
	}
	return append(buf, k...)
}

// Path writes the path of a table or a key: services."a.b".env.
func Path(keys []string) string { return string(appendPath(nil, keys)) }

func appendPath(buf []byte, keys []string) []byte {
	for i, k := range keys {
		if i > 0 {
			buf = append(buf, '.')
		}
		buf = appendKey(buf, k)
	}
	return buf
}

// appendText writes a string the way that reads best: over several lines where
// it has several, in single quotes where that saves escapes. What is advised to
// be written into it needs none either, if that can be.
func appendText(buf []byte, s, advised string, lines bool) []byte {
	if plain.HasAll(s) && plain.HasAll(advised) {
		buf = append(buf, '"')
		buf = append(buf, s...)
		return append(buf, '"')
	}
	quote := textQuote(s, advised, lines)
	if quote == "" && advised != "" {
		quote = textQuote(s, "", lines)
	}
	if quote == "" {
		return appendBasic(buf, s)
	}
	buf = append(buf, quote...)
	if len(quote) == 3 && strings.IndexByte(s, '\n') >= 0 {
		buf = append(buf, '\n')
	}
	buf = append(buf, s...)
	return append(buf, quote...)
}

// textQuote returns the quotes between which a string can stand as it is, with
// what is advised in it, "" if there are none or escapes read better.
func textQuote(s, advised string, lines bool) string {
	s = advised + s
	pasted := advised != "" // whoever follows the advice would have to escape as well
	switch broken := strings.IndexByte(s, '\n') >= 0; {
	case holdsUnshowable(s) && !(pasted && onlyTabs(s)) || !utf8.ValidString(s):
		return ""
	case broken && !lines:
		return ""
	case broken:
		return lineQuote(s, pasted)
	case !strings.ContainsAny(s, `"\`):
		return `"`
	case !strings.Contains(s, "'"):
		return "'"
	case lineQuote(s, false) == "'''":
		return "'''"
	case pasted:
		return lineQuote(s, true)
	}
	return ""
}

// lineQuote returns the quotes between which a text of several lines needs no
// escape, or "". Only one that is pasted into may end with one of them: that can
// be read, though not easily.
func lineQuote(s string, pasted bool) string {
	switch {
	case !strings.Contains(s, "'''") && !strings.HasSuffix(s, "'"):
		return "'''"
	case !strings.Contains(s, `"""`) && !strings.HasSuffix(s, `"`) && !strings.Contains(s, `\`):
		return `"""`
	case pasted && !strings.Contains(s, "'''"):
		return "'''"
	}
	return ""
}

// onlyTabs reports whether nothing in a text is unshowable but tabs, which TOML
// takes as they are.
func onlyTabs(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '\t' && unshowable(r) }) < 0
}

// holdsUnshowable reports whether something in a text is unshowable. It is asked of
// nearly every text that needs a choice of quotes, and says no.
func holdsUnshowable(s string) bool {
	return !byteset.Printable.HasAll(s) && strings.IndexFunc(s, unshowable) >= 0
}

// unshowable holds for what cannot stand in a string without an escape, line
// feeds aside.
func unshowable(r rune) bool { return r != '\n' && Hidden(r) }

// escapes are the letters of TOML's short escapes.
var escapes = map[rune]byte{
	'\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', '"': '"', '\\': '\\',
}

// appendBasic writes a string in double quotes. Bytes that are not UTF-8 become
// the replacement character.
func appendBasic(buf []byte, s string) []byte {
	buf = append(buf, '"')
	for _, r := range s {
		if r < utf8.RuneSelf && plain.Has(byte(r)) {
			buf = append(buf, byte(r))
			continue
		}
		switch short, ok := escapes[r]; {
		case ok:
			buf = append(buf, '\\', short)
		case Hidden(r):
			buf = appendEscape(buf, r)
		default:
			buf = utf8.AppendRune(buf, r)
		}
	}
	return append(buf, '"')
}

// appendEscape writes a character by its number.
func appendEscape(buf []byte, r rune) []byte {
	const digits = "0123456789ABCDEF"
	letter, width := byte('u'), 4
	if r > 0xFFFF {
		letter, width = 'U', 8
	}
	buf = append(buf, '\\', letter)
	for shift := 4 * (width - 1); shift >= 0; shift -= 4 {
		buf = append(buf, digits[r>>shift&0xF])
	}
	return buf
}

// commentText makes a text safe behind a "#": it cannot end the line, and no
// control character reaches a terminal.
func commentText(s string) string {
	if byteset.Printable.HasAll(s) || strings.IndexFunc(s, Hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	buf := make([]byte, 0, len(s)+16)
	for _, r := range s {
		switch {
		case r == '\t':
			buf = append(buf, ' ')
		case Hidden(r):
			buf = appendEscape(buf, r)
		default:
			buf = utf8.AppendRune(buf, r)
		}
	}
	return string(buf)
}
