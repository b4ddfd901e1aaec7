package passes

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A restless file is changed by somebody else after its first part was read.
type restless struct {
	*os.File
	change func(path string) error
	first  int // how long the first part is
	read   bool
}

func (r *restless) Read(p []byte) (int, error) {
	if r.read {
		return r.File.Read(p)
	}
	n, err := r.File.Read(p[:min(len(p), r.first)])
	if err == nil {
		r.read = true
		err = r.change(r.Name())
	}
	return n, err
}

// openRestless opens a file that was not written to for a while.
func openRestless(t *testing.T, content string, change func(path string) error) *restless {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.conf")
	then := time.Now().Add(-time.Hour)
	err := errors.Join(os.WriteFile(path, []byte(content), 0o644), os.Chtimes(path, then, then))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &restless{File: f, change: change, first: len(content) / 2}
}

func TestReadAllOfAFileThatChanges(t *testing.T) {
	for size, text := range map[string]string{
		"small": "0123456789",
		"large": strings.Repeat("0123456789", largeFile/10+1),
	} {
		other := strings.Repeat("x", len(text))
		for _, tt := range []struct {
			name   string
			change func(path string) error
			want   error
		}{
			{"left alone", func(string) error { return nil }, nil},
			{"truncated", func(path string) error { return os.Truncate(path, 5) }, errChanged},
			{"emptied", func(path string) error { return os.Truncate(path, 0) }, errChanged},
			{"rewritten", func(path string) error { return os.WriteFile(path, []byte(other), 0o644) }, errChanged},
			{"longer", func(path string) error { return os.WriteFile(path, []byte(other+"x"), 0o644) }, errChanged},
			{"removed", os.Remove, nil}, // all of it can still be read
			{"replaced", func(path string) error { return os.Rename(path, path+"~") }, nil},
			{"broken", func(string) error { return fs.ErrClosed }, fs.ErrClosed},
		} {
			t.Run(size+" "+tt.name, func(t *testing.T) {
				content, err := ReadAll(openRestless(t, text, tt.change))
				if !errors.Is(err, tt.want) {
					t.Fatalf("error is %v, want %v", err, tt.want)
				}
				if err == nil && content != text {
					t.Errorf("it reads %d other bytes", len(content))
				}
			})
		}
	}
}

// What was read before ReadAll is called is not read again.
func TestReadAllOfTheRestOfAFile(t *testing.T) {
	text := strings.Repeat("0123456789", largeFile/10+1)
	f := openRestless(t, text, func(string) error { return nil })
	if _, err := f.Seek(7, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	content, err := ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if content != text[7:] {
		t.Errorf("it reads %d other bytes", len(content))
	}
}

// TestListingAPipe: what a pattern takes for a directory can be a named pipe,
// which nobody may wait for.
func TestListingAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := Disk{}.ReadDir(path)
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a named pipe was listed")
		}
	case <-time.After(10 * time.Second):
		t.Error("a named pipe was opened")
	}
}
