// Package pyrune reads characters as Python reads those of file names and
// variables, which need not be UTF-8.
package pyrune

import "unicode/utf8"

// Decode returns the first character of a text and its size in bytes. A byte that is
// no UTF-8 is a character of its own: the lone surrogate that Python's error handler
// "surrogateescape" makes of it, from U+DC80 to U+DCFF. An empty text has none, and
// the size is 0.
func Decode(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		r = 0xDC00 + rune(s[0])
	}
	return r, size
}
