package html

import (
	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir/source"
)

// A tomlFile is the output as lines.
type tomlFile struct {
	*source.File
	count int
	// last holds the last line of the entry that each line is part of. Lines
	// are 1-based, so the first is unused.
	last []int
}

func newTOMLFile(out emit.Output) *tomlFile {
	f := source.NewFile("", string(out.TOML))
	t := &tomlFile{File: f, count: lineCount(f)}
	t.last = make([]int, t.count+1)
	for n := range t.last {
		t.last[n] = n
	}
	for _, line := range out.Lines {
		for n := line.First; n <= line.Last; n++ {
			t.last[n] = line.Last
		}
	}
	return t
}
