package main

import (
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// stdinArg names standard input among the files.
const stdinArg = "-"

// readFile reads a file whole, or standard input.
func (s streams) readFile(arg string) (*source.File, error) {
	if arg == stdinArg {
		content, err := passes.ReadAll(s.in)
		return source.NewFile(source.Stdin, content), err
	}
	content, err := passes.Disk{}.ReadFile(arg)
	return source.NewFile(arg, content), err
}
