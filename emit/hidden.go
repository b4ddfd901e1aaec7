package emit

import "unicode"

// Hidden reports whether a character is not to be written as it is, wherever
// people read it: controls, which TOML refuses and a terminal obeys, and whatever
// a terminal or an editor would not show.
func Hidden(r rune) bool { return !unicode.IsPrint(r) }
