package emit_test

import (
	"strings"
	"testing"
	"unicode"

	burnt "github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

// everywhere puts a string wherever a document has one: in a path, a key, a
// value and every comment.
func everywhere(s string, span source.Span, disabled bool) *ir.Document {
	comments := []ir.Comment{{Text: s, Span: span}}
	return &ir.Document{
		Head: []string{s},
		Tables: []*ir.Table{{
			Path: []string{"services", s}, Above: comments, Origin: span, Disabled: disabled,
			Entries: []ir.Entry{{Key: s, Value: ir.String(s), Above: comments, Behind: &comments[0], Origin: span}},
			Sub: []*ir.Table{{
				Path: []string{"services", s, "-" + s}, Above: comments, Origin: span,
				Entries: []ir.Entry{{Key: "k", Value: ir.String(s), Origin: span}},
			}},
		}},
	}
}

// FuzzEmitString: two readers get back exactly the string that was written,
// and no other control character than a line feed is in the output.
func FuzzEmitString(f *testing.F) {
	for _, text := range seeds.Inputs(f, "..") {
		f.Add(text)
		for line := range strings.Lines(text) {
			if strings.ContainsAny(line, "'\"\\\x1b\u00a0\u200b") {
				f.Add(strings.TrimSpace(line))
			}
		}
	}
	for _, s := range []string{"", "'", `"`, "'''\n\"\"\"", "\n'", "\\\n", "TODO x", "\x00\x1b[31m\x7f\u202e", "\xff", "\U0010FFFF", " \t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		file := source.NewFile(s, s)
		span := file.Span(0, file.Size())
		want := strings.Map(func(r rune) rune { return r }, s) // bytes that are not UTF-8 become U+FFFD
		for _, opts := range []emit.Options{{}, {Annotate: true}} {
			write := func(disabled bool) string {
				out, _ := emit.Print(everywhere(s, span, disabled), opts) // only writing fails
				return string(out.TOML)
			}
			printed := write(false)
			checkCharacters(t, printed)
			checkBurnt(t, printed, want)
			checkOurs(t, printed, want)

			off := write(true)
			checkCharacters(t, off)
			for line := range strings.Lines(off) {
				if line != "\n" && !strings.HasPrefix(line, "# ") {
					t.Errorf("a table that is off has the line %q", line)
				}
			}
			on := uncomment(off)
			checkBurnt(t, on, want)
			checkOurs(t, on, want)
		}
	})
}

// uncomment takes one # off each line from the header of the table on, as
// editors do.
func uncomment(off string) string {
	lines := strings.SplitAfter(off, "\n")
	const header = 3 // behind the head, a blank line and the comment above
	for i := header; i < len(lines); i++ {
		lines[i] = strings.TrimPrefix(lines[i], "# ")
	}
	return strings.Join(lines, "")
}

// checkCharacters: the output ends in a line feed and shows as what it is.
func checkCharacters(t *testing.T, printed string) {
	t.Helper()
	if !strings.HasSuffix(printed, "\n") {
		t.Errorf("%q does not end in a line feed", printed)
	}
	hidden := func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
	if i := strings.IndexFunc(printed, hidden); i >= 0 {
		t.Errorf("%q is in the output as it is", printed[i:i+1])
	}
}

func checkBurnt(t *testing.T, printed, want string) {
	t.Helper()
	var got map[string]any
	if _, err := burnt.Decode(printed, &got); err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	service := map[string]any{want: want, "-" + want: map[string]any{"k": want}}
	document := map[string]any{"services": map[string]any{want: service}}
	if diff := cmp.Diff(document, got); diff != "" {
		t.Errorf("BurntSushi/toml reads something else (-want +got):\n%s", diff)
	}
}

func checkOurs(t *testing.T, printed, want string) {
	t.Helper()
	tree := toml.Parse(source.NewFile("runwisp.toml", printed))
	if errs := tree.Errors(); len(errs) > 0 {
		t.Fatalf("%s\n%s", errs[0].Message, printed)
	}
	service := tree.Root().Child("services").Child(want)
	for _, n := range []toml.Node{service.Child(want), service.Child("-" + want).Child("k")} {
		if n.Kind() != toml.String || n.Text().String() != want {
			t.Errorf("our reader gets %q, want %q\n%s", n.Text(), want, printed)
		}
	}
}
