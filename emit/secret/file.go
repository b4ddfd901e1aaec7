package secret

import (
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// A file knows the secrets of a file of either format.
type file struct {
	content string
	secrets []Interval
	// options are the offsets at which options start, the matchers find the
	// secrets of each. They are made when something quotes the option.
	options  []int
	matchers map[int]*matcher
}

func newFile(f *source.File) *file {
	return &file{
		content:  f.Content,
		secrets:  Find(f.Content, Continued(f.Content)),
		options:  optionStarts(f.Content),
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
func (f *file) quoted(text string, v Interval) []Interval {
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
func (f *file) option(at int) int {
	return max(0, sort.SearchInts(f.options, at+1)-1)
}

// matcher returns what finds the secrets of an option.
func (f *file) matcher(option int) *matcher {
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
