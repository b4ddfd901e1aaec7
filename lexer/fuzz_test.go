package lexer

import (
	"testing"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/source"
)

// FuzzLex: the tokens tile the file, and are those of the model.
func FuzzLex(f *testing.F) {
	for _, text := range seeds.Inputs(f, "..") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := int32(0)
		for _, tok := range lex(source.NewFile("x.conf", text), 0) {
			if tok.Start != end || tok.End < tok.Start {
				t.Fatalf("token %s is [%d, %d), the one before ends at %d", tok.Kind, tok.Start, tok.End, end)
			}
			end = tok.End
		}
		if int(end) != len(text) {
			t.Errorf("the tokens end at %d of %d", end, len(text))
		}
		checkModel(t, text)
	})
}
