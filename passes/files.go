package passes

import (
	"io"
	"os"
	"strings"
)

// A FileSystem is what includes are read from, on several goroutines at a time.
// Paths are absolute.
type FileSystem interface {
	// ReadFile returns the whole content of a file.
	ReadFile(path string) (string, error)
	// ReadDir returns the names in a directory, in any order.
	ReadDir(path string) ([]string, error)
	// Exists reports whether something is at path; a dangling symbolic
	// link is something.
	Exists(path string) bool
	// IsDir reports whether a directory, or a link to one, is at path.
	IsDir(path string) bool
}

// Disk is the file system of the machine.
type Disk struct{}

// ReadFile implements FileSystem. The content is held once, however large.
func (Disk) ReadFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		b.Grow(int(info.Size()))
	}
	_, err = io.Copy(&b, f)
	return b.String(), err
}

// ReadDir implements FileSystem.
func (Disk) ReadDir(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdirnames(-1)
}

// Exists implements FileSystem.
func (Disk) Exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// IsDir implements FileSystem.
func (Disk) IsDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
