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
		n := strings.IndexByte(content[at:], '[')
		if n < 0 {
			return list
		}
		start := lineStart(content, at+n)
		at = lineEnd(content, at+n)
		if line := content[start:at]; strings.Contains(line, "secrets") && secretsHeader().MatchString(line) {
			list = append(list, valuesBelow(content, at)...)
		}
	}
}

// valuesBelow returns the values of the lines behind an offset, up to the next
// header. Of a line without an equals sign all is taken for one: it may be part of
// an array.
func valuesBelow(content string, at int) []Interval {
	var list []Interval
	for at < len(content) {
		at++ // the line end
		end := lineEnd(content, at)
		line := strings.TrimLeft(content[at:end], " \t")
		if strings.HasPrefix(line, "[") {
			return list
		}
		_, value, pair := strings.Cut(line, "=")
		switch {
		case pair:
			start := end - len(strings.TrimLeft(value, " \t"))
			end = tomlEnd(content, start)
			list = append(list, Interval{start, end})
		case !strings.HasPrefix(line, "#"):
			list = append(list, Interval{end - len(line), end})
		}
		at = end
	}
	return list
}

// tomlEnd returns where a value ends that starts at an offset.
func tomlEnd(content string, at int) int {
	if end, ok := longString(content, at); ok {
		return end
	}
	return pairEnd(content, at, true)
}
