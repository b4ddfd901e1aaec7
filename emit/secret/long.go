package secret

import "strings"

// longQuotes open and close the strings of TOML that may hold line ends.
var longQuotes = [...]string{`"""`, "'''"}

// longString returns where the long string ends that starts at an offset, behind
// an equals sign; ok is false if none does. One that nothing closes holds the
// rest of the file.
func longString(content string, at int) (end int, ok bool) {
	for _, quote := range longQuotes {
		if strings.HasPrefix(content[at:], quote) && strings.HasSuffix(strings.TrimRight(content[:at], " \t"), "=") {
			return longEnd(content, at+len(quote), quote), true
		}
	}
	return 0, false
}

// longEnd returns where a long string ends that goes on at an offset.
func longEnd(content string, at int, quote string) int {
	for {
		n := strings.Index(content[at:], quote)
		if n < 0 {
			return len(content)
		}
		at += n
		if quote[0] == '\'' || !isEscaped(content[:at]) {
			return at + len(quote)
		}
		at++
	}
}

// isEscaped reports whether a text ends with a backslash that stands for no
// other one.
func isEscaped(text string) bool {
	return (len(text)-len(strings.TrimRight(text, `\`)))%2 == 1
}

// longStrings returns all long strings of a file, and what looks like one inside
// another.
func longStrings(content string) []Interval {
	var list []Interval
	for _, quote := range longQuotes {
		for at := 0; ; at += len(quote) {
			n := strings.Index(content[at:], quote)
			if n < 0 {
				break
			}
			at += n
			if end, ok := longString(content, at); ok {
				list = append(list, Interval{at, end})
			}
		}
	}
	return list
}
