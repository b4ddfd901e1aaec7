// Package seeds reads the conformance cases, with the inputs of which the tests
// of all rooms try their code, and from which their fuzz targets start.
package seeds

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// escapes let a case hold bytes that a text file had better not.
var escapes = strings.NewReplacer(
	"<CR>", "\r", "<BOM>", "\uFEFF", "<FF>", "\xFF", "<NUL>", "\x00", "<NEL>", "\u0085",
	"<NBSP>", "\u00A0", "<ZWSP>", "\u200B", "<VT>", "\v", "<TAB>", "\t", "<ESC>", "\x1b", "<BEL>", "\a", "<NONL>\n", "",
)

// Unescape puts the bytes into the text of a case that it writes as words.
func Unescape(text string) string { return escapes.Replace(text) }

// A Case is a conformance case without its switches and its expectations.
type Case struct {
	Name string // "AREA/NAME"
	// Files are the configurations by their paths.
	Files map[string]string
	// Inputs are the paths of the files that are imported. What stands on
	// standard input is the file "stdin".
	Inputs []string
}

// Cases returns all conformance cases. Root is the folder of the module as the
// test sees it.
func Cases(tb testing.TB, root string) []Case {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(root, "testdata/conformance/*/*.txtar"))
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no conformance cases below %s: %v", root, err)
	}
	var cases []Case
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		area, file := filepath.Split(path)
		name := filepath.Base(area) + "/" + strings.TrimSuffix(file, ".txtar")
		cases = append(cases, newCase(name, archive))
	}
	return cases
}

func newCase(name string, archive *txtar.Archive) Case {
	c := Case{Name: name, Files: map[string]string{}, Inputs: []string{"supervisord.conf"}}
	escaped := false
	for line := range strings.Lines(string(archive.Comment)) {
		if list, ok := strings.CutPrefix(line, "inputs: "); ok {
			c.Inputs = strings.Fields(list)
		}
		escaped = escaped || line == "escapes: on\n"
	}
	if i := slices.Index(c.Inputs, "-"); i >= 0 {
		c.Inputs[i] = "stdin"
	}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want.") {
			continue
		}
		name, data := f.Name, string(f.Data)
		if escaped {
			name, data = Unescape(name), Unescape(data)
		}
		c.Files[name] = data
	}
	return c
}

// Inputs returns the configurations of all conformance cases. Root is the
// folder of the module as the test sees it.
func Inputs(tb testing.TB, root string) []string {
	tb.Helper()
	var inputs []string
	for _, c := range Cases(tb, root) {
		for _, name := range slices.Sorted(maps.Keys(c.Files)) {
			inputs = append(inputs, c.Files[name])
		}
	}
	return inputs
}
