package passes

import (
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// differsInPosix reports whether supervisor 4.4 reads an environment that the
// legacy lexer accepts to other pairs, or refuses it.
func differsInPosix(t source.Text, holes []ir.Hole, legacy []ir.Pair) bool {
	r := envReader{glyphReader: newGlyphReader(t, holes), text: t, holes: holes}
	var tokens []envToken
	for {
		tok, ok, refused := r.posixToken()
		if refused {
			return true
		}
		if !ok {
			break
		}
		tokens = append(tokens, tok)
	}
	posix, _, reason := pairUp(tokens, false)
	return reason != "" || !slices.EqualFunc(legacy, posix, func(a, b ir.Pair) bool {
		return a.Name.String() == b.Name.String() && a.Value.String() == b.Value.String()
	})
}

// posixToken reads the next token of the POSIX lexer: word characters, quoted
// pieces and escaped characters, glued together.
func (r *envReader) posixToken() (tok envToken, ok, refused bool) {
	var b source.Builder
	take := func(g glyph) { b.Append(r.text.Slice(g.start, g.end)) }
	started := false
	for r.pos < len(r.glyphs) {
		switch g := r.glyphs[r.pos]; {
		case isEnvSpace(g.r) || g.r == '#':
			if g.r == '#' {
				r.skipLine()
			} else {
				r.pos++
			}
			if started {
				return envToken{text: b.Text()}, true, false
			}
		case isQuote(g.r):
			started = true
			if !r.quoted(take) {
				return envToken{}, false, true
			}
		case g.r == '\\':
			started = true
			if r.pos+1 == len(r.glyphs) {
				return envToken{}, false, true
			}
			r.pos++
			take(r.next())
		case isEnvWord(g.r) || 0xC0 <= g.r && g.r <= 0xFF && g.r != 0xD7 && g.r != 0xF7:
			started = true
			take(r.next())
		case started:
			return envToken{text: b.Text()}, true, false
		default:
			take(r.next())
			return envToken{text: b.Text()}, true, false
		}
	}
	return envToken{text: b.Text()}, started, false
}
