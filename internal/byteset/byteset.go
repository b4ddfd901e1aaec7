// Package byteset tells whether a text consists of certain bytes. It looks at
// four of them at a time, because all that is read and written passes through it.
package byteset

// A Set is a set of bytes: 1 stands for those that are in it.
type Set [256]uint8

// Printable is the ASCII characters that a terminal shows as they are.
var Printable = Where(func(c byte) bool { return ' ' <= c && c <= '~' })

// Of returns the set of the bytes of a text.
func Of(chars string) *Set {
	s := new(Set)
	for i := range len(chars) {
		s[chars[i]] = 1
	}
	return s
}

// Where returns the set of the bytes for which in holds.
func Where(in func(c byte) bool) *Set {
	s := new(Set)
	for i := range s {
		if in(byte(i)) {
			s[i] = 1
		}
	}
	return s
}

// Has reports whether a byte is in the set.
func (s *Set) Has(c byte) bool { return s[c] != 0 }

// HasAll reports whether all bytes of a text are in the set.
func (s *Set) HasAll(text string) bool {
	for ; len(text) >= 4; text = text[4:] {
		if s[text[0]]&s[text[1]]&s[text[2]]&s[text[3]] == 0 {
			return false
		}
	}
	for i := range len(text) {
		if s[text[i]] == 0 {
			return false
		}
	}
	return true
}
