package secret

import (
	"sort"
	"strings"
)

// A part is a piece of a file that is looked at by itself, and knows its
// secrets.
type part struct {
	start   int // in the file
	content string
	secrets []Interval
	// options are the offsets at which options start, the matchers find the
	// secrets of each. They are made when something quotes the option.
	options  []int
	matchers map[int]*matcher
}

func newPart(start int, content string) *part {
	return &part{
		start:    start,
		content:  content,
		secrets:  Find(content, Continued(content)),
		options:  optionStarts(content),
		matchers: map[int]*matcher{},
	}
}

// optionStarts returns the offsets of the lines that continue no other: those
// that are not indented.
func optionStarts(content string) []int {
	starts := []int{0}
	for at := 0; at < len(content); {
		n := strings.IndexAny(content[at:], "\r\n")
		if n < 0 {
			break
		}
		at += n + 1
		if at < len(content) && !isBlank(content[at]) && !isLineEnd(rune(content[at])) {
			starts = append(starts, at)
		}
	}
	return starts
}

// quoted returns where a text quotes secrets from v: whole ones of the options
// that v touches, and parts of those inside it.
func (f *part) quoted(text string, v Interval) []Interval {
	inside := newMatcher()
	for _, w := range Within(f.secrets, v) {
		inside.add(words(f.content[v.Start+w.Start : v.Start+w.End])...)
	}
	list := inside.find(text)
	for i := f.option(v.Start); i < len(f.options) && f.options[i] <= v.End; i++ {
		list = append(list, f.matcher(i).find(text)...)
	}
	return list
}

// option returns the index of the option that holds an offset.
func (f *part) option(at int) int {
	return max(0, sort.SearchInts(f.options, at+1)-1)
}

// matcher returns what finds the secrets of an option.
func (f *part) matcher(option int) *matcher {
	m, ok := f.matchers[option]
	if ok {
		return m
	}
	m = newMatcher()
	v := Interval{f.options[option], len(f.content)}
	if option+1 < len(f.options) {
		v.End = f.options[option+1]
	}
	for _, w := range Within(f.secrets, v) {
		m.add(forms(f.content[v.Start+w.Start : v.Start+w.End])...)
	}
	f.matchers[option] = m
	return m
}
