package runwisp_test

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
)

// caseDir is where the files of a case seem to lie.
const caseDir = "/conf"

// A testCase is one file of the conformance suite.
type testCase struct {
	path    string
	archive *txtar.Archive
	files   memfs.FS
	inputs  []string
	opts    passes.Options // the switches
	exit    string
	environ map[string]string
	escaped bool // bytes of the files are written as words
}

// readCase reads a case. The comment of the archive says what is proved, and
// then, a line each: flags, inputs, env, exit, escapes.
func readCase(t testing.TB, name string) *testCase {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c := &testCase{
		path: name, archive: archive, files: memfs.FS{}, exit: "0", environ: usualEnviron(),
	}
	proof, settings, _ := strings.Cut(string(archive.Comment), "\n")
	if proof == "" || strings.HasPrefix(proof, "flags:") {
		t.Fatalf("%s: the first line must say what is proved", name)
	}
	for line := range strings.Lines(settings) {
		if line = strings.TrimSpace(line); line != "" {
			c.set(t, line)
		}
	}
	for _, f := range archive.Files {
		name, data := f.Name, string(f.Data)
		if c.escaped {
			name, data = seeds.Unescape(name), seeds.Unescape(data)
		}
		if !strings.HasPrefix(name, "want.") {
			c.files[path.Join(caseDir, name)] = data
		}
	}
	if c.inputs == nil {
		c.inputs = []string{"supervisord.conf"}
	}
	return c
}

// set reads a line of the settings of a case. A line that means nothing would
// make it prove less than it says.
func (c *testCase) set(t testing.TB, line string) {
	t.Helper()
	key, value, _ := strings.Cut(line, ": ")
	switch key {
	case "flags":
		for flag := range strings.FieldsSeq(value) {
			c.setFlag(t, flag)
		}
	case "inputs":
		c.inputs = strings.Fields(value)
	case "env":
		k, v, _ := strings.Cut(value, "=")
		c.environ[k] = v
	case "exit":
		c.exit = value
	case "escapes":
		c.escaped = true
	default:
		t.Fatalf("%s: %q sets nothing", c.path, line)
	}
}

func (c *testCase) setFlag(t testing.TB, flag string) {
	t.Helper()
	switch flag {
	case "--no-comments":
		c.opts.NoComments = true
	case "--resolve":
		c.opts.Resolve = true
	case "--per-process":
		c.opts.PerProcess = true
	case "--explicit-defaults":
		c.opts.ExplicitDefaults = true
	default:
		t.Fatalf("%s: no case can be run with %s", c.path, flag)
	}
}

// importCase runs a case.
func (c *testCase) importCase() *runwisp.Imported { return c.importWith(c.opts, nil) }

// importWith runs a case with given switches. With a closed environment
// everything is filled in.
func (c *testCase) importWith(opts passes.Options, environ map[string]string) *runwisp.Imported {
	var inputs []passes.Input
	for _, name := range c.inputs {
		in := passes.Input{Path: name, Dir: path.Dir(path.Join(caseDir, name))}
		content := c.files[path.Join(caseDir, name)]
		if name == "-" {
			name, in.Path, in.Dir = source.Stdin, "", ""
			if environ != nil {
				in.Dir = caseDir // where everything is known
			}
			content = c.files[caseDir+"/stdin"]
		}
		in.File = source.NewFile(name, content)
		inputs = append(inputs, in)
	}
	known := c.environ
	if environ != nil {
		known = environ
	}
	opts.Files = c.files
	opts.LookupEnv = func(name string) (string, bool) { v, ok := known[name]; return v, ok }
	opts.Node = node
	opts.Environ = environ
	return runwisp.Import(inputs, opts)
}

// cases returns the names of all conformance cases.
func cases(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/conformance/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no conformance cases: %v", err)
	}
	return names
}

// caseName shortens the path of a case to AREA/NAME.
func caseName(name string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), "testdata/conformance/"), ".txtar")
}

func TestConformance(t *testing.T) {
	update := golden.Update(t)
	for _, name := range cases(t) {
		t.Run(caseName(name), func(t *testing.T) {
			t.Parallel()
			c := readCase(t, name)
			im := c.importCase()
			got := map[string]string{
				"want.toml":  string(im.Output.TOML),
				"want.diags": printDiags(im.Diagnostics),
			}
			if update {
				c.rewrite(t, got)
			}
			for file, text := range got {
				if diff := cmp.Diff(c.want(file), text); diff != "" {
					t.Errorf("%s (-want +got):\n%s", file, diff)
				}
			}
			if exit := exitCode(im); exit != c.exit {
				t.Errorf("exit code %s, want %s", exit, c.exit)
			}
			checkPromises(t, c.importWith, c.environ)
		})
	}
}

func exitCode(im *runwisp.Imported) string {
	if diag.Count(im.Diagnostics, diag.Error) > 0 {
		return "1"
	}
	return "0"
}

func (c *testCase) want(name string) string {
	for _, f := range c.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// rewrite puts new expectations into the file of a case, and nothing else.
func (c *testCase) rewrite(t *testing.T, got map[string]string) {
	t.Helper()
	c.archive.Files = slices.DeleteFunc(c.archive.Files, func(f txtar.File) bool {
		return strings.HasPrefix(f.Name, "want.")
	})
	for _, name := range []string{"want.toml", "want.diags"} {
		c.archive.Files = append(c.archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
	}
	data := txtar.Format(c.archive)
	if old, err := os.ReadFile(c.path); err == nil && bytes.Equal(old, data) {
		return
	}
	if err := os.WriteFile(c.path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// printDiags prints diagnostics a line each: place, severity, code, subject,
// message, hint. Below stand the places that explain them, and the fix.
func printDiags(list []*diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %s", printSpan(d.Span), d.Severity, d.Code)
		if d.Subject.Section != "" {
			fmt.Fprintf(&b, " %s", d.Subject)
		}
		fmt.Fprintf(&b, ": %s", d.Message)
		if d.Hint != "" {
			fmt.Fprintf(&b, " | %s", d.Hint)
		}
		b.WriteByte('\n')
		for _, r := range d.Related {
			fmt.Fprintf(&b, "\t%s %s\n", printSpan(r.Span), r.Message)
		}
		if d.Fix != nil {
			fmt.Fprintf(&b, "\t%s fix: %q\n", printSpan(d.Fix.Span), d.Fix.Text)
		}
	}
	return b.String()
}

// printSpan prints the lines and columns where a span starts and ends.
func printSpan(span source.Span) string {
	start, end := span.StartPosition(), span.EndPosition()
	return fmt.Sprintf("%s:%d:%d-%d:%d", span.File.Name, start.Line, start.Column, end.Line, end.Column)
}
