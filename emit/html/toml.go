package html

import (
	"regexp"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir/source"
)

// A tomlFile is the output as lines.
type tomlFile struct {
	*source.File
	count int
	// first and last are the lines of the value that a line is part of: the
	// line itself but for values of several lines. Lines are 1-based.
	first, last []int
}

// opening matches the first line of a value that takes several.
var opening = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*") = ('''|""")$`)
})

func newTOMLFile(content []byte) *tomlFile {
	f := source.NewFile("", string(content))
	t := &tomlFile{File: f, count: lineCount(f)}
	t.first, t.last = make([]int, t.count+1), make([]int, t.count+1)
	for n := 1; n <= t.count; {
		last := t.valueEnd(n)
		for start := n; n <= last; n++ {
			t.first[n], t.last[n] = start, last
		}
	}
	return t
}

// valueEnd returns the last line of the value that starts on line n.
func (t *tomlFile) valueEnd(n int) int {
	text, _ := t.Line(n)
	open := opening().FindStringSubmatch(text)
	if open == nil {
		return n
	}
	for end := n + 1; end <= t.count; end++ {
		if text, _ := t.Line(end); strings.Contains(text, open[1]) {
			return end
		}
	}
	return n
}
