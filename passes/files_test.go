package passes

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A restless file is changed by somebody else after its first part was read.
type restless struct {
	*os.File
	change func(path string) error
	read   bool
}

func (r *restless) Read(p []byte) (int, error) {
	n, err := r.File.Read(p[:min(len(p), 5)])
	if !r.read && err == nil {
		r.read = true
		err = r.change(r.Name())
	}
	return n, err
}

// openRestless opens a file that was not written to for a while.
func openRestless(t *testing.T, change func(path string) error) *restless {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.conf")
	then := time.Now().Add(-time.Hour)
	err := errors.Join(os.WriteFile(path, []byte("0123456789"), 0o644), os.Chtimes(path, then, then))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &restless{File: f, change: change}
}

func TestReadAllOfAFileThatChanges(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(path string) error
		want   error
	}{
		{"left alone", func(string) error { return nil }, nil},
		{"truncated", func(path string) error { return os.Truncate(path, 5) }, errChanged},
		{"emptied", func(path string) error { return os.Truncate(path, 0) }, errChanged},
		{"rewritten", func(path string) error { return os.WriteFile(path, []byte("9876543210"), 0o644) }, errChanged},
		{"longer", func(path string) error { return os.WriteFile(path, []byte("9876543210x"), 0o644) }, errChanged},
		{"removed", os.Remove, nil}, // all of it can still be read
		{"replaced", func(path string) error { return os.Rename(path, path+"~") }, nil},
		{"broken", func(string) error { return fs.ErrClosed }, fs.ErrClosed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			content, err := ReadAll(openRestless(t, tt.change))
			if !errors.Is(err, tt.want) {
				t.Fatalf("error is %v, want %v", err, tt.want)
			}
			if err == nil && content != "0123456789" {
				t.Errorf("it reads %q", content)
			}
		})
	}
}
