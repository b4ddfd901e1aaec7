package secret

import (
	"regexp"
	"strings"
	"sync"
)

// secretsHeader matches the header of a table of a runwisp.toml that holds
// nothing but secrets.
var secretsHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*\[[^\[\]=]*\.[ \t]*["']?secrets["']?[ \t]*\]`)
})

// tableValues returns the values in tables of secrets. Only lines that name them
// are matched: the pattern is slow to make and to match.
func tableValues(content string) []Interval {
	var list []Interval
	for at := 0; ; {
		n := strings.Index(content[at:], "secrets")
		if n < 0 {
			return list
		}
		start := lineStart(content, at+n)
		at = lineEnd(content, at+n)
		if secretsHeader().MatchString(content[start:at]) {
			list = append(list, valuesBelow(content, at)...)
		}
	}
}

// valuesBelow returns the values of the lines behind an offset, up to the next
// header.
func valuesBelow(content string, at int) []Interval {
	var list []Interval
	for at < len(content) {
		at++ // the line end
		end := lineEnd(content, at)
		line := content[at:end]
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "[") {
			return list
		}
		if n := strings.IndexByte(line, '='); n >= 0 {
			start := at + n + 1
			start += len(content[start:end]) - len(strings.TrimLeft(content[start:end], " \t"))
			end = pairEnd(content, start, true)
			list = append(list, Interval{start, end})
		}
		at = end
	}
	return list
}
