package secret

import (
	"slices"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// minSecret is the length of the shortest text that is looked for: shorter ones
// are found everywhere, and protect nothing.
const minSecret = 3

// A matcher finds any of a set of texts in a time that hardly depends on how
// many they are.
type matcher struct {
	texts map[string]bool
	// heads are the first minSecret bytes of the texts, lengths how long the
	// texts are: a place is looked up only where a text may start.
	heads   map[string]bool
	lengths []int
}

func newMatcher() *matcher {
	return &matcher{texts: map[string]bool{}, heads: map[string]bool{}}
}

// add adds texts to those that are looked for.
func (m *matcher) add(texts ...string) {
	for _, text := range texts {
		if len(text) < minSecret || m.texts[text] {
			continue
		}
		m.texts[text] = true
		m.heads[text[:minSecret]] = true
		if !slices.Contains(m.lengths, len(text)) {
			m.lengths = append(m.lengths, len(text))
		}
	}
}

// addOutside adds the secrets of a text from elsewhere than the source.
func (m *matcher) addOutside(o diag.Outside) {
	if isName(o.Name) {
		m.add(forms(o.Text)...)
		return
	}
	for _, v := range InText(o.Text) {
		m.add(forms(o.Text[v.Start:v.End])...)
	}
}

// find returns where any of the texts stands in s.
func (m *matcher) find(s string) []Interval {
	var list []Interval
	for i := 0; len(m.texts) > 0 && i+minSecret <= len(s); i++ {
		if !m.heads[s[i:i+minSecret]] {
			continue
		}
		for _, n := range m.lengths {
			if i+n <= len(s) && m.texts[s[i:i+n]] {
				list = append(list, Interval{i, i + n})
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
