package lexer

import "strings"

// commentSigns start a comment at the start of a line or behind white space.
const commentSigns = ";#"

// commentStart returns where the comment of a line starts, or len(line). Body
// is the offset of the first character that is not white space.
//
// Quotes protect nothing. Where a line holds several signs, Python up to 3.12
// looks at the first of each sign, then at the second of each, and so on; it
// cuts in the first round that has a sign in a good place, at the leftmost
// such sign of that round. So "a;b ;c #d" is cut at "#", not at " ;".
func commentStart(line string, body int) int {
	if body < len(line) && isCommentSign(line[body]) {
		return body
	}
	if !strings.ContainsAny(line, commentSigns) {
		return len(line)
	}
	semicolon, hash := -1, -1
	for {
		semicolon = nextSign(line, ';', semicolon)
		hash = nextSign(line, '#', hash)
		if semicolon == len(line) && hash == len(line) {
			return len(line)
		}
		cut := len(line)
		for _, at := range [...]int{semicolon, hash} {
			if at < cut && spaceBefore(line, at) {
				cut = at
			}
		}
		if cut < len(line) {
			return cut
		}
	}
}

// LeftmostComment returns where Python 3.13 and later cut the comment of a
// line, at the first sign in a good place, or len(line).
func LeftmostComment(line string) int {
	body := trimLeft(line)
	for i := body; i < len(line); i++ {
		if isCommentSign(line[i]) && spaceBefore(line, i) {
			return i
		}
	}
	return len(line)
}

func isCommentSign(c byte) bool { return c == ';' || c == '#' }

// nextSign returns the offset of the next sign behind from, or len(line).
func nextSign(line string, sign byte, from int) int {
	if from >= len(line) {
		return len(line)
	}
	if i := strings.IndexByte(line[from+1:], sign); i >= 0 {
		return from + 1 + i
	}
	return len(line)
}
