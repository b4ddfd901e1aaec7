package toml_test

import (
	"strings"
	"testing"

	burnt "github.com/BurntSushi/toml"
	gotoml "github.com/pelletier/go-toml/v2"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

// A verdict says who takes an input.
type verdict struct{ ours, burnt, gotoml bool }

func judge(input string) verdict {
	var a, b map[string]any
	_, burntErr := burnt.Decode(input, &a)
	// go-toml refuses a byte order mark, which TOML lets a reader skip.
	gotomlErr := gotoml.Unmarshal([]byte(strings.TrimPrefix(input, "\uFEFF")), &b)
	tree := toml.Parse(source.NewFile("x.toml", input))
	return verdict{len(tree.Errors()) == 0, burntErr == nil, gotomlErr == nil}
}

var (
	all   = verdict{true, true, true}
	none  = verdict{}
	lax   = verdict{burnt: true}               // BurntSushi/toml forgets how a table was defined
	newer = verdict{burnt: true, gotoml: true} // both take TOML 1.1
)

// TestVerdicts compares what is TOML and what is not with two libraries.
func TestVerdicts(t *testing.T) {
	for _, test := range []struct {
		want   verdict
		inputs []string
	}{
		{all, []string{
			"", "\n", "\r\n", "# c", "\uFEFF", "\uFEFFa = 1\n", "a=1", "a = 1 # c\r\n", "\ta = 1",
			"1 = 1", "- = 1", "'a b' = 1", `"a\u0041\t" = 1`, `"" = 1`, "a . b = 1", `a."b.c".'d' = 1`,
			"a.b=1\na.c=2", "a.b=1\nx=2\na.c=2", "[a.b]\n[a]", "[a]\n[a.b]", "[a]\nb.c=1\n[a.b.d]\n[a.b.d.e]",
			"[ a . b ] # c", "[a]\n[[a.b]]\n[[a.b]]\n[a.b.c]\n[[a.b]]\n[a.b.c]", "[['a']]\n[[\"a\"]]",
			"[a.b.c]\n[a.b]\n[a]", "a.b=1\n[a.c]",
			"a = +1", "a = -0", "a = 1_000", "a = 0xdead_BEEF", "a = 0o17", "a = 0b1", "a = 9223372036854775807",
			"a = 1.5", "a = +1e6", "a = 1_0.0_1e-0_1", "a = -inf", "a = +nan", "a = 0e0", "a = -0.0", "a = 1E+06",
			"a = 1979-05-27", "a = 07:32:00.999", "a = 1979-05-27T07:32:00.1Z", "a = 1979-05-27 07:32:00",
			"a = 1979-05-27t07:32:00-07:00", "a = 1987-07-05 17:45:00z", "a = [1979-05-27, 07:32:00]",
			"a = true", "a = false",
			`a = ""`, `a = "\b\t\n\f\r\"\\\u00e9\U0001F600"`, `a = 'C:\x'`, `a = "é"`,
			`a = """"""`, "a = \"\"\"\nx\"\"\"", `a = """x"""""`, `a = """a""b"""`, `a = '''x'''''`, "a = '''\r\n'''",
			"a = \"\"\"x \\\n  \n  y\"\"\"", "a = \"\"\"x \\ \r\n \r\n y\"\"\"", "a = \"\"\"\\\\\"\"\"",
			"a = []", "a = [1,]", "a = [ # c\n1\n,\n2 # d\n]", "a = [[1], ['x'], {b = 1}]", "a = [1, 'x', 1.5]",
			"a = {}", "a = { }", "a = {b = 1, c.d = 2, c.e = 3}", "a = {b = [\n1\n]}", "a = { 'x y' = {} }",
		}},
		{none, []string{
			"a", "a =", "= 1", "a = 1 b = 2", "a b = 1", "a. = 1", ".a = 1", "é = 1", "a = 1\rb = 2", "a = x",
			"a = 1\na = 2", "a = 1\n'a' = 2", "a = 1\n\"\\u0061\" = 2", "a = 1\na.b = 2", "a = 1\n[a]",
			"a = 1\n[a.b]", "[a]\n[a]", "[a]\nb=1\n[a.b]", "[a.b]\n[a]\n[a]", "[a]\n[[a]]", "[[a]]\n[a]",
			"a = [{x=1}]\n[[a]]", "a = [{x=1}]\n[a.y]", "a = [1]\n[[a]]", "a = []\n[[a.b]]", "[a]\nb = 1\nb = 2",
			"[a", "[a]]", "[[a]", "[[a]\n]", "[]", "[[]]", "[a.]", "[a] b = 1", "[a] [b]", "[ [a]]", "[a]\n[a.b.]",
			"a = 01", "a = +01", "a = 1_", "a = _1", "a = 1__0", "a = 0x", "a = 0x_1", "a = +0x1", "a = 0X1", "a = 0b2", "a = 0o8",
			"a = 9223372036854775808", "a = --1", "a = 1.", "a = .5", "a = 1.e1", "a = 1e", "a = 1e+", "a = 1._5", "a = 1_.5",
			"a = 03.14", "a = 1.5.5", "a = Inf", "a = TRUE", "a = truee", "a = +true", "a = -", "a = 1e1.5", "a = 1e999",
			"a = 1979-05-27T", "a = 1979-13-01", "a = 1979-02-30", "a = 25:00:00", "a = 07:32:00.", "a = 1979-5-27", "a = 07:32:00Z",
			"a = 1979-05-27T07:32:00+25:00", "a = 1979-05-27  07:32:00", "a = 1979-05-27T07:32:00,5", "a = 1979-05-27.5", "a = 1979-05-27T07:32:00+07:00.5",
			"a = \"x", "a = \"x\ny\"", "a = 'x", `a = "\q"`, `a = "\u12"`, `a = "\uD800"`, `a = "\U00110000"`, "a = \"\x01\"", "a = '\x7f'",
			"a = \"\xff\"", "# \xff", "# \x00", "a = \"\"\"x", "a = '''x''''''", "a = '''\x01'''", "\"a\nb\" = 1", "\"\"\"a\"\"\" = 1",
			"a = [1", "a = [1 2]", "a = [,]", "a = [1,,2]", "a = [\r1]", "a = {b}", "a = {b = 1", "a = {b = 1, b = 2}", "a = {b = 1 c = 2}",
			"a = {,}", "\uFEFF\uFEFFa = 1", "a = 1\uFEFF",
		}},
		{newer, []string{
			"a = {\n}", "a = {b = 1,}", "a = {b = 1\n}", "a = {b = 1, # c\n c = 2}", `a = "\e"`, `a = "\x41"`, "a = 07:32", "a = 1979-05-27T07:32Z",
			"a = 1979-05-27T07:32",
		}},
		{lax, []string{
			"[a.b.c]\nz=1\n[a]\nb.c.t=1", "[a.b.c]\n[a]\nb.t=1", "[[a.b]]\n[a]\nb.y=2", "a={b=1}\n[a.c]", "[t]\na.b=1\n[t.a]",
			"a={b.c=1}\n[a.b.d]", "a.b = 1\na = 2", "a = {b = {c = 1}, b.d = 2}", "a = {b.c = 1, b = 2}",
			"a = 1979-05-27T07:32:00+24:00", "a = 1979-05-27T07:32:00-12:60", // and package time is lax
		}},
	} {
		for _, input := range test.inputs {
			if got := judge(input); got != test.want {
				t.Errorf("%q: got %+v, want %+v", input, got, test.want)
			}
			errs := toml.Parse(source.NewFile("x.toml", input)).Errors()
			if len(errs) > 0 && errs[0].Newer != (test.want == newer) {
				t.Errorf("%q: %s, allowed by a later TOML: %v", input, errs[0].Message, errs[0].Newer)
			}
		}
	}
}
