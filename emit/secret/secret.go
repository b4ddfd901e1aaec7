// Package secret finds what looks like a password or a key in configurations,
// so that reports can mask it.
package secret

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// nextPair matches what stands between two pairs of a list, or ends it.
var nextPair = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^,(?:\s*[\w.-]+\s*=|[ \t]*[\r\n]|[ \t]*$)`)
})

// Find returns what is to be masked in content, in order: values behind names
// that promise a secret, those in tables of secrets, and passwords in URLs. The
// end of a value that spans lines is found by extent: from the offset of a line
// to the offset at which the last line ends that may be part of its value.
func Find(content string, extent func(line int) int) []Interval {
	var list []Interval
	for _, v := range Merge(slices.Concat(namedValues(content, extent), tableValues(content), urlPasswords(content))) {
		list = append(list, bareParts(content, v)...)
	}
	return list
}

// InText returns what is to be masked in a text that is no configuration, but
// may quote one.
func InText(text string) []Interval {
	return Find(text, func(int) int { return len(text) })
}

// namedValues returns the values behind names that promise a secret.
func namedValues(content string, extent func(line int) int) []Interval {
	var list []Interval
	names := newNames(content)
	line, last := Interval{End: -1}, 0 // of the last name, and the end of its extent
	for at := 0; ; {
		name, value, ok := names.next(at)
		if !ok {
			return list
		}
		if name > line.End {
			line = Interval{lineStart(content, name), lineEnd(content, name)}
			last = extent(line.Start)
		}
		end, long := longString(content, value)
		if lead := content[line.Start:name]; !long && startsOption(lead) {
			end = max(last, value)
		} else if !long {
			end = partEnd(content[:max(last, value)], name, value, inList(lead))
		}
		if end > value {
			list = append(list, Interval{value, end})
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
// offset: quotes may hold anything, line ends included, and in a list a blank
// does not end it.
func pairEnd(content string, at int, list bool) int {
	for at < len(content) {
		switch c := content[at]; {
		case c == '\n' || c == '\r' || !list && isBlank(c):
			return at
		case c == '\\':
			at += escapedBlanks(content[at+1:])
		case c == ',' && nextPair().MatchString(content[at:]):
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

// escapedBlanks returns the length of the blank behind a backslash, which ends
// no value, or of the line end with what the next line is indented by.
func escapedBlanks(text string) int {
	if text == "" || isBlank(text[0]) {
		return min(1, len(text))
	}
	return len(text) - len(trimBlanks(text))
}

// partEnd returns where a value ends that is a part of an option: with the quote
// that opens right before its name, as in "--password=several words", or as one
// of pairs.
func partEnd(option string, name, value int, list bool) int {
	if quote := option[max(0, name-1):name]; quote != "" && strings.Contains(quotes, quote) {
		n := strings.Index(option[value:], quote)
		alone := strings.Contains(option[name:value], quote) // only the name is in quotes
		if n >= 0 && !alone {
			return value + n
		}
	}
	return pairEnd(option, value, list)
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

// continued finds the extent of an option of an INI file: indented lines
// continue it.
func continued(content string) func(int) int {
	known := Interval{End: -1} // lines with the same extent
	return func(line int) int {
		if known.Start <= line && line <= known.End {
			return known.End
		}
		end := lineEnd(content, line)
		for {
			next := end + len(content[end:]) - len(strings.TrimLeft(content[end:], "\r\n"))
			if next == len(content) || !isBlank(content[next]) {
				known = Interval{line, end}
				return end
			}
			end = lineEnd(content, next)
		}
	}
}
