package secret

import (
	"slices"
	"strings"
)

// keywords promise a secret where they occur in a name, in any case. Both
// syntaxes are searched by them, comments and malformed lines too: it is
// better to mask too much than too little.
var keywords = []string{"pass", "pwd", "secret", "token", "key", "credential"}

// isName reports whether a name promises a secret.
func isName(name string) bool {
	lower := asciiLower(name)
	return slices.ContainsFunc(keywords, func(k string) bool { return strings.Contains(lower, k) })
}

// names goes through the names in a text that promise a secret and have a
// value behind them.
type names struct {
	content string
	lower   string // the same bytes, with ASCII letters in lower case
	found   []int  // where each keyword occurs next; -1 where it does not
}

func newNames(content string) *names {
	n := &names{content: content, lower: asciiLower(content), found: make([]int, len(keywords))}
	for i := range n.found {
		n.found[i] = n.index(i, 0)
	}
	return n
}

// asciiLower keeps every offset, unlike strings.ToLower.
func asciiLower(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// index returns where a keyword occurs at or behind an offset, or -1.
func (n *names) index(keyword, from int) int {
	if i := strings.Index(n.lower[from:], keywords[keyword]); i >= 0 {
		return from + i
	}
	return -1
}

// next returns where the next name at or behind an offset starts, and where
// its value does.
func (n *names) next(from int) (name, value int, ok bool) {
	for {
		at := -1
		for i, found := range n.found {
			if found >= 0 && found < from {
				n.found[i] = n.index(i, from)
			}
			if found := n.found[i]; found >= 0 && (at < 0 || found < at) {
				at = found
			}
		}
		if at < 0 {
			return 0, 0, false
		}
		name, end := n.word(at, from)
		if value, ok := n.valueBehind(name, end); ok {
			return name, value, true
		}
		from = end
	}
}

// word returns the bounds of the name around an offset.
func (n *names) word(at, from int) (start, end int) {
	start, end = at, at
	for start > from && isNameByte(n.content[start-1]) {
		start--
	}
	for end < len(n.content) && isNameByte(n.content[end]) {
		end++
	}
	return start, end
}

// valueBehind returns where the value behind a name starts: a quote may close
// the name, and an equals sign or a colon follows; behind a "--flag" a blank is
// enough.
func (n *names) valueBehind(name, end int) (int, bool) {
	rest := n.content[end:]
	if value, ok := wordBehind(rest); ok && strings.HasPrefix(n.content[name:], "--") {
		return end + value, true
	}
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		rest = rest[1:]
	}
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" || rest[0] != '=' && rest[0] != ':' {
		return 0, false
	}
	return len(n.content) - len(strings.TrimLeft(rest[1:], " \t")), true
}

// wordBehind returns where the word starts that follows a flag, if one does that
// is no flag itself.
func wordBehind(rest string) (int, bool) {
	word := strings.TrimLeft(rest, " \t")
	blanks := len(rest) - len(word)
	return blanks, blanks > 0 && word != "" && !strings.ContainsAny(word[:1], "-=:\r\n")
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '-'
}
