package report

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/runwisp/runwisp/emit"
)

// escapeJSON writes escapes in the strings of a JSON document for what a
// terminal would obey or hide. JSON itself asks for those of C0 only.
func escapeJSON(doc []byte) []byte {
	var out []byte
	from := 0
	for i := 0; i < len(doc); {
		r, size := utf8.DecodeRune(doc[i:])
		if r != '\n' && emit.Hidden(r) {
			out = append(out, doc[from:i]...)
			for _, unit := range utf16.AppendRune(nil, r) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
			from = i + size
		}
		i += size
	}
	if from == 0 {
		return doc
	}
	return append(out, doc[from:]...)
}
