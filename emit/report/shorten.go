package report

import "unicode/utf8"

// maxText is how many bytes of a message or a hint are shown to people. It may
// quote a value, and a value may be megabytes long.
const maxText = 800

// shortenedEnd is how many of them are at the end: what is said of a value
// often stands behind it.
const shortenedEnd = 200

// shorten cuts a long text in its middle.
func shorten(s string) string {
	if len(s) <= maxText {
		return s
	}
	head, tail := maxText-shortenedEnd, len(s)-shortenedEnd
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + " … " + s[tail:]
}
