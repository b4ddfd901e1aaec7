package html

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// An interval is a half-open range of bytes of a text.
type interval struct{ start, end int }

func (v interval) overlaps(w interval) bool { return v.start < w.end && w.start < v.end }

// secretName matches a name that promises a secret, up to where its value
// starts. Both syntaxes are searched by it, comments and malformed lines too:
// it is better to mask too much than too little.
var secretName = regexp.MustCompile(
	`(?i)[\w.-]*(?:PASSWORD|PASSWD|SECRET|TOKEN|KEY|CREDENTIAL)[\w.-]*["']?[ \t]*[=:][ \t]*`)

// nextPair matches what stands between two pairs of a list, or ends it.
var nextPair = regexp.MustCompile(`^,(?:\s*[\w.-]+\s*=|[ \t]*[\r\n]|[ \t]*$)`)

// secrets returns the values in content that are to be masked, in order. The
// end of a value that spans lines is found by extent: from the offset of a line
// to the offset at which the last line ends that may be part of its value.
func secrets(content string, extent func(line int) int) []interval {
	var list []interval
	line, last := interval{end: -1}, 0 // of the last name, and the end of its extent
	for at := 0; ; {
		match := secretName.FindStringIndex(content[at:])
		if match == nil {
			return list
		}
		name, value := at+match[0], at+match[1]
		if name > line.end {
			line = interval{lineStart(content, name), lineEnd(content, name)}
			last = extent(line.start)
		}
		end := max(last, value)
		if lead := content[line.start:name]; !startsOption(lead) {
			end = pairEnd(content[:end], value, inList(lead))
		}
		if end > value {
			list = append(list, interval{value, end})
		}
		at = max(end, value)
	}
}

// startsOption reports whether a name behind lead is the key of a line, which
// may be commented out. Indented lines continue another.
func startsOption(lead string) bool {
	return lead == "" || !isBlank(lead[0]) && strings.Trim(lead, ";#\"' \t") == ""
}

// inList reports whether a name behind lead is one of a list of pairs, in which
// blanks do not end a value; in a command they do.
func inList(lead string) bool {
	lead = strings.TrimRight(lead, " \t")
	return lead == "" || strings.HasSuffix(lead, ",") || strings.HasSuffix(lead, "=") || strings.HasSuffix(lead, ":")
}

// pairEnd returns where the value of a pair ends that starts at the given
// offset: quotes may hold anything, line ends included.
func pairEnd(content string, at int, list bool) int {
	for at < len(content) {
		switch c := content[at]; {
		case c == '\n' || c == '\r' || !list && isBlank(c):
			return at
		case c == ',' && nextPair.MatchString(content[at:]):
			return at
		case c == '"' || c == '\'':
			n := strings.IndexByte(content[at+1:], c)
			if n < 0 {
				return len(content)
			}
			at += n + 1
		}
		at++
	}
	return at
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// lineStart returns where the line of an offset starts.
func lineStart(content string, at int) int {
	return strings.LastIndexAny(content[:at], "\r\n") + 1
}

// lineEnd returns where the line of an offset ends.
func lineEnd(content string, at int) int {
	if n := strings.IndexAny(content[at:], "\r\n"); n >= 0 {
		return at + n
	}
	return len(content)
}

// iniExtent finds the end of an option: indented lines continue it.
func iniExtent(content string) func(int) int {
	return func(line int) int {
		end := lineEnd(content, line)
		for {
			next := end + len(content[end:]) - len(strings.TrimLeft(content[end:], "\r\n"))
			if next == len(content) || !isBlank(content[next]) {
				return end
			}
			end = lineEnd(content, next)
		}
	}
}

// extent finds the end of an entry.
func (t *tomlFile) extent(line int) int {
	text, start := t.Line(t.last[t.LineNumber(int32(line))])
	return int(start) + len(text)
}

// within returns the parts of intervals, which are in order, that lie inside v,
// relative to it.
func within(list []interval, v interval) []interval {
	first := sort.Search(len(list), func(i int) bool { return list[i].end > v.start })
	var inside []interval
	for _, w := range list[first:] {
		if !v.overlaps(w) {
			break
		}
		inside = append(inside, interval{max(w.start, v.start) - v.start, min(w.end, v.end) - v.start})
	}
	return inside
}

// minSecret is the length of the shortest value that is looked for elsewhere:
// shorter ones are found everywhere, and protect nothing.
const minSecret = 3

// secretTexts returns the masked values that a text about a span may quote: in
// whole those on the lines that it touches, and in parts those inside it.
func secretTexts(masked []interval, span source.Span) []string {
	content := span.File.Content
	bytes := interval{int(span.Start), int(span.End)}
	lines := interval{lineStart(content, bytes.start), lineEnd(content, bytes.end)}
	var texts []string
	for _, v := range within(masked, lines) {
		for line := range strings.FieldsFuncSeq(content[lines.start+v.start:lines.start+v.end], isLineEnd) {
			texts = append(texts, forms(line)...)
		}
	}
	for _, v := range within(masked, bytes) {
		texts = append(texts, words(content[bytes.start+v.start:bytes.start+v.end])...)
	}
	slices.Sort(texts)
	return slices.DeleteFunc(slices.Compact(texts), func(s string) bool { return len(s) < minSecret })
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

// forms returns a value as it may be quoted: without its own quotes, plain or
// with escapes.
func forms(value string) []string {
	bare := strings.Trim(value, "\"' \t")
	escaped := strconv.Quote(bare)
	return []string{bare, escaped[1 : len(escaped)-1]}
}

// words returns the parts of a value that may be quoted where it is malformed.
func words(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"',=", r) })
}

// occurrences returns where any of the texts stands in s, in order and without
// overlap.
func occurrences(s string, texts []string) []interval {
	var list []interval
	for _, text := range texts {
		for at := 0; ; at += len(text) {
			n := strings.Index(s[at:], text)
			if n < 0 {
				break
			}
			at += n
			list = append(list, interval{at, at + len(text)})
		}
	}
	return merge(list)
}

// merge sorts intervals and joins those that touch.
func merge(list []interval) []interval {
	slices.SortFunc(list, func(v, w interval) int { return v.start - w.start })
	var merged []interval
	for _, v := range list {
		if n := len(merged); n > 0 && v.start <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, v.end)
			continue
		}
		merged = append(merged, v)
	}
	return merged
}
