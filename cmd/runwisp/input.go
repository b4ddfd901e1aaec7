package main

import (
	"path/filepath"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// stdinArg names standard input among the files.
const stdinArg = "-"

// readFile reads a file whole, or standard input. It is called as what it includes
// is: x rather than ./x.
func (s streams) readFile(arg string) (*source.File, error) {
	name, content, err := shortest(arg), "", error(nil)
	if arg == stdinArg {
		name = source.Stdin
		content, err = passes.ReadAll(s.in)
	} else {
		content, err = passes.Disk{}.ReadFile(arg)
	}
	if err != nil {
		return nil, err
	}
	return source.NewFile(name, content), nil
}

// shortest returns the shortest spelling of a path. One that goes up stays as it
// is: behind a link it leads elsewhere than it looks.
func shortest(path string) string {
	if strings.Contains(path, "../") {
		return path
	}
	return filepath.Clean(path)
}
