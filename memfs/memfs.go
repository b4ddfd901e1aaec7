// Package memfs is a file system in memory, from which examples and tests read
// the files around them.
package memfs

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// An FS holds the contents of files by their clean, slash-separated paths. It
// has the directories that these paths go through, and no others.
type FS map[string]string

// Unreadable is the content of a file that exists and cannot be read.
const Unreadable = "unreadable\n"

var errIsDir = errors.New("is a directory")

// ReadFile returns the content of a file. The error is fs.ErrNotExist where there
// is none, and fs.ErrPermission where it is Unreadable.
func (m FS) ReadFile(name string) (string, error) {
	content, ok := m[path.Clean(name)]
	switch {
	case ok && content == Unreadable:
		return "", fs.ErrPermission
	case ok:
		return content, nil
	case m.IsDir(name):
		return "", errIsDir
	}
	return "", fs.ErrNotExist
}

// ReadDir returns the names in a directory, sorted: none where there is no such
// directory. It never fails.
func (m FS) ReadDir(dir string) ([]string, error) {
	names := map[string]bool{}
	for name := range m {
		if rest, ok := strings.CutPrefix(name, below(dir)); ok {
			if first, _, _ := strings.Cut(rest, "/"); first != "" {
				names[first] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names)), nil
}

// below returns what the paths in a directory start with.
func below(dir string) string {
	if dir = path.Clean(dir); dir != "." {
		return strings.TrimSuffix(dir, "/") + "/"
	}
	return ""
}

// Exists reports whether there is a file or a directory of a name.
func (m FS) Exists(name string) bool {
	_, ok := m[path.Clean(name)]
	return ok || m.IsDir(name)
}

// IsDir reports whether there is a directory of a name.
func (m FS) IsDir(name string) bool {
	for file := range m {
		if strings.HasPrefix(file, below(name)) {
			return true
		}
	}
	return false
}

// Glob returns the files and directories that match a pattern of package path,
// sorted. The error is path.ErrBadPattern.
func (m FS) Glob(pattern string) ([]string, error) {
	matches := map[string]bool{}
	for name := range m {
		for ; name != "." && name != "/"; name = path.Dir(name) {
			ok, err := path.Match(pattern, name)
			if err != nil {
				return nil, err
			}
			if ok {
				matches[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(matches)), nil
}
