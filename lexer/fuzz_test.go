package lexer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// FuzzLex: the tokens tile the file, and are those of the model.
func FuzzLex(f *testing.F) {
	for _, text := range seeds.Inputs(f, "..") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		end := int32(0)
		for _, tok := range lexer.Lex(source.NewFile("x.conf", text), &diag.Sink{}) {
			if tok.Start != end || tok.End < tok.Start || int(tok.End) > len(text) {
				t.Fatalf("token %s is [%d, %d) in a file of %d bytes, the one before ends at %d", tok.Kind, tok.Start, tok.End, len(text), end)
			}
			end = tok.End
			content := text[tok.Start:tok.End]
			switch {
			case tok.Kind != lexer.Space:
				got = append(got, tok.Kind.String()+" "+content)
			case strings.Trim(content, spaces) != "":
				t.Errorf("%q is no white space", content)
			case content == "":
				t.Error("empty white space")
			}
		}
		if int(end) != len(text) {
			t.Errorf("the tokens end at %d of %d", end, len(text))
		}
		if diff := cmp.Diff(modelTokens(text), got); diff != "" {
			t.Errorf("tokens differ (-model +lexer):\n%s", diff)
		}
	})
}
