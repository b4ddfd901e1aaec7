package secret

import (
	"slices"
	"strconv"
	"strings"
)

// minSecret is the length of the shortest text that is looked for: shorter ones
// are found everywhere, and protect nothing.
const minSecret = 3

// A matcher finds any of a set of texts, by their first minSecret bytes.
type matcher map[string][]string

// add adds texts to those that are looked for.
func (m matcher) add(texts ...string) {
	for _, text := range texts {
		if len(text) < minSecret {
			continue
		}
		if head := text[:minSecret]; !slices.Contains(m[head], text) {
			m[head] = append(m[head], text)
		}
	}
}

// find returns where any of the texts stands in s.
func (m matcher) find(s string) []Interval {
	var list []Interval
	for i := 0; len(m) > 0 && i+minSecret <= len(s); i++ {
		for _, text := range m[s[i:i+minSecret]] {
			if strings.HasPrefix(s[i:], text) {
				list = append(list, Interval{i, i + len(text)})
			}
		}
	}
	return list
}

// forms returns a secret as it may be quoted: line by line, without its own
// quotes, with a percent sign for two of them, plain or with escapes.
func forms(value string) []string {
	var list []string
	for line := range strings.FieldsFuncSeq(value, isLineEnd) {
		bare := strings.Trim(line, "\"' \t")
		for _, text := range []string{bare, strings.ReplaceAll(bare, "%%", "%")} {
			escaped := strconv.Quote(text)
			list = append(list, text, escaped[1:len(escaped)-1])
		}
	}
	return list
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

// words returns the parts of a secret that may be quoted where it is malformed,
// or taken apart.
func words(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"',=", r) })
}
