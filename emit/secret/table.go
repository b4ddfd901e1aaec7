package secret

import (
	"regexp"
	"strings"
	"sync"
)

// secretsHeader matches the header of a table of a runwisp.toml that holds
// nothing but secrets.
var secretsHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*\[[^\[\]=\r\n]*\.[ \t]*["']?secrets["']?[ \t]*\]`)
})

// tableValues returns the values in tables of secrets.
func tableValues(content string) []Interval {
	if !strings.Contains(content, "secrets") {
		return nil // as nearly always: the pattern is slow to make and to match
	}
	var list []Interval
	for _, m := range secretsHeader().FindAllStringIndex(content, -1) {
		list = append(list, valuesBelow(content, lineEnd(content, m[1]))...)
	}
	return list
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
