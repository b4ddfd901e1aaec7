package shell

import "strings"

// A reader goes through the raw text of a word as a shell does, as long as
// that reads what supervisord does. Each of its methods reports whether it was so
// as far as it went.
type reader struct {
	raw string
	pos int
	// bracket and brace are set once there was one: if it starts nothing, no
	// later one does.
	bracket, brace bool
}

// keeps reads all of the word.
func (r *reader) keeps() bool {
	kept := true
	for kept && r.pos < len(r.raw) {
		switch r.raw[r.pos] {
		case '\'':
			kept = r.singleQuoted()
		case '"':
			kept = r.doubleQuoted()
		default:
			kept = r.unquoted()
		}
	}
	return kept
}

// singleQuoted goes behind the closing quote.
func (r *reader) singleQuoted() bool {
	r.pos++
	closing := strings.IndexByte(r.raw[r.pos:], '\'')
	r.pos += closing + 1
	return closing >= 0
}

// doubleQuoted goes behind the closing quote.
func (r *reader) doubleQuoted() bool {
	for r.pos++; r.pos < len(r.raw); r.pos++ {
		switch r.raw[r.pos] {
		case '"':
			r.pos++
			return true
		case '$', '`':
			return false
		case '\\':
			// Both keep a backslash before a plain character, and both drop
			// it before a quote and a backslash.
			r.pos++
			if r.pos < len(r.raw) && strings.IndexByte("$`\n", r.raw[r.pos]) >= 0 {
				return false
			}
		}
	}
	return false
}

// unquoted goes to the next quote.
func (r *reader) unquoted() bool {
	for ; r.pos < len(r.raw); r.pos++ {
		switch c := r.raw[r.pos]; {
		case c == '\'' || c == '"':
			return true
		case c == '\\':
			// A shell takes backslash and line feed out altogether.
			r.pos++
			if r.pos == len(r.raw) || r.raw[r.pos] == '\n' {
				return false
			}
		case c == '[' && !r.bracket:
			r.bracket = true
			if strings.Contains(r.raw[r.pos+1:], "]") {
				return false
			}
		case c == '{' && !r.brace:
			r.brace = true
			if isBraceExpansion(r.raw[r.pos:]) {
				return false
			}
		case !isPlainAt(r.raw, r.pos):
			return false
		}
	}
	return true
}

// isPlainAt reports whether the unquoted character at i means itself. What a
// bracket or brace means depends on what is behind it, and is left to unquoted.
func isPlainAt(raw string, i int) bool {
	switch c := raw[i]; c {
	case '$', '`', ';', '|', '&', '<', '>', '(', ')', '*', '?', 0:
		return false
	case '#':
		return i > 0
	case '~':
		// A shell expands it in front of a word and, in what looks like
		// an assignment, behind an equals sign and a colon.
		return i > 0 && raw[i-1] != '=' && raw[i-1] != ':'
	}
	return true
}

// isBraceExpansion reports whether bash could expand what starts with "{".
func isBraceExpansion(s string) bool {
	end := strings.LastIndexByte(s, '}')
	return end > 0 && (strings.Contains(s[:end], ",") || strings.Contains(s[:end], ".."))
}
