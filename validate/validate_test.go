package validate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/validate"
)

const (
	casesPattern = "../testdata/validate/*.txtar"
	inputName    = "runwisp.toml"
	wantName     = "want.diags"
	// envName holds NAME=value lines: the environment of the daemon.
	envName = "env"
	// lockedName lists files that exist but cannot be read.
	lockedName = "locked"
)

// A world is what a case says about everything but the file itself.
type world struct {
	files memfs.FS
	env   map[string]string
}

func newWorld(archive *txtar.Archive) world {
	w := world{files: memfs.FS{}, env: map[string]string{}}
	for _, f := range archive.Files {
		switch f.Name {
		case envName:
			for line := range strings.Lines(string(f.Data)) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				w.env[name] = value
			}
		case lockedName:
			for _, name := range strings.Fields(string(f.Data)) {
				w.files[name] = memfs.Unreadable
			}
		default:
			w.files[f.Name] = string(f.Data)
		}
	}
	return w
}

func (w world) options() validate.Options {
	return validate.Options{
		LookupEnv: func(name string) (string, bool) {
			value, ok := w.env[name]
			return value, ok
		},
		ReadFile: func(name string) ([]byte, error) {
			content, err := w.files.ReadFile(name)
			return []byte(content), err
		},
		Glob: w.files.Glob,
	}
}

// run validates a text that stands alone.
func run(text string, opts validate.Options) ([]*diag.Diagnostic, validate.Result) {
	var sink diag.Sink
	result := validate.Validate(source.NewFile(inputName, text), opts, &sink)
	return sink.All(), result
}

// format prints diagnostics as the cases hold them.
func format(list []*diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		start, end := d.Span.StartPosition(), d.Span.EndPosition()
		key := d.Subject.String()
		if key != "" {
			key = " " + key
		}
		fmt.Fprintf(&b, "%s:%d:%d-%d:%d %s %s%s: %s\n", d.Span.File.Name,
			start.Line, start.Column, end.Line, end.Column, d.Severity, d.Code, key, d.Message)
	}
	return b.String()
}

// readCases returns the cases by their path.
func readCases(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob(casesPattern)
	if err != nil || len(names) < 80 {
		t.Fatalf("found %d cases, %v", len(names), err)
	}
	cases := make(map[string]*txtar.Archive)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cases[name] = archive
	}
	return cases
}

// file returns a file of an archive, or nil.
func file(archive *txtar.Archive, name string) *txtar.File {
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			return &archive.Files[i]
		}
	}
	return nil
}

func TestCases(t *testing.T) {
	update := golden.Update(t)
	for path, archive := range readCases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			if strings.TrimSpace(string(archive.Comment)) == "" {
				t.Error("first line does not say what is proved")
			}
			want := file(archive, wantName)
			if want == nil {
				t.Fatalf("no %s", wantName)
			}
			list, _ := run(string(file(archive, inputName).Data), newWorld(archive).options())
			got := format(list)
			if update {
				want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFixes: a fix that is applied settles its finding, and brings up no other at
// the key.
func TestFixes(t *testing.T) {
	applied := 0
	for path, archive := range readCases(t) {
		text, opts := string(file(archive, inputName).Data), newWorld(archive).options()
		list, _ := run(text, opts)
		for _, d := range list {
			if d.Fix == nil || d.Fix.Span.File.Content != text {
				continue // an included file
			}
			applied++
			span := d.Fix.Span
			again, _ := run(text[:span.Start]+d.Fix.Text+text[span.End:], opts)
			for _, other := range again {
				if other.Span.Start == span.Start {
					t.Errorf("%s: with the fix of %q there is %q", path, d.Message, other.Message)
				}
			}
		}
	}
	if applied < 10 {
		t.Errorf("only %d fixes were applied", applied)
	}
}

// TestEveryRuleHasACase keeps the cases complete.
func TestEveryRuleHasACase(t *testing.T) {
	seen := make(map[string]bool)
	for _, archive := range readCases(t) {
		for line := range strings.Lines(string(file(archive, wantName).Data)) {
			seen[strings.TrimSuffix(strings.Fields(line)[2], ":")] = true
		}
	}
	for _, rule := range diag.Rules() {
		if rule.Input == diag.RunWisp && !seen[string(rule.Code)] {
			t.Errorf("no case raises %s", rule.Code)
		}
	}
}

// exampleArchive returns the example of a rule, and the files around it.
func exampleArchive(rule *diag.Rule) *txtar.Archive {
	files := []txtar.File{{Name: inputName, Data: []byte(rule.ExampleText())}}
	for _, f := range rule.Scene.Files {
		files = append(files, txtar.File{Name: f.Path, Data: []byte(f.Content)})
	}
	return &txtar.Archive{Files: files}
}

// TestExamples runs the example of each rule, which raises that rule alone.
func TestExamples(t *testing.T) {
	for _, rule := range diag.Rules() {
		if rule.Input != diag.RunWisp {
			continue
		}
		list, _ := run(rule.ExampleText(), newWorld(exampleArchive(&rule)).options())
		if len(list) != 1 || list[0].Code != rule.Code {
			t.Errorf("example of %s: got\n%s", rule.Code, format(list))
		}
	}
}
