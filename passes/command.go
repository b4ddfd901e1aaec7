package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// A word is one argument of a command.
type word struct {
	start, end int // in the text, quotes included
	value      string
	holes      []wordHole // the expansions that are left in place in it
	lineBreak  bool       // it holds a line feed behind a backslash
}

// A wordHole is a hole in the value of a word.
type wordHole struct {
	start, end int // in the value
	at         int // where the hole starts in the text
}

// splitCommand splits a command into arguments as supervisord does, which is
// what Python's shlex.split does: much like a POSIX shell, but nothing is
// expanded and every character outside quotes is plain. The reason is "" where
// the command can be split.
func splitCommand(t source.Text, holes []ir.Hole) (words []word, reason string) {
	r := commandReader{glyphs: glyphs(t, holes), text: t.String()}
	for {
		w, ok, reason := r.word()
		if reason != "" {
			return words, reason
		}
		if !ok {
			return words, ""
		}
		words = append(words, w)
	}
}

// Argv returns the arguments of a command, or nil where it cannot be split.
func Argv(command *ir.Setting) []string {
	words, reason := splitCommand(command.Text, command.Holes)
	if reason != "" {
		return nil
	}
	argv := make([]string, 0, len(words))
	for _, w := range words {
		argv = append(argv, w.value)
	}
	return argv
}

type commandReader struct {
	text   string
	glyphs []glyph
	pos    int
}

func (r *commandReader) word() (w word, ok bool, reason string) {
	for r.pos < len(r.glyphs) && isEnvSpace(r.glyphs[r.pos].r) {
		r.pos++
	}
	if r.pos == len(r.glyphs) {
		return word{}, false, ""
	}
	w.start = r.glyphs[r.pos].start
	var b strings.Builder
	for r.pos < len(r.glyphs) && !isEnvSpace(r.glyphs[r.pos].r) {
		switch g := r.glyphs[r.pos]; {
		case isQuote(g.r):
			if !r.quoted(&b, &w) {
				return w, false, "No closing quotation"
			}
		case g.r == '\\':
			r.pos++
			if r.pos == len(r.glyphs) {
				return w, false, "No escaped character"
			}
			w.lineBreak = w.lineBreak || r.glyphs[r.pos].r == '\n'
			r.take(&b, &w)
		default:
			r.take(&b, &w)
		}
	}
	w.end = r.glyphs[r.pos-1].end
	w.value = b.String()
	return w, true, ""
}

// quoted reads a quoted piece. In double quotes a backslash escapes a double
// quote and itself, and stays before anything else.
func (r *commandReader) quoted(b *strings.Builder, w *word) bool {
	quote := r.glyphs[r.pos].r
	for r.pos++; r.pos < len(r.glyphs); {
		g := r.glyphs[r.pos]
		if g.r == quote {
			r.pos++
			return true
		}
		if quote == '"' && g.r == '\\' && r.pos+1 < len(r.glyphs) {
			if next := r.glyphs[r.pos+1].r; next == '"' || next == '\\' {
				r.pos++
			}
		}
		r.take(b, w)
	}
	return false
}

// take adds the glyph at hand to the word.
func (r *commandReader) take(b *strings.Builder, w *word) {
	g := r.glyphs[r.pos]
	start := b.Len()
	b.WriteString(r.text[g.start:g.end])
	if g.r == holeRune {
		w.holes = append(w.holes, wordHole{start: start, end: b.Len(), at: g.start})
	}
	r.pos++
}
