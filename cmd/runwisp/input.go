package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// stdinArg names standard input among the files.
const stdinArg = "-"

// stdinName is what standard input is called in diagnostics.
const stdinName = "<stdin>"

// readFile reads a file whole, or standard input.
func (s streams) readFile(arg string) (*source.File, error) {
	name, content, err := arg, "", error(nil)
	if arg == stdinArg {
		name = stdinName
		content, err = passes.ReadAll(s.in)
	} else {
		content, err = passes.Disk{}.ReadFile(arg)
	}
	if err != nil {
		return nil, err
	}
	return source.NewFile(name, content), nil
}

// reason takes the paths out of an error that is printed behind one anyway.
func reason(err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		return pathError.Err
	case errors.As(err, &linkError):
		return linkError.Err
	}
	return err
}
