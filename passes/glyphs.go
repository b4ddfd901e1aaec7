package passes

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
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

// glyphs cuts a value into characters and holes.
func glyphs(t source.Text, holes []ir.Hole) []glyph {
	str := t.String()
	out := make([]glyph, 0, len(str))
	for i := 0; i < len(str); {
		if len(holes) > 0 && holes[0].Start == i {
			out = append(out, glyph{start: i, end: holes[0].End, r: holeRune})
			i = holes[0].End
			holes = holes[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(str[i:])
		out = append(out, glyph{start: i, end: i + size, r: r})
		i += size
	}
	return out
}

// A glyphReader goes through the glyphs of a value.
type glyphReader struct {
	glyphs []glyph
	pos    int
}

func newGlyphReader(t source.Text, holes []ir.Hole) glyphReader {
	return glyphReader{glyphs: glyphs(t, holes)}
}

// next returns the glyph at hand and goes on.
func (r *glyphReader) next() glyph {
	r.pos++
	return r.glyphs[r.pos-1]
}

// quoted reads a quoted piece as a POSIX shell does and hands its glyphs to
// take. In double quotes a backslash escapes a double quote and itself, and
// stays before anything else. It reports whether the quote is closed.
func (r *glyphReader) quoted(take func(glyph)) bool {
	quote := r.next().r
	for r.pos < len(r.glyphs) {
		g := r.next()
		if g.r == quote {
			return true
		}
		if quote == '"' && g.r == '\\' && r.pos < len(r.glyphs) {
			if after := r.glyphs[r.pos].r; after == '"' || after == '\\' {
				g = r.next()
			}
		}
		take(g)
	}
	return false
}

// withLetters returns a text with a letter in place of each hole.
func withLetters(text string, holes []ir.Hole) string {
	var b strings.Builder
	from := 0
	for _, h := range holes {
		b.WriteString(text[from:h.Start] + "x")
		from = h.End
	}
	return b.String() + text[from:]
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
