package main

import (
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// dash names standard input among the inputs, and standard output as an output.
const dash = "-"

// readFile reads a file whole, or standard input.
func (s streams) readFile(arg string) (file *source.File, err error) {
	name, content := arg, ""
	if arg == dash {
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
