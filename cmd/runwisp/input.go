package main

import (
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// stdinArg names standard input among the files.
const stdinArg = "-"

// readFile reads a file whole, or standard input.
func (s streams) readFile(arg string) (file *source.File, err error) {
	name, content := arg, ""
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
