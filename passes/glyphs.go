package passes

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir"
)

// A glyph is one character of an expanded value, or one hole in it. What
// supervisord will fill into a hole is not known, so every lexer takes it for
// a letter.
type glyph struct {
	start, end int
	r          rune // holeRune for a hole
}

// holeRune stands for a hole. It is no character.
const holeRune rune = -1

// anyLetter is written for a hole where a character is needed.
const anyLetter = 'x'

// A glyphReader goes through the glyphs of a value.
type glyphReader struct {
	str   string
	pos   int       // offset of the glyph at hand
	ahead []ir.Hole // the holes at pos and behind
}

func (r *glyphReader) done() bool { return r.pos == len(r.str) }

// peek returns the glyph at hand. There must be one.
func (r *glyphReader) peek() glyph {
	if len(r.ahead) > 0 && r.ahead[0].Start == r.pos {
		return glyph{start: r.pos, end: r.ahead[0].End, r: holeRune}
	}
	c, size := rune(r.str[r.pos]), 1
	if c >= utf8.RuneSelf {
		c, size = utf8.DecodeRuneInString(r.str[r.pos:])
	}
	return glyph{start: r.pos, end: r.pos + size, r: c}
}

// at reports whether there is a glyph at hand for which f holds.
func (r *glyphReader) at(f func(rune) bool) bool { return !r.done() && f(r.peek().r) }

// next returns the glyph at hand and goes on.
func (r *glyphReader) next() glyph {
	g := r.peek()
	if g.r == holeRune {
		r.ahead = r.ahead[1:]
	}
	r.pos = g.end
	return g
}

// quoted reads a quoted piece as Python's shlex does in its POSIX mode, and hands
// its glyphs to take. In double quotes a backslash escapes a double quote and itself, and
// stays before anything else. It reports whether the quote is closed.
func (r *glyphReader) quoted(take func(glyph)) bool {
	quote := r.next().r
	for !r.done() {
		g := r.next()
		if g.r == quote {
			return true
		}
		if quote == '"' && g.r == '\\' && r.at(func(c rune) bool { return c == '"' || c == '\\' }) {
			g = r.next()
		}
		take(g)
	}
	return false
}

// withLetters returns a text with a letter in place of each hole.
func withLetters(text string, holes []ir.Hole) string {
	return replaceHoles(text, holes, func(ir.Hole) string { return string(anyLetter) })
}

// replaceHoles returns a text with another in place of each hole.
func replaceHoles(text string, holes []ir.Hole, replacement func(ir.Hole) string) string {
	var b strings.Builder
	b.Grow(len(text))
	from := 0
	for _, h := range holes {
		b.WriteString(text[from:h.Start])
		b.WriteString(replacement(h))
		from = h.End
	}
	b.WriteString(text[from:])
	return b.String()
}

// holesIn returns the holes that lie in [start, end), moved to its start.
func holesIn(holes []ir.Hole, start, end int) []ir.Hole {
	first := sort.Search(len(holes), func(i int) bool { return holes[i].Start >= start })
	var out []ir.Hole
	for _, h := range holes[first:] {
		if h.End > end {
			break
		}
		h.Start -= start
		h.End -= start
		out = append(out, h)
	}
	return out
}
