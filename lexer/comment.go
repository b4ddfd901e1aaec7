package lexer

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
	semicolons, hashes := newSeeker(';'), newSeeker('#')
	semicolon, hash := semicolons.next(line, body), hashes.next(line, body)
	for semicolon < len(line) || hash < len(line) {
		cut := len(line)
		for _, at := range [...]int{semicolon, hash} {
			if at < cut && spaceBefore(line, at) {
				cut = at
			}
		}
		if cut < len(line) {
			return cut
		}
		semicolon = semicolons.next(line, min(semicolon+1, len(line)))
		hash = hashes.next(line, min(hash+1, len(line)))
	}
	return len(line)
}

// LeftmostComment returns where Python 3.13 and later cut the comment of a
// line, at the first sign in a good place, or len(line).
func LeftmostComment(line string) int {
	semicolons, hashes := newSeeker(';'), newSeeker('#')
	at := min(semicolons.next(line, 0), hashes.next(line, 0))
	for at < len(line) && !spaceBefore(line, at) {
		at = min(semicolons.next(line, at+1), hashes.next(line, at+1))
	}
	return at
}

func isCommentSign(c byte) bool { return c == ';' || c == '#' }
