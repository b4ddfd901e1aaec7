package toml_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	burnt "github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

func parse(text string) *toml.Tree { return toml.Parse(source.NewFile("x.toml", text)) }

// dump writes every node of a file: its path, kind, key, and the text of its
// header or value.
func dump(text string) string {
	var b strings.Builder
	for n := range parse(text).Root().Descendants() {
		fmt.Fprintf(&b, "%s %s %q %q\n", n.Path(), n.Kind(), n.KeySpan().Text(), n.Span().Text())
	}
	return b.String()
}

func TestTree(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"values", "a = 1 # c\n'b c' = \"x\"\nd = [1,\n { e = 2.5 }]\n", `
a integer "a" "1"
"b c" string "'b c'" "\"x\""
d array "d" "[1,\n { e = 2.5 }]"
d[0] integer "1" "1"
d[1] table "{ e = 2.5 }" "{ e = 2.5 }"
d[1].e float "e" "2.5"
`},
		{"headers", "[a.b]\nx = true\n[ a ] # c\n[[l]]\n[[l]]\ny = 1979-05-27 07:32:00\n[l.m]\n", `
a table "a" "[ a ]"
a.b table "b" "[a.b]"
a.b.x boolean "x" "true"
l array "l" "[[l]]"
l[0] table "l" "[[l]]"
l[1] table "l" "[[l]]"
l[1].y date-time "y" "1979-05-27 07:32:00"
l[1].m table "m" "[l.m]"
`},
		{"dots", "a . \"b.c\" . d = 1\na.e = 2\n", `
a table "a" "a"
a."b.c" table "\"b.c\"" "\"b.c\""
a."b.c".d integer "d" "1"
a.e integer "e" "2"
`},
		{"twice", "a = 1\na = 2\n[b]\n[b]\nc = 3\n", `
a integer "a" "1"
a integer "a" "2"
b table "b" "[b]"
b table "b" "[b]"
b.c integer "c" "3"
`},
		{"errors", "a = [1, x]\nb = 2\n[c\nd = 3\n[]\ne = 4\n[a.f]\ng = 5\n", `
a array "a" "[1, x]"
a[0] integer "1" "1"
a[1] bad value "x" "x"
b integer "b" "2"
c table "c" "[c"
c.d integer "d" "3"
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), dump(test.text)); diff != "" {
				t.Errorf("nodes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"a = 1 2":         `7 "2" expected end of line, got '2'`,
		"[a":              `3 "" expected "]" behind the name of the table, got end of file`,
		"a b":             `3 "b" expected "=" behind the key, got 'b'`,
		"a = \"\\u00zz\"": `6 "\\u" \u is not an escape sequence`,
		"a = \"\\":        `5 "\"\\" string is not closed on its line`,
		"a = {b = 1":      `11 "" expected "," or "}" in the inline table, got end of file`,
		"a = ''' ''":      `5 "'''" string is not closed`,
		"a = nan1":        `5 "nan1" "nan1" is not a value, a string must stand in quotes`,
		"a = \r\nb = 1":   `5 "" expected a value, got end of line`,
		"a = 1 \rb = 1":   `7 "\r" expected end of line, got '\r'`,
		"a = 1\n[a.b]":    `8 "a" "a" is already defined as a value`,
		"a = '''\x01'''":  `8 "\x01" control character 0x01 in a string`,
		"a = [ # \x7f\n]": `9 "\x7f" control character 0x7F in a comment`,
		"a = 1\n" + strings.Repeat(" ", 5) + "b = " + strings.Repeat("[", 1001): `1016 "[" arrays and inline tables nest more than 1000 deep`,
		"a.b = 1\n[a]":                       `10 "a" "a" is already defined`,
		"[a]\n[b]\n[a.c]\na.d=1\n[a]\n[b.e]": `22 "a" "a" is already defined`,
	} {
		errs := parse(text).Errors()
		if len(errs) == 0 {
			t.Errorf("%q: no error", text)
			continue
		}
		if got := fmt.Sprintf("%d %q %s", errs[0].Span.Start+1, errs[0].Span.Text(), errs[0].Message); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestLargeTables compares lookups in a table that has an index with those in
// one that has none.
func TestLargeTables(t *testing.T) {
	for _, size := range []int{1, 15, 16, 17, 1000} {
		var b strings.Builder
		for i := range size {
			fmt.Fprintf(&b, "k%d = %d\n", i, i)
		}
		root := parse(b.String() + "k0 = -1\n").Root()
		for i := range size {
			name := fmt.Sprintf("k%d", i)
			if n := root.Child(name); !n.Exists() || n.Int() != int64(i) {
				t.Errorf("%s of %d is missing or another", name, size)
			}
		}
		if root.Child("k").Exists() || root.Len() != size+1 {
			t.Errorf("table of %d has length %d", size, root.Len())
		}
	}
}

// TestLongPaths: a path stays short, however long the names in it are, or deep
// the tables.
func TestLongPaths(t *testing.T) {
	long, deep := strings.Repeat("é", 5000), strings.Repeat(".x", 5000)
	tree := parse("[a.\"" + long + "\".b]\n[c" + deep + "]\nk = 1\n")
	for n := range tree.Root().Descendants() {
		if got := n.Path(); len(got) > 1300 || !utf8.ValidString(got) {
			t.Errorf("path has %d bytes: %.100q", len(got), got)
		}
	}
	if got, want := tree.Root().Child("a").Child(long).Child("b").Path(), "a.\""+long[:198]+"…\".b"; got != want {
		t.Errorf("path is %q, want %q", got, want)
	}
	n := tree.Root().Child("c")
	for range 5000 {
		n = n.Child("x")
	}
	if got := n.Child("k").Path(); !strings.HasPrefix(got, "….x.x.") || !strings.HasSuffix(got, ".x.x.k") {
		t.Errorf("path is %q", got)
	}
}

// TestEscapedNames: a name is found by whatever escapes it is written with.
func TestEscapedNames(t *testing.T) {
	for _, key := range []string{`ab`, `"ab"`, `'ab'`, `"\u0061b"`, `"\U00000061\U00000062"`} {
		if got := parse(key + " = 1\n").Root().Child("ab"); !got.Exists() {
			t.Errorf("%s is not found", key)
		}
	}
}

// TestValues compares strings and integers with another decoder.
func TestValues(t *testing.T) {
	const text = `a = "x\ty\u00e9\\"
b = 'x\ty'
c = """
x \
   y""\"
"""
d = '''
''x'''
e = 0xFF
f = -1_000
g = 0o17
h = 0b101
i = +7
j = """\r\n"""
`
	var want map[string]any
	if _, err := burnt.Decode(text, &want); err != nil {
		t.Fatal(err)
	}
	got := make(map[string]any)
	for n := range parse(text).Root().Children() {
		switch n.Kind() {
		case toml.String:
			got[n.Name()] = n.Text().String()
		case toml.Integer:
			got[n.Name()] = n.Int()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

// TestIteratorsStop checks that a loop over children or descendants can end
// early.
func TestIteratorsStop(t *testing.T) {
	root := parse("a = 1\nb = 2\n").Root()
	var got []string
	for n := range root.Children() {
		got = append(got, n.Name())
		break
	}
	for n := range root.Descendants() {
		got = append(got, n.Name())
		break
	}
	if diff := cmp.Diff([]string{"a", "a"}, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestNone(t *testing.T) {
	var none toml.Node
	if none.Exists() || none.Kind() != toml.Bad || none.Child("a").Exists() {
		t.Error("none is something")
	}
	tree := parse("a = 1")
	if a := tree.Root().Child("a"); a.Child("b").Exists() || a.Parent() != tree.Root() || a.Tree() != tree {
		t.Error("a value has children, or no parent")
	}
}

// FuzzParse compares what is TOML with another library, apart from what later
// versions of TOML allow.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a = 1\n[b.c]\nd.e = \"x\\u0041\"\n[[f]]\ng = {h = [1, 2.5, 1979-05-27]}\n",
		"a = '''x'''\n[a]\n", "a.b = 1\n[a.c]\n[a]\n", "\uFEFF# c\r\n\"a\" = \"\"\"\\\n\n x\"\"\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		errs := parse(text).Errors()
		v := judge(text)
		switch {
		case v.ours && !v.gotoml:
			t.Error("go-toml refuses it")
		case v.ours && !v.burnt:
			t.Error("BurntSushi/toml refuses it")
		case !v.ours && v.gotoml && !errs[0].Newer:
			t.Errorf("go-toml takes it: %s: %s", errs[0].Span, errs[0].Message)
		}
	})
}
