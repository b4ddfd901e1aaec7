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
	r := commandReader{glyphReader: newGlyphReader(t, holes)}
	for {
		w, ok, reason := r.read()
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

// A commandReader reads the words of a command.
type commandReader struct {
	glyphReader
	word word            // the one at hand
	b    strings.Builder // its value
}

// read returns the next word; it reports false at the end of the command.
func (r *commandReader) read() (w word, ok bool, reason string) {
	for r.at(isEnvSpace) {
		r.next()
	}
	if r.done() {
		return word{}, false, ""
	}
	r.word = word{start: r.pos}
	r.b.Reset()
	for !r.done() && !r.at(isEnvSpace) {
		switch g := r.peek(); {
		case isQuote(g.r):
			if !r.quoted(r.take) {
				return word{}, false, "No closing quotation"
			}
		case g.r == '\\':
			r.next()
			if r.done() {
				return word{}, false, "No escaped character"
			}
			r.word.lineBreak = r.word.lineBreak || r.peek().r == '\n'
			r.take(r.next())
		default:
			r.take(r.next())
		}
	}
	r.word.end = r.pos
	r.word.value = r.b.String()
	return r.word, true, ""
}

// take adds a glyph to the word.
func (r *commandReader) take(g glyph) {
	start := r.b.Len()
	r.b.WriteString(r.str[g.start:g.end])
	if g.r == holeRune {
		r.word.holes = append(r.word.holes, wordHole{start: start, end: r.b.Len(), at: g.start})
	}
}
