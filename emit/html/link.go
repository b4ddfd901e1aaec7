package html

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir/source"
)

// A place is a line of one of the files of the source.
type place struct {
	file int // the index among the files
	line int // 1-based
}

// id is what the line is called in links.
func (p place) id() string { return fmt.Sprintf("s%d-L%d", p.file+1, p.line) }

// tomlID is what a line of the output is called in links.
func tomlID(line int) string { return fmt.Sprintf("t-L%d", line) }

// links say which lines of the two sides belong together.
type links struct {
	files []*source.File
	// toTOML holds the output lines of each line of each file, by the index
	// of the file and the 1-based line; toSource the places of each 1-based
	// output line.
	toTOML   [][][]int
	toSource [][]place
}

// newLinks follows the provenance of the output.
func newLinks(files []*source.File, tomlLines int, lines []emit.Line) *links {
	l := &links{files: files, toSource: make([][]place, tomlLines+1)}
	for _, f := range files {
		l.toTOML = append(l.toTOML, make([][]int, lineCount(f)+1))
	}
	for _, line := range lines {
		places := l.places(line.Origin)
		for n := line.First; n <= line.Last; n++ {
			l.join(n, places)
		}
	}
	return l
}

// join links an output line with places.
func (l *links) join(line int, places []place) {
	l.toSource[line] = append(l.toSource[line], places...)
	for _, p := range places {
		l.toTOML[p.file][p.line] = append(l.toTOML[p.file][p.line], line)
	}
}

// places returns the lines that a span touches, or nil where it lies in none
// of the files.
func (l *links) places(span source.Span) []place {
	file := slices.Index(l.files, span.File)
	if file < 0 {
		return nil
	}
	count := lineCount(span.File)
	first := min(span.File.LineNumber(span.Start), count)
	last := min(span.File.LineNumber(max(span.Start, span.End-1)), count)
	var list []place
	for n := first; n <= last; n++ {
		list = append(list, place{file, n})
	}
	return list
}

// lineCount returns the number of lines of a file. What follows the last line
// end is one only if it is not empty; a file without any has one to point at.
func lineCount(f *source.File) int {
	n := f.LineNumber(f.Size())
	if text, _ := f.Line(n); text == "" {
		n--
	}
	return max(n, 1)
}

// lineList names lines in few words: "line 4", "lines 4-6, 9".
func lineList(lines []int) string {
	lines = slices.Compact(slices.Sorted(slices.Values(lines)))
	var runs []string
	for i := 0; i < len(lines); {
		j := i
		for j+1 < len(lines) && lines[j+1] == lines[j]+1 {
			j++
		}
		if i == j {
			runs = append(runs, fmt.Sprint(lines[i]))
		} else {
			runs = append(runs, fmt.Sprintf("%d-%d", lines[i], lines[j]))
		}
		i = j + 1
	}
	if len(lines) == 1 {
		return "line " + runs[0]
	}
	return "lines " + strings.Join(runs, ", ")
}
