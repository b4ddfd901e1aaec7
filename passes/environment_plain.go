package passes

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/byteset"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// maxPlainPairs is how many pairs a plain environment has at most: each is
// compared with all others.
const maxPlainPairs = 32

// plainPairs reads an environment that is nothing but pairs as nearly everybody
// writes them, NAME=word or NAME="text", with commas between. It reports false
// for any other, which parseEnvironment has to read.
func (a *arena) plainPairs(t source.Text) ([]ir.Pair, bool) {
	s := t.String()
	count := strings.Count(s, "=")
	if count > maxPlainPairs {
		return nil, false
	}
	pairs := a.pairs.take(count)[:0]
	for pos := skipBlanks(s, 0); pos < len(s); pos = skipBlanks(s, pos+1) {
		nameEnd := wordEnd(s, pos)
		value := nameEnd + 1
		if nameEnd == pos || nameEnd == len(s) || s[nameEnd] != '=' {
			return nil, false
		}
		valueEnd := wordEnd(s, value)
		next := valueEnd
		if value < len(s) && s[value] == '"' {
			value++
			valueEnd = value + strings.IndexByte(s[value:], '"')
			next = valueEnd + 1
		}
		if valueEnd < value || next == value || !envQuoted.HasAll(s[value:valueEnd]) {
			return nil, false // no closing quote, no value, or not everybody reads it alike
		}
		p := ir.Pair{Name: t.Slice(pos, nameEnd), Value: t.Slice(value, valueEnd)}
		if slices.ContainsFunc(pairs, func(q ir.Pair) bool { return q.Name.String() == p.Name.String() }) {
			return nil, false
		}
		pairs = append(pairs, p)
		if pos = skipBlanks(s, next); pos < len(s) && s[pos] != ',' {
			return nil, false
		}
	}
	return pairs, true
}

// envQuoted are the bytes that mean nothing to any of supervisord's lexers between
// double quotes.
var envQuoted = byteset.Where(func(c byte) bool { return c != '"' && c != '\'' && c != '\\' && c != '#' })

// skipBlanks returns where the white space at pos ends.
func skipBlanks(s string, pos int) int {
	for pos < len(s) && isEnvSpace(rune(s[pos])) {
		pos++
	}
	return pos
}

// wordEnd returns where the unquoted word at pos ends.
func wordEnd(s string, pos int) int {
	for pos < len(s) && envWord.Has(s[pos]) {
		pos++
	}
	return pos
}
