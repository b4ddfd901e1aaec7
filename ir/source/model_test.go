package source

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// A modelByte is a byte of a text with the span that it came from.
type modelByte struct {
	char byte
	span Span
}

// randomText returns a text of random pieces, and what it is byte by byte.
func randomText(r *rand.Rand, f *File) (Text, []modelByte) {
	var b Builder
	var model []modelByte
	for at := int32(0); at < f.Size(); {
		piece := f.Span(at, min(at+r.Int32N(4), f.Size()))
		at = piece.End
		switch r.IntN(4) {
		case 0:
			at++ // a byte is left out
		case 1:
			filled := strings.Repeat("*", r.IntN(4))
			b.Synth(filled, piece)
			for i := range len(filled) {
				model = append(model, modelByte{filled[i], piece})
			}
		default:
			b.Copy(piece)
			for i := range piece.Len() {
				model = append(model, modelByte{piece.Text()[i], piece.sub(i, i+1)})
			}
		}
	}
	return b.Text(), model
}

// TestTextIsTheModel: every slice of a text holds the bytes that it should, and
// each of them knows where it came from. Put together again they are the text.
func TestTextIsTheModel(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	f := NewFile("x.conf", "abcdefghijklmnop")
	for range 300 {
		text, model := randomText(random, f)
		for i := range len(model) + 1 {
			var b Builder
			b.Append(text.Slice(0, i))
			b.Append(text.Slice(i, text.Len()))
			checkText(t, b.Text(), model)
			for j := i; j <= len(model); j++ {
				checkText(t, text.Slice(i, j), model[i:j])
			}
		}
	}
}

func checkText(t *testing.T, text Text, want []modelByte) {
	t.Helper()
	if text.Len() != len(want) {
		t.Fatalf("%q has %d bytes, want %d", text.String(), text.Len(), len(want))
	}
	for i, b := range want {
		if text.String()[i] != b.char || text.SpanOf(i, i+1) != b.span {
			t.Fatalf("byte %d of %q came from %v, want %q from %v", i, text.String(), text.SpanOf(i, i+1), b.char, b.span)
		}
	}
}
