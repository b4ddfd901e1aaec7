package main

import (
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// stdinArg names standard input among the files.
const stdinArg = "-"

// stdinName is what standard input is called in diagnostics.
const stdinName = "<stdin>"

var errTooLarge = errors.New("it is larger than 2 GiB")

// readFile reads a file whole, or standard input.
func (s streams) readFile(arg string) (*source.File, error) {
	name, content, err := arg, "", error(nil)
	if arg == stdinArg {
		var b strings.Builder
		_, err = io.Copy(&b, s.in)
		name, content = stdinName, b.String()
	} else {
		content, err = passes.Disk{}.ReadFile(arg)
	}
	switch {
	case err != nil:
		return nil, err
	case len(content) > source.MaxSize:
		return nil, errTooLarge
	}
	return source.NewFile(name, content), nil
}

// reason takes the path out of an error that is printed behind it anyway.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
