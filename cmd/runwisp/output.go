package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/google/renameio/v2"

	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/source"
)

// newFileMode is the mode of an output file that did not exist, before umask.
const newFileMode = 0o644

// An outputFile is a file to be written as a whole or not at all.
type outputFile struct {
	path string
	// data is the content, empty where it goes to pending as it is made.
	data []byte
	// keep refuses to overwrite other content.
	keep bool
	// stream is what the path is a name of, or nil: data goes behind what
	// was written there.
	stream *os.File

	target  string                // path, or where the links there lead
	pending *renameio.PendingFile // holds the content, beside the file
	fresh   bool                  // there was no such file
	device  bool                  // the file is a pipe, a terminal or the like
}

var errDiffers = errors.New("it exists with other content; pass --force to overwrite it")

// writeAll writes files. Everything that can go wrong is tried before the
// first of them is touched; what can be neither tried nor undone comes first.
func (s *stage) writeAll(files []*outputFile) error {
	for _, f := range files {
		if err := f.prepare(s); err != nil {
			return f.failed(err)
		}
	}
	slices.SortStableFunc(files, devicesFirst)
	for _, f := range files {
		if err := f.commit(s); err != nil {
			return f.failed(err)
		}
	}
	return nil
}

// failed says which file could not be written.
func (f *outputFile) failed(err error) error {
	return fmt.Errorf("cannot write %s: %w", f.path, say.Reason(err))
}

func devicesFirst(f, g *outputFile) int {
	switch {
	case f.device == g.device:
		return 0
	case f.device:
		return -1
	}
	return 1
}

// prepare writes the data beside the file, with its mode. A file that has the
// content already is left alone.
func (f *outputFile) prepare(s *stage) error {
	switch {
	case f.pending != nil: // it was begun early
		return nil
	case f.stream != nil:
		f.device = true
		return nil
	}
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.prepareNew(s)
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a directory; name a file in it")
	case !info.Mode().IsRegular():
		f.device = true
		return nil
	}
	if f.target, err = filepath.EvalSymlinks(f.path); err != nil { // a link stays a link
		return err
	}
	same, err := f.isWritten(f.data)
	switch {
	case err != nil || same:
		return err
	case f.keep:
		return errDiffers
	}
	if err := f.stage(s, info.Mode().Perm()); err != nil {
		return err
	}
	return f.pending.Chmod(info.Mode().Perm()) // whatever the umask is
}

// prepareNew writes the data beside where there is no file yet.
func (f *outputFile) prepareNew(s *stage) error {
	f.target, f.fresh = linkTarget(f.path), true
	err := f.stage(s, newFileMode)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s; make it first", filepath.Dir(f.target))
	}
	return err
}

// maxLinks is how many links in a row are followed, as by the kernel.
const maxLinks = 40

// linkTarget returns where links lead that lead to no file: the file is made
// there, and the links stay links.
func linkTarget(path string) string {
	for range maxLinks {
		link, err := os.Readlink(path)
		if err != nil {
			break // no link, or writing will tell
		}
		if !filepath.IsAbs(link) {
			dir, _ := filepath.Split(path)
			link = dir + link
		}
		path = link
	}
	dir, base := filepath.Split(path)
	if dir, err := filepath.EvalSymlinks(cmp.Or(dir, ".")); err == nil {
		path = filepath.Join(dir, base) // what is made beside it stands there too
	}
	return path
}

// isWritten reports whether the file has some content already. One of another
// size is not read, however large.
func (f *outputFile) isWritten(data []byte) (bool, error) {
	info, err := os.Stat(f.target)
	if err != nil || info.Size() != int64(len(data)) {
		return false, err
	}
	old, err := os.ReadFile(f.target)
	return err == nil && bytes.Equal(old, data), err
}

func (f *outputFile) stage(s *stage, mode os.FileMode) (err error) {
	if f.pending, err = s.create(f.target, mode); err != nil {
		return err
	}
	_, err = f.pending.Write(f.data)
	return err
}

// commit puts the data in place.
func (f *outputFile) commit(s *stage) error {
	switch {
	case f.device:
		return f.writeDevice()
	case f.pending == nil:
		return nil
	case f.fresh && f.keep:
		return s.move(f.create)
	}
	return s.move(f.pending.CloseAtomicallyReplace)
}

// create puts the data where there is no file, and refuses to do so where one
// appeared in the meantime. File systems without links cannot tell.
func (f *outputFile) create() error {
	if err := f.pending.Sync(); err != nil {
		return err
	}
	err := os.Link(f.pending.Name(), f.target)
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrExist):
		return f.pending.CloseAtomicallyReplace()
	}
	data, err := os.ReadFile(f.pending.Name())
	if err != nil {
		return err
	}
	same, err := f.isWritten(data)
	if err == nil && !same {
		err = errDiffers
	}
	return err
}

// writeDevice writes to what is no regular file, or was begun by others.
func (f *outputFile) writeDevice() error {
	w, err := f.openDevice()
	if err != nil {
		return err
	}
	_, err = w.Write(f.data)
	return errors.Join(err, w.Close())
}

// openDevice opens a device. A stream cannot always be opened by its name, and
// is not at its end then; and where nobody reads it any more, that is an error
// only under another number.
func (f *outputFile) openDevice() (*os.File, error) {
	if f.stream == nil {
		return os.OpenFile(f.path, os.O_WRONLY, 0)
	}
	fd, err := syscall.Dup(int(f.stream.Fd()))
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.path), nil
}

// named returns the stream that a path is the system's name of, or nil.
func (s streams) named(path string) *os.File {
	var w io.Writer
	switch filepath.Clean(path) {
	case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
		w = s.out
	case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2":
		w = s.err
	}
	f, _ := w.(*os.File)
	return f
}

// checkOutputs refuses to write over one of the files that were read, included
// ones among them, and to write two things to one file. A path may be "".
func (s streams) checkOutputs(paths []string, read []*source.File) error {
	paths = slices.DeleteFunc(paths, func(path string) bool { return path == "" || isDevice(path) })
	for i, path := range paths {
		info, err := os.Stat(path)
		if err == nil && slices.ContainsFunc(read, func(f *source.File) bool { return s.isInput(info, f) }) {
			return fmt.Errorf("output %s is also an input, which it would overwrite; name another file", path)
		}
		for _, other := range paths[:i] {
			if place(path) == place(other) || err == nil && isAt(info, other) {
				return fmt.Errorf("output %s is named twice; name a file for each", path)
			}
		}
	}
	return nil
}

// isInput reports whether a file is one that was read.
func (s streams) isInput(info fs.FileInfo, read *source.File) bool {
	if read.Name != source.Stdin {
		return isAt(info, read.Name)
	}
	in, err := s.in.Stat()
	return err == nil && os.SameFile(info, in)
}

// isAt reports whether a path leads to a file.
func isAt(info fs.FileInfo, path string) bool {
	other, err := os.Stat(path)
	return err == nil && os.SameFile(info, other)
}

// place returns one name for all names of a file that is to be made.
func place(path string) string {
	path = linkTarget(path)
	if abs, err := absolute(path); err == nil {
		return abs
	}
	return path
}

// isStream reports whether a path leads to the regular file that a stream goes
// to. A file that is written there takes the place of what the stream wrote.
func isStream(path string, w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || path == "" || isDevice(path) {
		return false
	}
	info, err := f.Stat()
	return err == nil && isAt(info, path)
}

// isDevice reports whether what is at a path is no regular file, so that several
// things can be written to it.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular()
}
