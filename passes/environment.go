package passes

import (
	"strings"

	"github.com/runwisp/runwisp/internal/byteset"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// An environment= value is split into tokens by one of two lexers, both of
// Python's shlex: the legacy one up to supervisor 4.3, whose rules count here,
// and the POSIX one from 4.4 on, which is asked only whether it would differ.

// An envToken is a word, or one character that is part of no word.
type envToken struct {
	text  source.Text
	holes []ir.Hole
}

// An envReader reads tokens off the glyphs of a value.
type envReader struct {
	glyphReader
	text  source.Text
	holes []ir.Hole
	cut   source.Span // the first text that was dropped
}

func newEnvReader(t source.Text, holes []ir.Hole) *envReader {
	return &envReader{glyphReader: glyphReader{str: t.String(), ahead: holes}, text: t, holes: holes}
}

// tokens returns the tokens that a lexer reads. The reason is why it refuses the
// value, or "".
func (r *envReader) tokens(next func(*envReader) (envToken, bool, string)) (tokens []envToken, reason string) {
	for {
		tok, ok, reason := next(r)
		if !ok {
			return tokens, reason
		}
		tokens = append(tokens, tok)
	}
}

// unknownPairs is the reason where supervisord may well accept the value.
const unknownPairs = "an expansion stands for whole pairs"

// parseEnvironment reads NAME=VALUE pairs. The reason is supervisord's own and
// "" where it accepts the value. Cut spans the first thing that it drops
// without a word, and is invalid where it drops nothing but commas, also where
// the pairs do not work out then. Where the reason is unknownPairs, it spans the
// expansion.
func parseEnvironment(t source.Text, holes []ir.Hole) (pairs []ir.Pair, cut source.Span, reason string) {
	r := newEnvReader(t, holes)
	tokens, reason := r.tokens((*envReader).legacyToken)
	if reason != "" {
		return nil, source.Span{}, reason
	}
	for i := 2; i < len(tokens); i += 4 { // the values
		tokens[i] = tokens[i].stripQuotes()
	}
	pairs, cut, reason = pairUp(tokens)
	if r.cut.IsValid() {
		cut = r.cut
	}
	return pairs, cut, reason
}

// pairUp makes pairs of tokens: NAME, "=", VALUE, and one token of any kind
// that separates them. The last of two equal names wins, in the place of the
// first. What is returned is that of parseEnvironment.
func pairUp(tokens []envToken) (pairs []ir.Pair, cut source.Span, reason string) {
	index := map[string]int{}
	for i := 0; i < len(tokens); i += 4 {
		named := i+1 < len(tokens) && tokens[i+1].text.String() == "="
		if !named && len(tokens[i].holes) > 0 {
			return nil, tokens[i].text.Span(), unknownPairs
		}
		if i+2 >= len(tokens) || !named {
			return nil, cut, "unexpected end of key/value pairs"
		}
		value := &tokens[i+2]
		p := ir.Pair{Name: tokens[i].text, Value: value.text, Holes: value.holes}
		if at, ok := index[p.Name.String()]; ok {
			pairs[at] = p
		} else {
			index[p.Name.String()] = len(pairs)
			pairs = append(pairs, p)
		}
		if i+3 < len(tokens) && !cut.IsValid() && !separates(tokens[i+3:]) {
			cut = tokens[i+3].text.Span()
		}
	}
	return pairs, cut, ""
}

// separates reports whether the first of the tokens can have been meant to
// separate two pairs: a comma, or a semicolon with another pair behind it.
func separates(rest []envToken) bool {
	switch rest[0].text.String() {
	case ",":
		return true
	case ";":
		return len(rest) > 1
	}
	return false
}

// stripQuotes takes all quotes off both ends, paired or not, as supervisord does
// with values in which the legacy lexer has kept them.
func (tok envToken) stripQuotes() envToken {
	str := tok.text.String()
	left := len(str) - len(strings.TrimLeft(str, `'"`))
	right := max(left, len(strings.TrimRight(str, `'"`)))
	return envToken{text: tok.text.Slice(left, right), holes: holesIn(tok.holes, left, right)}
}

// legacyToken reads the next token of the legacy lexer.
func (r *envReader) legacyToken() (tok envToken, ok bool, reason string) {
	for !r.done() {
		switch g := r.peek(); {
		case isEnvSpace(g.r):
			r.next()
		case g.r == '#':
			r.skipLine()
		case isQuote(g.r):
			return r.legacyQuoted()
		case isEnvWord(g.r):
			return r.legacyWord(), true, ""
		default:
			r.next()
			return r.slice(g.start, g.end), true, ""
		}
	}
	return envToken{}, false, ""
}

// legacyQuoted reads up to the same quote again. There are no escapes, the
// quotes are kept, and the token ends there.
func (r *envReader) legacyQuoted() (envToken, bool, string) {
	open := r.next()
	for !r.done() {
		if g := r.next(); g.r == open.r {
			return r.slice(open.start, g.end), true, ""
		}
	}
	return envToken{}, false, "no closing quotation"
}

// legacyWord reads a word. Quotes inside are plain; a "#" drops the rest of
// the line, and the same word goes on behind it.
func (r *envReader) legacyWord() envToken {
	inWord := func(c rune) bool { return isEnvWord(c) || isQuote(c) }
	var b source.Builder
	var holes []ir.Hole
	for {
		start := r.pos
		for r.at(inWord) {
			r.next()
		}
		piece := r.slice(start, r.pos)
		dropped := r.at(func(c rune) bool { return c == '#' })
		if !dropped && b.Len() == 0 {
			return piece // as nearly always
		}
		holes = append(holes, moveHoles(piece.holes, b.Len())...)
		b.Append(piece.text)
		if !dropped {
			return envToken{text: b.Text(), holes: holes}
		}
		r.skipLine()
	}
}

func moveHoles(holes []ir.Hole, by int) []ir.Hole {
	for i := range holes {
		holes[i].Start += by
		holes[i].End += by
	}
	return holes
}

// skipLine goes on behind the next line feed.
func (r *envReader) skipLine() {
	from := r.pos
	for r.at(func(c rune) bool { return c != '\n' }) {
		r.next()
	}
	if !r.cut.IsValid() {
		r.cut = r.text.SpanOf(from, r.pos)
	}
	if !r.done() {
		r.next()
	}
}

func (r *envReader) slice(start, end int) envToken {
	return envToken{text: r.text.Slice(start, end), holes: holesIn(r.holes, start, end)}
}

func isEnvSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

func isQuote(r rune) bool { return r == '\'' || r == '"' }

// envWord are the bytes for which isEnvWord holds.
var envWord = byteset.Where(func(c byte) bool { return isEnvWord(rune(c)) })

// isEnvWord holds for the characters of an unquoted word.
func isEnvWord(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '-' <= r && r <= ':', r == holeRune: // "-./", digits, ":"
		return true
	}
	return r == '_' || r == '+' || r == '(' || r == ')'
}
