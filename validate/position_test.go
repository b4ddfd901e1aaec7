package validate_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate"
)

// TestPositions is about bytes that a case file cannot hold, or could not show.
func TestPositions(t *testing.T) {
	const head = "[services.web]\nrun = \"x\"\n"
	for _, test := range []struct{ name, text, want string }{
		{
			"byte order mark",
			"\uFEFFcolour = 1\n",
			"runwisp.toml:1:2-1:8 error unknown-key colour: unknown key \"colour\"\n",
		},
		{
			"CRLF",
			strings.ReplaceAll(head+"instances = 99\ngroup = \"\"\"\n${A}\n${B}\"\"\"\n", "\n", "\r\n"),
			"runwisp.toml:3:13-3:15 error number-range services.web.instances: 99 is out of range, expected 1 to 64\n" +
				"runwisp.toml:5:1-5:5 error unset-variable services.web.group: variable \"A\" is not set\n" +
				"runwisp.toml:6:1-6:5 error unset-variable services.web.group: variable \"B\" is not set\n",
		},
		{
			"CRLF behind a syntax error",
			"[services.web\r\nrun = \r\n",
			"runwisp.toml:1:14-1:14 error syntax-error: expected \"]\" behind the name of the table, got end of line\n" +
				"runwisp.toml:2:7-2:7 error syntax-error: expected a value, got end of line\n",
		},
		{
			"lone CR",
			"a = 1\rb = 2\n",
			"runwisp.toml:1:1-1:2 error unknown-key a: unknown key \"a\"\n" +
				"runwisp.toml:1:6-2:1 error syntax-error: expected end of line, got '\\r'\n",
		},
		{
			"tabs and wide characters count as one column",
			head + "\tgroup\t=\t\"héllo €${A}\"\n",
			"runwisp.toml:3:18-3:22 error unset-variable services.web.group: variable \"A\" is not set\n",
		},
		{
			"escapes",
			head + `group = "\u00e9\t\U0000007b$\u007bA}${B}"`,
			"runwisp.toml:3:28-3:37 error unset-variable services.web.group: variable \"A\" is not set\n" +
				"runwisp.toml:3:37-3:41 error unset-variable services.web.group: variable \"B\" is not set\n",
		},
		{
			"folded lines",
			head + "group = \"\"\"x \\\n\n   ${A}\\\n   ${B \\\n  }\"\"\"",
			"runwisp.toml:5:4-5:8 error unset-variable services.web.group: variable \"A\" is not set\n" +
				"runwisp.toml:6:4-7:4 error unset-variable services.web.group: variable \"B \" is not set\n",
		},
		{
			"literal block string",
			head + "group = '''\n  \\${A}'''",
			"runwisp.toml:4:4-4:8 error unset-variable services.web.group: variable \"A\" is not set\n",
		},
		{
			"quotes next to the end of a block string",
			head + "group = \"\"\"\"${A}\"\"\"\"\"",
			"runwisp.toml:3:13-3:17 error unset-variable services.web.group: variable \"A\" is not set\n",
		},
		{
			"no end of line",
			"[services.web]\ninstances = 99",
			"runwisp.toml:1:1-1:15 error required-key services.web.run: key \"run\" is missing, expected it or \"compose_file\"\n" +
				"runwisp.toml:2:13-2:15 error number-range services.web.instances: 99 is out of range, expected 1 to 64\n",
		},
		{
			"end of file",
			"a =",
			"runwisp.toml:1:1-1:2 error unknown-key a: unknown key \"a\"\n" +
				"runwisp.toml:1:4-1:4 error syntax-error: expected a value, got end of file\n",
		},
		{
			"header named by a deeper one first",
			"[services.web.env]\nA = \"x\"\n\n  [ services . web ] # c\ninstances = 2\n",
			"runwisp.toml:4:3-4:21 error required-key services.web.run: key \"run\" is missing, expected it or \"compose_file\"\n",
		},
		{
			"dotted key through a table",
			"services.web.run = \"x\"\nservices . \"web\" . instances = 65\n",
			"runwisp.toml:2:32-2:34 error number-range services.web.instances: 65 is out of range, expected 1 to 64\n",
		},
		{
			"array over lines",
			head + "exit_codes = [ # c\n  1,\n  256, # d\n]\n",
			"runwisp.toml:5:3-5:6 error number-range services.web.exit_codes: 256 is out of range, expected 0 to 255\n",
		},
		{
			"not UTF-8",
			head + "group = \"caf\xe9\"\n",
			"runwisp.toml:3:13-3:14 error syntax-error: byte 0xE9 is not UTF-8\n",
		},
		{
			"control character",
			"# a\x00b\n",
			"runwisp.toml:1:4-1:5 error syntax-error: control character 0x00 in a comment\n",
		},
		{
			"control characters behind what has no end",
			head + "exit_codes = [\"1\n# \x01\nenv = {\n# \x02\n[tasks]\n",
			"runwisp.toml:3:15-3:17 error syntax-error: string is not closed on its line\n" +
				"runwisp.toml:4:3-4:4 error syntax-error: control character 0x01 in a comment\n" +
				"runwisp.toml:5:8-5:8 error syntax-error: expected a key, got end of line\n" +
				"runwisp.toml:6:3-6:4 error syntax-error: control character 0x02 in a comment\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, _ := run(test.text, validate.Options{})
			if diff := cmp.Diff(test.want, format(list)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestResult(t *testing.T) {
	const text = "[daemon]\ninclude = [\"*.toml\"]\n[tasks.a]\nrun = \"x\"\n[services]\nb = {run = \"x\"}\nc.run = \"x\"\n"
	list, got := run(text, validate.Options{
		Glob:     func(string) ([]string, error) { return []string{"more.toml"}, nil },
		ReadFile: func(string) ([]byte, error) { return []byte("[tasks.d]\nrun = \"x\"\n"), nil },
	})
	if len(list) > 0 {
		t.Fatal(format(list))
	}
	if got.Tasks != 2 || got.Services != 2 {
		t.Errorf("got %d tasks and %d services, want 2 and 2", got.Tasks, got.Services)
	}
	if len(got.Files) != 2 || got.Files[1].Name != "more.toml" || got.Files[1].Index != 1 {
		t.Errorf("got files %v", got.Files)
	}
}

// TestPaths checks that what is included and read is looked for beside the file.
func TestPaths(t *testing.T) {
	var patterns, files []string
	opts := validate.Options{
		Glob: func(p string) ([]string, error) {
			patterns = append(patterns, p)
			return []string{"/etc/rw/conf.d/a.toml"}, nil
		},
		ReadFile: func(name string) ([]byte, error) {
			files = append(files, name)
			if strings.HasSuffix(name, "a.toml") {
				return []byte("[scheduler]\ntimezone = \"${file:zone}\"\n"), nil
			}
			return nil, errors.New("gone")
		},
	}
	const text = "[daemon]\ninclude = [\"conf.d/*.toml\", \"/srv/*.toml\"]\nexternal_url = \"${file:/run/url}\"\n"
	var sink diag.Sink
	validate.Validate(source.NewFile("/etc/rw/runwisp.toml", text), opts, &sink)
	if diff := cmp.Diff([]string{"/etc/rw/conf.d/*.toml", "/srv/*.toml"}, patterns); diff != "" {
		t.Errorf("patterns (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/etc/rw/conf.d/a.toml", "/run/url", "/etc/rw/conf.d/zone"}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestRelated checks the second places, which the cases do not show.
func TestRelated(t *testing.T) {
	for text, want := range map[string]string{
		"[tasks.a]\nrun = \"x\"\n[services.a]\nrun = \"x\"\n":                                                "a@1: first defined here",
		"[tasks.a]\nrun = \"x\"\nrun = \"y\"\n":                                                              "run@2: first defined here",
		"[services.a]\nrun = \"x\"\ndepends_on = [\"b\"]\n[services.b]\nrun = \"x\"\ndepends_on = [\"a\"]\n": "\"a\"@6: the cycle is closed here",
	} {
		list, _ := run(text, validate.Options{})
		if len(list) != 1 || len(list[0].Related) != 1 {
			t.Errorf("%q: got\n%s", text, format(list))
			continue
		}
		r := list[0].Related[0]
		if got := r.Span.Text() + "@" + r.Span.FileLine()[len("runwisp.toml:"):] + ": " + r.Message; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
