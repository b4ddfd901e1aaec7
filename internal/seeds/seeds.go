// Package seeds reads the inputs of the conformance cases, with which the tests
// of all rooms try their code, and from which their fuzz targets start.
package seeds

import (
	"path/filepath"
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

// Inputs returns the configurations of all conformance cases. Root is the
// folder of the module as the test sees it.
func Inputs(tb testing.TB, root string) []string {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(root, "testdata/conformance/*/*.txtar"))
	if err != nil || len(names) == 0 {
		tb.Fatalf("no conformance cases below %s: %v", root, err)
	}
	var inputs []string
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		inputs = append(inputs, configurations(archive)...)
	}
	return inputs
}

// configurations returns the files of a case that are not its expectations.
func configurations(archive *txtar.Archive) []string {
	escaped := strings.Contains(string(archive.Comment), "\nescapes: on\n")
	var list []string
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want.") {
			continue
		}
		text := string(f.Data)
		if escaped {
			text = Unescape(text)
		}
		list = append(list, text)
	}
	return list
}
