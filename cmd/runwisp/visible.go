package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/runwisp/runwisp/emit"
)

// visible writes escapes in place of what a terminal would obey or hide, such
// as in the name of a file. Characters in keep stay as they are.
func visible(s, keep string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !emit.Hidden(r) || strings.ContainsRune(keep, r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		i += size
	}
	return b.String()
}

// writeLines writes lines that hold what others wrote: as they are, unless a
// terminal reads them.
func writeLines(w io.Writer, text []byte) error {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		text = []byte(visible(string(text), "\t\n"))
	}
	_, err := w.Write(text)
	return err
}
