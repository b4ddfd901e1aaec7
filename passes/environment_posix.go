package passes

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// differsInPosix reports whether supervisor 4.4 reads an environment that the
// legacy lexer accepts to other pairs, or refuses it.
func differsInPosix(t source.Text, holes []ir.Hole, legacy []ir.Pair) bool {
	quotedName := func(p ir.Pair) bool { return strings.Contains(p.Name.String(), `"`) }
	if isPlainlyQuoted(t.String()) && !slices.ContainsFunc(legacy, quotedName) {
		return false
	}
	tokens, reason := newEnvReader(t, holes).tokens((*envReader).posixToken)
	if reason != "" {
		return true
	}
	posix, _, reason := pairUp(tokens)
	return reason != "" || !slices.EqualFunc(legacy, posix, func(a, b ir.Pair) bool {
		return sameName(a, b) && a.Value.String() == b.Value.String()
	})
}

// isPlainlyQuoted reports whether all quotes in an environment are double ones
// around whole values, as in nearly all. Both lexers read those alike.
func isPlainlyQuoted(s string) bool {
	open := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' || c == '\'' || c == '#':
			return false
		case c >= utf8.RuneSelf && !open:
			return false
		case c != '"':
		case !open && (i == 0 || s[i-1] != '='),
			open && i+1 < len(s) && strings.IndexByte(", \t\r\n", s[i+1]) < 0:
			return false // a name, or glued to what stands beside
		default:
			open = !open
		}
	}
	return true
}

// posixToken reads the next token of the POSIX lexer: word characters, quoted
// pieces and escaped characters, glued together.
func (r *envReader) posixToken() (tok envToken, ok bool, reason string) {
	var b source.Builder
	take := func(g glyph) { b.Append(r.text.Slice(g.start, g.end)) }
	started := false
	for !r.done() {
		switch g := r.peek(); {
		case isEnvSpace(g.r) || g.r == '#':
			if g.r == '#' {
				r.skipLine()
			} else {
				r.next()
			}
			if started {
				return envToken{text: b.Text()}, true, ""
			}
		case isQuote(g.r):
			started = true
			if !r.quoted(take) {
				return envToken{}, false, noClosing
			}
		case g.r == '\\':
			started = true
			r.next()
			if r.done() {
				return envToken{}, false, noEscaped
			}
			take(r.next())
		case isEnvWord(g.r) || 0xC0 <= g.r && g.r <= 0xFF && g.r != 0xD7 && g.r != 0xF7:
			started = true
			take(r.next())
		case started:
			return envToken{text: b.Text()}, true, ""
		default:
			take(r.next())
			return envToken{text: b.Text()}, true, ""
		}
	}
	return envToken{text: b.Text()}, started, ""
}
