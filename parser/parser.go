package parser

import (
	"runtime"
	"strings"

	"github.com/runwisp/runwisp/internal/cores"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// partSize is how long the parts of a large file are, at least, in bytes. They
// are read on all cores. A part of that size stays in a core's cache while its
// lines are counted, its encoding is checked and it is read.
const partSize = 1 << 20

// Parse reads a file. It never fails: a line that supervisord refuses becomes
// a BadNode and a diagnostic, and reading goes on with the next line.
func Parse(file *source.File, sink *diag.Sink) *Tree { return parse(file, sink, partSize) }

// parse reads a file in parts of at least size bytes. Which parts they are
// makes no difference to what is read.
func parse(file *source.File, sink *diag.Sink, size int) *Tree {
	t := &Tree{File: file}
	readers := t.read(bounds(file.Content, size))
	t.prelude = readers[0].prelude
	report(t, readers, sink)
	return t
}

// bounds returns where the parts of a text start, and where the last one ends.
// Each part behind the first starts with a header, which brings the lexer to
// the same state whatever it has read before.
func bounds(text string, size int) []int {
	cuts := []int{0}
	for at := nextHeader(text, size); at < len(text); at = nextHeader(text, at+size) {
		cuts = append(cuts, at)
	}
	return append(cuts, len(text))
}

// nextHeader returns the start of the first line at or behind from that is a
// header whatever stands before it, or len(text). From is 1 at least: the
// first part starts with the text, header or not.
func nextHeader(text string, from int) int {
	for from < len(text) {
		i := strings.Index(text[from-1:], "\n[")
		if i < 0 {
			break
		}
		from += i
		if lexer.IsHeader(text[from:]) {
			return from
		}
		from++
	}
	return len(text)
}

// read reads the parts between the given bounds. Most files are one.
func (t *Tree) read(bounds []int) []partReader {
	if len(bounds) > 2 {
		return t.readParts(bounds)
	}
	r := readPart(t.File, 0, bounds[0], bounds[1], new(nodeRoom), nil)
	t.Sections, t.parts = r.sections, []part{r.part}
	return []partReader{r}
}

// readParts reads the parts between the given bounds, on all cores.
func (t *Tree) readParts(bounds []int) []partReader {
	readers := make([]partReader, len(bounds)-1)
	rooms := make([]nodeRoom, min(len(readers), runtime.GOMAXPROCS(0)))
	t.parts = make([]part, 0, len(readers))
	free := make(chan []Section, len(readers)) // the room of those that are joined
	cores.InOrder(len(readers), func(worker, i int) {
		var sections []Section
		select {
		case sections = <-free:
		default: // the first ones need room of their own
		}
		readers[i] = readPart(t.File, i, bounds[i], bounds[i+1], &rooms[worker], sections)
	}, func(i int) {
		t.join(&readers[i], len(readers))
		free <- readers[i].sections[:0]
		readers[i].sections = nil
	})
	return readers
}

// join adds what was read of one of so many parts.
func (t *Tree) join(r *partReader, parts int) {
	if t.Sections == nil {
		t.Sections = make([]Section, 0, (len(r.sections)+len(r.sections)/16)*parts) // in the others, there are about as many
	}
	t.Sections = append(t.Sections, r.sections...)
	t.parts = append(t.parts, r.part)
}
