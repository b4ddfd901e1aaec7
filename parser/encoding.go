package parser

import (
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// maxInvalid is how many runs of invalid bytes are reported: a binary file has
// no use for more.
const maxInvalid = 20

// reportEncoding says what supervisord refuses of the bytes as such.
func reportEncoding(t *Tree, readers []partReader, sink *diag.Sink) {
	reportMark(t.File, sink)
	for i := range readers {
		if !readers[i].valid {
			reportInvalid(t.File, sink)
			return
		}
	}
}

// reportMark reports a byte order mark.
func reportMark(file *source.File, sink *diag.Sink) {
	if !strings.HasPrefix(file.Content, lexer.ByteOrderMark) {
		return
	}
	sink.Add(diag.Diagnostic{
		Code:    diag.ByteOrderMark,
		Span:    file.Span(0, int32(len(lexer.ByteOrderMark))),
		Message: "byte order mark before the first line",
		Hint:    "Save the file as UTF-8 without a byte order mark.",
	})
}

// reportInvalid reports the bytes that are not UTF-8, one diagnostic for each
// of the first runs of them.
func reportInvalid(file *source.File, sink *diag.Sink) {
	text, reported := file.Content, 0
	for i := 0; i < len(text) && reported < maxInvalid; {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		n := invalidPrefix(text[i:])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		sink.Add(diag.Diagnostic{
			Code:    diag.InvalidUTF8,
			Span:    file.Span(int32(i), int32(i+n)),
			Message: "bytes are not UTF-8",
			Hint:    "Convert the file to UTF-8; supervisord refuses it as it is.",
		})
		reported++
		i += n
	}
}

// invalidPrefix returns how many invalid bytes s starts with.
func invalidPrefix(s string) int {
	n := 0
	for n < len(s) {
		if r, size := utf8.DecodeRuneInString(s[n:]); r != utf8.RuneError || size != 1 {
			break
		}
		n++
	}
	return n
}
