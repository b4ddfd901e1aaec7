package lexer

import (
	"strings"
	"unicode/utf8"
)

// IsSpace reports whether r is white space to Python's str.strip and
// str.isspace, which decide what supervisord trims. Unlike unicode.IsSpace it
// holds for U+001C to U+001F.
func IsSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || 0x09 <= r && r <= 0x0D || 0x1C <= r && r <= 0x1F
	}
	switch {
	case r == 0x85, r == 0xA0, r == 0x1680, 0x2000 <= r && r <= 0x200A,
		r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// Trim removes white space in Python's sense from both ends of s.
func Trim(s string) string {
	s = TrimLeft(s)
	return s[:trimRight(s)]
}

// TrimLeft removes white space in Python's sense from the start of s.
func TrimLeft(s string) string { return s[trimLeft(s):] }

// trimLeft returns how many bytes of white space s starts with.
func trimLeft(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return len(s) - len(strings.TrimLeftFunc(s, IsSpace))
		case !IsSpace(rune(c)):
			return i
		}
	}
	return len(s)
}

// trimRight returns the length of s without the white space it ends with.
func trimRight(s string) int {
	for i := len(s); i > 0; i-- {
		switch c := s[i-1]; {
		case c >= utf8.RuneSelf:
			return len(strings.TrimRightFunc(s[:i], IsSpace))
		case !IsSpace(rune(c)):
			return i
		}
	}
	return 0
}

// isVisible reports whether a byte is an ASCII character that is no white space.
func isVisible(c byte) bool { return ' ' < c && c < 0x7F }

// spaceBefore reports whether the character of s that ends at i is white
// space, or whether i is the start of s.
func spaceBefore(s string, i int) bool {
	if i == 0 {
		return true
	}
	if c := s[i-1]; c < utf8.RuneSelf {
		return IsSpace(rune(c))
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return IsSpace(r)
}
