package report_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// writers write what the files want.NAME of a case hold.
var writers = map[string]func(io.Writer, *testCase) error{
	"text":    text(report.Options{}),
	"quiet":   text(report.Options{Quiet: true}),
	"verbose": text(report.Options{Verbose: true}),
	"color":   text(report.Options{Color: true}),
	"narrow":  text(report.Options{Width: 40}),
	"secrets": text(report.Options{ShowSecrets: true}),
	"json":    func(w io.Writer, c *testCase) error { return report.JSON(w, c.imported(), report.Options{}) },
	"short": func(w io.Writer, c *testCase) error {
		return report.Short(w, c.imported().Diagnostics, report.Options{Verbose: true})
	},
	"sarif": func(w io.Writer, c *testCase) error {
		return report.SARIF(w, c.imported().Diagnostics, report.Options{})
	},
	"findings": func(w io.Writer, c *testCase) error {
		return c.validated().Findings(w, report.Options{})
	},
	"findings-color": func(w io.Writer, c *testCase) error {
		return c.validated().Findings(w, report.Options{Color: true})
	},
	"valid":      func(w io.Writer, c *testCase) error { return c.validated().Summary(w, report.Options{}) },
	"valid-json": func(w io.Writer, c *testCase) error { return c.validated().JSON(w, report.Options{}) },
	"explain":    func(w io.Writer, c *testCase) error { return c.explained().Text(w, report.Options{}) },
	"explain-color": func(w io.Writer, c *testCase) error {
		return c.explained().Text(w, report.Options{Color: true})
	},
	"markdown": func(w io.Writer, c *testCase) error { return c.explained().Markdown(w) },
}

func text(opts report.Options) func(io.Writer, *testCase) error {
	return func(w io.Writer, c *testCase) error { return report.Text(w, c.imported(), opts) }
}

// A testCase is an input with what is reported on it.
type testCase struct {
	files memfs.FS
	// inputs are the files that are imported; nil is supervisord.conf.
	inputs []string
	// target is the output file, named by a line "target: FILE".
	target string
	// code is what is explained, named by a line "code: CODE".
	code diag.Code
}

func newCase(archive *txtar.Archive) *testCase {
	c := &testCase{files: memfs.FS{}, code: diag.NoPrograms}
	for line := range strings.Lines(string(archive.Comment)) {
		if name, ok := strings.CutPrefix(line, "target: "); ok {
			c.target = strings.TrimSpace(name)
		}
		if code, ok := strings.CutPrefix(line, "code: "); ok {
			c.code = diag.Code(strings.TrimSpace(code))
		}
	}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			c.files["/"+f.Name] = seeds.Unescape(string(f.Data))
		}
	}
	return c
}

// escape writes what reports hold of the bytes that a case spells as words.
var escape = strings.NewReplacer("\x1b", "<ESC>")

func (c *testCase) imported() report.Import {
	names := c.inputs
	if names == nil {
		names = []string{"supervisord.conf"}
	}
	var inputs []passes.Input
	for _, name := range names {
		inputs = append(inputs, passes.Input{File: source.NewFile(name, c.files["/"+name]), Path: name, Dir: path.Dir("/" + name)})
	}
	im := runwisp.Import(inputs, passes.Options{Files: c.files, LookupEnv: noVariable, Node: "testhost"})
	return report.Import{
		Config:      im.Config,
		Document:    im.Document,
		Diagnostics: im.Diagnostics,
		Output:      im.Output,
		Target:      c.target,
	}
}

func (c *testCase) validated() report.Validation {
	const name = "runwisp.toml"
	result := runwisp.Validate(source.NewFile(name, c.files["/"+name]), validate.Options{
		ReadFile: func(string) ([]byte, error) { return nil, os.ErrNotExist },
	})
	return report.Validation{
		Path:        name,
		Tasks:       result.Tasks,
		Services:    result.Services,
		Diagnostics: result.Diagnostics,
	}
}

// explained explains the code of the case, with its input for the example.
func (c *testCase) explained() report.Explanation {
	rule := c.code.Rule()
	if rule.Input == diag.RunWisp {
		return report.Explanation{Rule: rule, Diagnostics: c.validated().Diagnostics}
	}
	im := c.imported()
	return report.Explanation{Rule: rule, Diagnostics: im.Diagnostics, TOML: string(im.Output.TOML)}
}

func noVariable(string) (string, bool) { return "", false }

// TestGolden holds every report against the text that was read and kept.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c := newCase(archive)
			for i, f := range archive.Files {
				if what, ok := strings.CutPrefix(f.Name, "want."); ok {
					archive.Files[i].Data = checkGolden(t, c, what, f.Data)
				}
			}
			if golden.Update(t) {
				rewrite(t, name, archive)
			}
		})
	}
}

// checkGolden returns what is written; unless it is to be rewritten, that must
// be what the case wants.
func checkGolden(t *testing.T, c *testCase, what string, want []byte) []byte {
	t.Helper()
	write, ok := writers[what]
	if !ok {
		t.Fatalf("want.%s: there is no such report", what)
	}
	var b bytes.Buffer
	if err := write(&b, c); err != nil {
		t.Fatal(err)
	}
	got := escape.Replace(b.String())
	if diff := cmp.Diff(string(want), got); diff != "" && !golden.Update(t) {
		t.Errorf("want.%s (-want +got):\n%s", what, diff)
	}
	return []byte(got)
}

func rewrite(t *testing.T, name string, archive *txtar.Archive) {
	t.Helper()
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWriteError: a report that cannot be written is an error.
func TestWriteError(t *testing.T) {
	c := newCase(&txtar.Archive{Files: []txtar.File{{Name: "supervisord.conf", Data: []byte("[program:x]\n")}, {Name: "runwisp.toml"}}})
	r, w := io.Pipe()
	r.Close() // nobody reads any more
	for name, write := range writers {
		if err := write(w, c); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}
