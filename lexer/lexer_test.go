package lexer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir/source"
)

// lex returns the tokens of a file from an offset on.
func lex(file *source.File, start int) []Token {
	var tokens []Token
	s := NewPartScanner(file, start, len(file.Content))
	for line := s.Line(); len(line) > 0; line = s.Line() {
		tokens = append(tokens, line...)
	}
	return tokens
}

// show prints the tokens of a text, white space and line ends left out.
func show(text string) []string {
	f := source.NewFile("x.conf", text)
	var out []string
	for _, tok := range lex(f, 0) {
		if tok.Kind != Space && tok.Kind != Newline {
			out = append(out, fmt.Sprintf("%s %s", tok.Kind, f.Content[tok.Start:tok.End]))
		}
	}
	return out
}

func TestLex(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"option", "[a]\nkey = value\n", []string{"Open [", "Name a", "Close ]", "Key key", "Delim =", "Value value"}},
		{"name up to the last bracket", "[a]b]\n", []string{"Open [", "Name a]b", "Close ]"}},
		{"junk", "[a] b ; c\n", []string{"Open [", "Name a", "Close ]", "Junk b", "Comment ; c"}},
		{"no name", "[a]\n[]\n", []string{"Open [", "Name a", "Close ]", "Bad []"}},
		{"before any header", "a=b\n", []string{"Bad a=b"}},
		{"no key", "[a]\n= b\n  c\n", []string{"Open [", "Name a", "Close ]", "Bad = b", "Bad c"}},
		{"empty value", "[a]\nb=\n", []string{"Open [", "Name a", "Close ]", "Key b", "Delim =", "Value "}},
		{"continuation", "[a]\nb=c\n d=e\n", []string{"Open [", "Name a", "Close ]", "Key b", "Delim =", "Value c", "Continuation d=e"}},
		{"a bad line keeps the value open", "[a]\nb=c\nd\n e\n", []string{"Open [", "Name a", "Close ]", "Key b", "Delim =", "Value c", "Bad d", "Continuation e"}},
		{"a header ends the value", "[a]\nb=c\n[d]\n e=f\n", []string{"Open [", "Name a", "Close ]", "Key b", "Delim =", "Value c", "Open [", "Name d", "Close ]", "Key e", "Delim =", "Value f"}},
		{"byte order mark", "\uFEFF[a]\n", []string{"BOM \uFEFF", "Open [", "Name a", "Close ]"}},
		{"line ends", "[a]\rb=c\r\nd=e", []string{"Open [", "Name a", "Close ]", "Key b", "Delim =", "Value c", "Key d", "Delim =", "Value e"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, show(tt.text)); diff != "" {
				t.Errorf("tokens differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCommentStart(t *testing.T) {
	for _, tt := range []struct {
		line             string
		cut, cutSince313 string // what is left of the line
	}{
		{"a=b", "a=b", "a=b"},
		{"a=b;c#d", "a=b;c#d", "a=b;c#d"},
		{"a=b ;c", "a=b ", "a=b "},
		{"a=b\t#c", "a=b\t", "a=b\t"},
		{"a='b ;c'", "a='b ", "a='b "},
		{"  ; c", "  ", "  "},
		{";c", "", ""},
		// The first sign of each kind is looked at before the second.
		{"a;b ;c #d", "a;b ;c ", "a;b "},
		{"a;b ;c", "a;b ", "a;b "},
		{"a;b#c ;d ;e", "a;b#c ", "a;b#c "},
		{"a=b\u00A0;c", "a=b\u00A0", "a=b\u00A0"},
		{"a=b\u200B;c", "a=b\u200B;c", "a=b\u200B;c"},
	} {
		body := trimLeft(tt.line)
		if got := tt.line[:commentStart(tt.line, body)]; got != tt.cut {
			t.Errorf("%q is cut to %q, want %q", tt.line, got, tt.cut)
		}
		if got := tt.line[:LeftmostComment(tt.line)]; got != tt.cutSince313 {
			t.Errorf("%q is cut to %q from Python 3.13 on, want %q", tt.line, got, tt.cutSince313)
		}
	}
}

func TestIsSpace(t *testing.T) {
	const spaces = "\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"
	for r := rune(0); r < 0x10000; r++ {
		want := strings.ContainsRune(spaces, r) || 0x2000 <= r && r <= 0x200A
		if IsSpace(r) != want {
			t.Errorf("IsSpace(%U) is %v", r, !want)
		}
	}
}
