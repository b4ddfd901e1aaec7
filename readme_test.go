package runwisp_test

import (
	"os"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/passes"
)

// TestReadmeNamesEveryOption: the table of the README has every option of a
// program, with its target in the same row.
func TestReadmeNamesEveryOption(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(string(text), "\n")
	for _, o := range passes.KnownOptions() {
		if o.Target == "" && o.Rule == "" {
			continue // of sections that are not imported
		}
		found := false
		for _, row := range rows {
			found = found || strings.HasPrefix(row, "|") && strings.Contains(row, "`"+o.Key+"`") && strings.Contains(row, "`"+o.Target)
		}
		if !found {
			t.Errorf("README.md has no row for %s and %q", o.Key, o.Target)
		}
	}
}
