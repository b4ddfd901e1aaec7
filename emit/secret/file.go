package secret

import (
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// A file knows the secrets of a file of either format, section by section. In
// a long file it looks only at the sections that something is shown of, and finds
// no sections behind them.
type file struct {
	content string
	input   diag.Input
	starts  []int32       // where sections start, in order, so far as they are known
	parts   map[int]*part // what is known of those that were asked for
	all     bool          // all sections are known
	window  int           // how many bytes they are looked for in at first
}

func newFile(content string, input diag.Input) *file {
	return &file{content: content, input: input, starts: []int32{0}, parts: map[int]*part{}, window: windowSize}
}

// windowSize is the window of a file. With any other the same sections are found.
const windowSize = 16 << 10

// find finds the sections up to the first that starts behind an offset.
func (f *file) find(offset int) {
	for size := f.window; !f.all && f.start(len(f.starts)-1) <= offset; size *= 2 {
		f.findIn(size)
	}
}

// findIn finds the sections that start in the next bytes. In a runwisp.toml each
// has the secrets that it has in the whole file: so a line inside a secret starts
// none, even if it looks like a header.
func (f *file) findIn(size int) {
	from := f.start(len(f.starts) - 1)
	to := header(f.content, from+size)
	f.all = to == len(f.content)
	text := f.content[from:to]
	var values []Interval // that may hold such lines
	if f.input == diag.RunWisp {
		values = Merge(append(tableValues(text), longStrings(text)...))
	}
	last := to // the last offset of which it can be told
	if n := len(values); n > 0 && values[n-1].End == len(text) && !f.all {
		last = from + values[n-1].Start // it may go on behind the text
		values = values[:n-1]
	}
	for at := header(f.content, from); at <= last && at < len(f.content); at = header(f.content, at) {
		for len(values) > 0 && from+values[0].End <= at {
			values = values[1:]
		}
		if len(values) == 0 || at <= from+values[0].Start {
			f.starts = append(f.starts, int32(at))
		}
	}
}

// header returns where the first line behind an offset starts that looks like a
// header, or the end of the content.
func header(content string, at int) int {
	for at++; at < len(content); at++ {
		n := strings.IndexByte(content[at:], '[')
		if n < 0 {
			break
		}
		if at += n; content[at-1] == '\n' {
			return at
		}
	}
	return len(content)
}

// start returns where a section starts.
func (f *file) start(section int) int { return int(f.starts[section]) }

// section returns the index of the section that holds an offset. It must have
// been found.
func (f *file) section(offset int) int {
	return sort.Search(len(f.starts), func(i int) bool { return f.start(i) > offset }) - 1
}

// part returns what is known of a section.
func (f *file) part(section int) *part {
	p, ok := f.parts[section]
	if !ok {
		start, end := f.start(section), len(f.content)
		if section+1 < len(f.starts) {
			end = f.start(section + 1)
		}
		p = newPart(start, f.content[start:end])
		f.parts[section] = p
	}
	return p
}

// each calls found for the parts that v touches, the one that starts at its end
// included, with v as the part has it.
func (f *file) each(v Interval, found func(p *part, v Interval)) {
	f.find(v.End)
	for i := f.section(v.Start); i < len(f.starts) && f.start(i) <= v.End; i++ {
		p := f.part(i)
		start, end := max(v.Start-p.start, 0), min(v.End-p.start, len(p.content))
		found(p, Interval{start, end})
	}
}

// within returns the secrets inside v, relative to it.
func (f *file) within(v Interval) []Interval {
	var list []Interval
	f.each(v, func(p *part, inside Interval) {
		shift := p.start + inside.Start - v.Start
		for _, w := range Within(p.secrets, inside) {
			list = append(list, Interval{w.Start + shift, w.End + shift})
		}
	})
	return list
}

// quoted returns where a text quotes secrets from v.
func (f *file) quoted(text string, v Interval) []Interval {
	var list []Interval
	f.each(v, func(p *part, inside Interval) { list = append(list, p.quoted(text, inside)...) })
	return list
}
