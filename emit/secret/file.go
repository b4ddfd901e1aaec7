package secret

import (
	"sort"
	"strings"
)

// A file knows the secrets of a file of either format, section by section: of a
// long one, only the sections are looked at that something is shown of.
type file struct {
	content string
	starts  []int   // where sections start, in order
	parts   []*part // what is known of each section; nil until it is asked for
}

func newFile(content string) *file {
	starts := sectionStarts(content)
	return &file{content: content, starts: starts, parts: make([]*part, len(starts))}
}

// sectionStarts returns where the sections of a file start, of which each has the
// secrets that it has in the whole file. So a line inside a secret starts none,
// even if it looks like a header: the strings of TOML may hold such lines, other
// secrets end before them.
func sectionStarts(content string) []int {
	starts := []int{0}
	values := Merge(append(tableValues(content), longStrings(content)...))
	for at := 0; ; {
		n := strings.Index(content[at:], sectionStart)
		if n < 0 {
			return starts
		}
		at += n + 1
		for len(values) > 0 && values[0].End <= at {
			values = values[1:]
		}
		if len(values) == 0 || at <= values[0].Start {
			starts = append(starts, at)
		}
	}
}

// sectionStart is what a section starts with, behind the line feed before it.
const sectionStart = "\n["

// section returns the index of the section that holds an offset.
func (f *file) section(offset int) int { return sort.SearchInts(f.starts, offset+1) - 1 }

// part returns what is known of a section.
func (f *file) part(section int) *part {
	if f.parts[section] == nil {
		end := len(f.content)
		if section+1 < len(f.starts) {
			end = f.starts[section+1]
		}
		start := f.starts[section]
		f.parts[section] = newPart(start, f.content[start:end])
	}
	return f.parts[section]
}

// each calls found for the parts that v touches, the one that starts at its end
// included, with v as the part has it.
func (f *file) each(v Interval, found func(p *part, v Interval)) {
	for i := f.section(v.Start); i < len(f.starts) && f.starts[i] <= v.End; i++ {
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
