package emit

import (
	"strings"
	"unicode"
)

// Hidden reports whether a character is not to be written as it is, wherever
// people read it: controls, which TOML refuses and a terminal obeys, and whatever
// a terminal or an editor would not show.
func Hidden(r rune) bool { return !unicode.IsPrint(r) }

// LineClass says what a line of a configuration, in either format, looks like:
// "todo", "comment", "header", or "" for all others. Only the colours of reports
// depend on it.
func LineClass(line string) string {
	switch {
	case strings.HasPrefix(line, "# TODO "):
		return "todo"
	case strings.HasPrefix(line, "#"), strings.HasPrefix(line, ";"):
		return "comment"
	case strings.HasPrefix(line, "["):
		return "header"
	}
	return ""
}
