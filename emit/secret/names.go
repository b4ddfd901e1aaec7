package secret

import (
	"slices"
	"strings"
)

// keywords promise a secret where they occur in a name, in any case. Both
// syntaxes are searched by them, comments and malformed lines too: it is
// better to mask too much than too little.
var keywords = []string{"pass", "pwd", "secret", "token", "key", "credential", "auth", "webhook"}

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
	for at := n.keyword(from); at >= 0; at = n.keyword(from) {
		name, end := n.word(at, from)
		if value, ok := n.valueBehind(name, end); ok {
			return name, value, true
		}
		from = end
	}
	return 0, 0, false
}

// keyword returns where the first keyword at or behind an offset is, or -1.
func (n *names) keyword(from int) int {
	first := -1
	for i := range n.found {
		if n.found[i] >= 0 && n.found[i] < from {
			n.found[i] = n.index(i, from)
		}
		if at := n.found[i]; at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
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
// the name, and an equals sign or a colon follows. Behind a flag, and behind the
// first word of a line, a blank is enough.
func (n *names) valueBehind(name, end int) (int, bool) {
	rest, quoted, dotted := n.content[end:], false, n.content[end-1] == '.'
	if !dotted {
		rest, quoted = closingQuote(rest)
	}
	if word, ok := wordBehind(rest, quoted); ok && n.startsPair(name, word) {
		return len(n.content) - len(word), true
	}
	rest = keyRest(rest, dotted)
	if rest == "" || rest[0] != '=' && rest[0] != ':' {
		return 0, false
	}
	return len(n.content) - len(trimBlanks(rest[1:])), true
}

// startsPair reports whether a name needs no sign between it and a word: a flag,
// or the key of a line whose sign was forgotten.
func (n *names) startsPair(name int, word string) bool {
	startsLine := name == 0 || isLineEnd(rune(n.content[name-1]))
	return n.content[name] == '-' || startsLine && word[0] != '.'
}

// closingQuote steps over the quote that closes a name, which may be escaped.
func closingQuote(rest string) (behind string, quoted bool) {
	bare := strings.TrimLeft(rest, `\`)
	if bare == "" || !strings.Contains(quotes, bare[:1]) {
		return rest, false
	}
	return bare[1:], true
}

// wordBehind returns what starts with the word that follows a name, if one does
// that is no flag itself. Only a name without quotes looks for it in the next
// line.
func wordBehind(rest string, quoted bool) (word string, ok bool) {
	word = trimBlanks(rest)
	if quoted {
		word = strings.TrimLeft(rest, " \t")
	}
	return word, len(word) < len(rest) && word != "" && !strings.ContainsAny(word[:1], "-=:\r\n")
}

// trimBlanks leaves out the blanks at the start of a text, with the line ends
// among them where an indented line follows, which continues the one before.
func trimBlanks(text string) string {
	for {
		text = strings.TrimLeft(text, " \t")
		next := strings.TrimLeft(text, "\r\n")
		if len(next) == len(text) || next == "" || !isBlank(next[0]) {
			return text
		}
		text = next
	}
}

// keyRest steps over the part of a dotted key that is no part of its name,
// because it is in quotes or behind blanks, and over the blanks around it.
func keyRest(rest string, dotted bool) string {
	rest = strings.TrimLeft(rest, " \t")
	if !dotted && !strings.HasPrefix(rest, ".") {
		return rest
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "."), " \t")
	return strings.TrimLeft(rest[keyLength(rest):], " \t")
}

// keyLength returns the length of a part of a key.
func keyLength(text string) int {
	if text != "" && strings.Contains(quotes, text[:1]) {
		return strings.IndexByte(text[1:], text[0]) + 2
	}
	return len(text) - len(strings.TrimLeftFunc(text, func(r rune) bool { return r < 0x80 && isNameByte(byte(r)) }))
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '-'
}
