package secret

import (
	"slices"
	"strings"
)

// wholeFile is the length in bytes up to which a file is looked at as a whole.
// Of a longer one, which is no script with a text of several lines in it, only
// the sections are that something is shown of.
const wholeFile = 1 << 20

// A file knows the secrets of a file of either format, so far as it was looked
// at.
type file struct {
	content string
	parts   []*part // in order
}

// at returns the part that holds an offset.
func (f *file) at(offset int) *part {
	i, found := slices.BinarySearchFunc(f.parts, offset, func(p *part, offset int) int {
		switch {
		case p.start+len(p.content) <= offset && p.start+len(p.content) < len(f.content):
			return -1
		case p.start > offset:
			return 1
		}
		return 0
	})
	if !found {
		start, end := f.section(offset)
		f.parts = slices.Insert(f.parts, i, newPart(start, f.content[start:end]))
	}
	return f.parts[i]
}

// section returns what of the file is looked at together with an offset.
func (f *file) section(offset int) (start, end int) {
	if len(f.content) <= wholeFile {
		return 0, len(f.content)
	}
	start = strings.LastIndex(f.content[:offset], sectionStart) + 1
	end = len(f.content)
	if n := strings.Index(f.content[offset:], sectionStart); n >= 0 {
		end = offset + n + 1
	}
	return start, end
}

// sectionStart is what a section starts with, behind the line feed before it.
const sectionStart = "\n["

// each calls found for the parts that v touches, with v as the part has it.
func (f *file) each(v Interval, found func(p *part, v Interval)) {
	for at := v.Start; ; {
		p := f.at(at)
		end := p.start + len(p.content)
		found(p, Interval{at - p.start, min(v.End, end) - p.start})
		if at = end; at >= v.End || at == len(f.content) {
			return
		}
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
