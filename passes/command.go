package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
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

// Argv returns the arguments of a command, or nil where it cannot be split.
func Argv(command *ir.Setting) []string {
	argv := []string{}
	r := newCommandReader(command.Text.String(), command.Holes)
	for r.nextWord() {
		argv = append(argv, r.word.value)
	}
	if r.reason != "" {
		return nil
	}
	return argv
}

// A commandReader reads the words of a command one by one: there may be any
// number of them.
type commandReader struct {
	glyphReader
	word   word            // the one at hand
	b      strings.Builder // its value
	reason string          // why the command cannot be split here, or ""
}

// newCommandReader returns a reader of the words into which supervisord splits a
// command. That is what Python's shlex.split does: much like a POSIX shell, but
// nothing is expanded and every character outside quotes is plain.
func newCommandReader(command string, holes []ir.Hole) commandReader {
	return commandReader{glyphReader: glyphReader{str: command, ahead: holes}}
}

// nextWord goes to the next word. It reports false at the end of the command, or
// where it cannot be split any further for a reason.
func (r *commandReader) nextWord() bool {
	r.pos = skipBlanks(r.str, r.pos)
	if r.done() {
		return false
	}
	if !r.plainWord() {
		r.reason = r.read()
	}
	return r.reason == ""
}

// plainWord reads the word at hand if every character of it is plain, as in
// most words. Its value is the text as it stands, holes included.
func (r *commandReader) plainWord() bool {
	ahead, end := r.ahead, r.pos
	for end < len(r.str) && !isEnvSpace(rune(r.str[end])) {
		switch c := r.str[end]; {
		case len(ahead) > 0 && ahead[0].Start == end:
			end, ahead = ahead[0].End, ahead[1:]
			continue
		case c == '"' || c == '\'' || c == '\\':
			return false
		}
		end++
	}
	r.word = word{start: r.pos, end: end, value: r.str[r.pos:end]}
	if n := len(r.ahead) - len(ahead); n > 0 {
		r.word.holes = make([]wordHole, 0, n)
		for _, h := range r.ahead[:n] {
			r.word.holes = append(r.word.holes, wordHole{start: h.Start - r.pos, end: h.End - r.pos, at: h.Start})
		}
	}
	r.pos, r.ahead = end, ahead
	return true
}

// Why supervisord cannot split a command, in its own words.
const (
	noClosing = "No closing quotation"
	noEscaped = "No escaped character"
)

// longWord is a length in bytes that few words exceed.
const longWord = 64

// read reads the word at hand. It returns why it cannot be read, or "".
func (r *commandReader) read() (reason string) {
	r.word = word{start: r.pos}
	r.b.Reset()
	r.b.Grow(min(len(r.str)-r.pos, longWord))
	for !r.done() && !r.at(isEnvSpace) {
		switch g := r.peek(); {
		case isQuote(g.r):
			if !r.quoted(r.take) {
				return noClosing
			}
		case g.r == '\\':
			r.next()
			if r.done() {
				return noEscaped
			}
			r.word.lineBreak = r.word.lineBreak || r.peek().r == '\n'
			r.take(r.next())
		default:
			r.take(r.next())
		}
	}
	r.word.end = r.pos
	r.word.value = r.b.String()
	return ""
}

// take adds a glyph to the word.
func (r *commandReader) take(g glyph) {
	start := r.b.Len()
	r.b.WriteString(r.str[g.start:g.end])
	if g.r == holeRune {
		r.word.holes = append(r.word.holes, wordHole{start: start, end: r.b.Len(), at: g.start})
	}
}
