package lexer_test

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// spaces are the white space of Python's str.strip and str.isspace.
const spaces = "\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680" +
	"\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

var (
	lineRule   = regexp.MustCompile(`[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+`)
	headerRule = regexp.MustCompile(`(?s)^\[(.+)\](.*)$`)
	optionRule = regexp.MustCompile(`(?s)^(.*?)[` + spaces + `]*([=:])(.*)$`)
)

// A model reads a file by the rules of supervisord's reader, a line at a time
// and with regular expressions. It is as plain and as slow as the rules.
type model struct {
	section bool // a header was met
	key     bool // there is a value that a deeper line continues
	level   int
	tokens  []string
}

// modelTokens returns the tokens of a text as "KIND TEXT", white space left
// out.
func modelTokens(text string) []string {
	m := model{}
	if rest, ok := strings.CutPrefix(text, "\uFEFF"); ok {
		m.add("BOM", "\uFEFF")
		text = rest
	}
	for _, line := range lineRule.FindAllString(text, -1) {
		body := strings.TrimRight(line, "\r\n")
		m.line(body)
		if body != line {
			m.add("Newline", line[len(body):])
		}
	}
	return m.tokens
}

func (m *model) add(kind, text string) { m.tokens = append(m.tokens, kind+" "+text) }

func (m *model) line(line string) {
	cut := modelCut(line)
	if content := strings.Trim(line[:cut], spaces); content != "" {
		before := line[:len(line)-len(strings.TrimLeft(line, spaces))]
		m.content(content, utf8.RuneCountInString(before))
	}
	if cut < len(line) {
		m.add("Comment", line[cut:])
	}
}

func (m *model) content(content string, indent int) {
	if m.key && indent > m.level {
		m.add("Continuation", content)
		return
	}
	m.level = indent
	header, option := headerRule.FindStringSubmatch(content), optionRule.FindStringSubmatch(content)
	switch {
	case header != nil:
		m.section, m.key = true, false
		m.add("Open", "[")
		m.add("Name", header[1])
		m.add("Close", "]")
		if junk := strings.Trim(header[2], spaces); junk != "" {
			m.add("Junk", junk)
		}
	case !m.section || option == nil:
		m.add("Bad", content)
	case option[1] == "":
		m.key = false
		m.add("Bad", content)
	default:
		m.key = true
		m.add("Key", option[1])
		m.add("Delim", option[2])
		m.add("Value", strings.Trim(option[3], spaces))
	}
}

// modelCut returns where the comment of a line starts: in the first round, of
// the first sign of each kind, then of the second of each, that has one in a
// good place.
func modelCut(line string) int {
	body := len(line) - len(strings.TrimLeft(line, spaces))
	if strings.HasPrefix(line[body:], ";") || strings.HasPrefix(line[body:], "#") {
		return body
	}
	semicolons, hashes := indexes(line, ";"), indexes(line, "#")
	for round := range max(len(semicolons), len(hashes)) {
		cut := len(line)
		for _, places := range [][]int{semicolons, hashes} {
			if round < len(places) && isSpaceBefore(line, places[round]) {
				cut = min(cut, places[round])
			}
		}
		if cut < len(line) {
			return cut
		}
	}
	return len(line)
}

func indexes(s, sign string) []int {
	var all []int
	for i := range s {
		if strings.HasPrefix(s[i:], sign) {
			all = append(all, i)
		}
	}
	return all
}

func isSpaceBefore(line string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(line[:i])
	return i == 0 || strings.ContainsRune(spaces, r)
}
