package passes

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unsafe"

	"github.com/runwisp/runwisp/internal/pages"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes/glob"
)

// A FileSystem is what includes are read from, on several goroutines at a time.
// Paths are absolute.
type FileSystem interface {
	// ReadFile returns the whole content of a file.
	ReadFile(path string) (string, error)
	glob.FileSystem
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
	return ReadAll(f)
}

var (
	errChanged  = errors.New("file changed while it was read; try again")
	errTooLarge = errors.New("file is larger than 2 GiB")
)

// An openFile is what ReadAll needs of an *os.File.
type openFile interface {
	io.Reader
	Stat() (fs.FileInfo, error)
}

// ReadAll returns what is left to read of an open file. A regular file that
// changes meanwhile is an error, since a half of it may lack any program;
// so is one that is larger than source.MaxSize, or has no end.
func ReadAll(f openFile) (string, error) {
	before, err := f.Stat()
	if err != nil {
		return "", err
	}
	if before.Size() > source.MaxSize {
		return "", errTooLarge
	}
	content, err := readRest(f, before)
	switch {
	case err != nil:
		return "", err
	case len(content) > source.MaxSize:
		return "", errTooLarge
	}
	after, err := f.Stat()
	if err == nil && hasChanged(before, after) {
		err = errChanged
	}
	return content, err
}

// readRest returns what is left to read, or one byte more than may be.
func readRest(f io.Reader, info fs.FileInfo) (string, error) {
	if info.Mode().IsRegular() && info.Size() >= largeFile {
		return readLarge(f, info.Size())
	}
	var b strings.Builder
	if info.Mode().IsRegular() {
		b.Grow(int(info.Size()))
	}
	_, err := io.Copy(&b, io.LimitReader(f, source.MaxSize+1))
	return b.String(), err
}

// largeFile is the size from which a file is read by readLarge.
const largeFile = 8 << 20

// readLarge reads a file of at most size bytes.
func readLarge(f io.Reader, size int64) (string, error) {
	buf := pages.Make[byte](int(size))
	n, err := io.ReadFull(f, buf)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // some of it was read before, or it became shorter, which hasChanged tells
	}
	return unsafe.String(unsafe.SliceData(buf), n), err // nobody else has buf
}

// hasChanged reports whether a regular file is another than it was.
func hasChanged(before, after fs.FileInfo) bool {
	return before.Mode().IsRegular() &&
		(after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()))
}

// ReadDir implements FileSystem. It opens nothing but directories: to open a named
// pipe would wait for who writes into it.
func (Disk) ReadDir(path string) ([]string, error) {
	entries, err := os.ReadDir(path)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
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
