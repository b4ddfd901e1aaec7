package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"github.com/runwisp/runwisp/ir/source"
)

// newFileMode is the mode of an output file that did not exist, before umask.
const newFileMode = 0o644

// An outputFile is a file to be written as a whole or not at all.
type outputFile struct {
	path string
	data []byte
	// keep refuses to overwrite other content.
	keep bool

	pending *renameio.PendingFile // holds the data, beside the file
	device  bool                  // the file is a pipe, a terminal or the like
}

var errDiffers = errors.New("it exists with other content; pass --force to overwrite it")

// writeAll writes files. Everything that can go wrong is tried before the
// first of them is touched.
func writeAll(files []*outputFile) error {
	for _, f := range files {
		defer f.discard()
		if err := f.prepare(); err != nil {
			return fmt.Errorf("cannot write %s: %w", f.path, reason(err))
		}
	}
	for _, f := range files {
		if err := f.commit(); err != nil {
			return fmt.Errorf("cannot write %s: %w", f.path, reason(err))
		}
	}
	return nil
}

// prepare writes the data beside the file, with its mode. A file that has the
// content already is left alone.
func (f *outputFile) prepare() error {
	path, err := filepath.EvalSymlinks(f.path) // a link stays a link
	if errors.Is(err, fs.ErrNotExist) {
		path = f.path
	} else if err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.stage(path, renameio.WithPermissions(newFileMode))
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a directory")
	case !info.Mode().IsRegular():
		f.device = true
		return nil
	}
	old, err := os.ReadFile(path)
	switch {
	case err != nil:
		return err
	case bytes.Equal(old, f.data):
		return nil
	case f.keep:
		return errDiffers
	}
	return f.stage(path, renameio.WithExistingPermissions())
}

func (f *outputFile) stage(path string, opts ...renameio.Option) error {
	pending, err := renameio.NewPendingFile(path, opts...)
	if err != nil {
		return err
	}
	f.pending = pending
	_, err = pending.Write(f.data)
	return err
}

// commit puts the data in place.
func (f *outputFile) commit() error {
	switch {
	case f.device:
		return writeDevice(f.path, f.data)
	case f.pending != nil:
		return f.pending.CloseAtomicallyReplace()
	}
	return nil
}

// discard removes what prepare left. After a commit there is nothing.
func (f *outputFile) discard() {
	if f.pending != nil {
		_ = f.pending.Cleanup()
	}
}

// writeDevice writes to what is no regular file.
func writeDevice(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// checkOutputs refuses to write over one of the files that were read, included
// ones among them, and to write two things to one file. A path may be "".
func checkOutputs(paths []string, read []*source.File) error {
	paths = slices.DeleteFunc(paths, func(path string) bool { return path == "" })
	for i, path := range paths {
		info, err := os.Stat(path)
		if err == nil && slices.ContainsFunc(read, func(f *source.File) bool { return isAt(info, f.Name) }) {
			return fmt.Errorf("output %s is also an input", path)
		}
		for _, other := range paths[:i] {
			same := filepath.Clean(path) == filepath.Clean(other) || err == nil && isAt(info, other)
			if same && !isDevice(path) {
				return fmt.Errorf("output %s is named twice", path)
			}
		}
	}
	return nil
}

// isAt reports whether a path leads to a file.
func isAt(info fs.FileInfo, path string) bool {
	other, err := os.Stat(path)
	return err == nil && os.SameFile(info, other)
}

// isDevice reports whether what is at a path is no regular file, so that several
// things can be written to it.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular()
}
