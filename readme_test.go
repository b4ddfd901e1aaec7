package runwisp_test

import (
	"os"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/ir/schema"
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

// TestSchemaNamesEveryOption: whoever writes an option of supervisord into a
// runwisp.toml is told the key that the importer would have written.
func TestSchemaNamesEveryOption(t *testing.T) {
	for _, o := range passes.KnownOptions() {
		if o.Target == "" && o.Rule == "" || o.Target == o.Key {
			continue // of sections that are not imported, or under the same name
		}
		table, want := schema.Service, o.Target
		if o.Target == "restart" {
			table = schema.Task
		}
		if key, refused := table.FromSupervisord(o.Key); key != want || (key == "") != (refused != nil) {
			t.Errorf("ir/schema/supervisord.go has no row for %s and %q, or another one: it gives %q", o.Key, want, key)
		}
	}
}
