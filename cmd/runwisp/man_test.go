package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra/doc"

	"github.com/runwisp/runwisp/internal/golden"
)

// TestManPages: the man pages are those of the commands.
func TestManPages(t *testing.T) {
	dir := t.TempDir()
	root := newRoot(streams{})
	root.DisableAutoGenTag = true // the same pages whenever they are made
	header := &doc.GenManHeader{Section: "1", Source: root.Name(), Date: &time.Time{}}
	if err := doc.GenManTree(root, header, dir); err != nil {
		t.Fatal(err)
	}
	fresh := readPages(t, dir)
	if golden.Update(t) {
		writePages(t, fresh)
	}
	committed := readPages(t, "man")
	if diff := cmp.Diff(fresh, committed); diff != "" {
		t.Errorf("man pages are stale, run go test ./cmd/runwisp -update (-fresh +committed):\n%s", diff)
	}
}

// readPages reads the man pages in a directory.
func readPages(t *testing.T, dir string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(name)] = strings.Replace(string(page), `"Jan 0001"`, `""`, 1) // no date
	}
	return pages
}

// writePages puts man pages in place of the committed ones.
func writePages(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.RemoveAll("man"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("man", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join("man", name), []byte(page), newFileMode); err != nil {
			t.Fatal(err)
		}
	}
}
