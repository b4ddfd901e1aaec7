package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/passes"
)

// includes are the files that a configuration names. Whoever wrote it may not
// be who imports it, so unlike a file that is named on the command line one of
// them must not keep us waiting: no pipe, no device without end.
type includes struct{ passes.Disk }

var errNotRegular = errors.New("is not a regular file")

// ReadFile implements passes.FileSystem.
func (d includes) ReadFile(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular() && !info.IsDir():
		return "", &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	return d.Disk.ReadFile(path)
}

// readIncluded reads a file that a runwisp.toml names. An error does not name
// it again.
func readIncluded(path string) ([]byte, error) {
	content, err := includes{}.ReadFile(path)
	return []byte(content), say.Reason(err)
}
