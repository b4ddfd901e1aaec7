package lexer

import "strings"

// A seeker finds the next of one byte in a text. It only goes forward, and it
// remembers what it found: a byte that is rare, or not there at all, costs one
// search of the text and not one for each line.
type seeker struct {
	sign byte
	at   int // the first sign at or behind the last place, or the text's end
}

func newSeeker(sign byte) seeker { return seeker{sign: sign, at: -1} }

// next returns where the first sign at or behind from is, or len(text). From
// never goes back.
func (s *seeker) next(text string, from int) int {
	if s.at < from {
		s.seek(text, from)
	}
	return s.at
}

func (s *seeker) seek(text string, from int) {
	s.at = len(text)
	if i := strings.IndexByte(text[from:], s.sign); i >= 0 {
		s.at = from + i
	}
}
