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
		secrets:  Find(content, continued(content)),
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
func (p *part) quoted(text string, v Interval) []Interval {
	inside := newMatcher()
	for _, w := range Within(p.secrets, v) {
		inside.add(words(p.content[v.Start+w.Start : v.Start+w.End])...)
	}
	list := inside.find(text)
	for i := p.option(v.Start); i < len(p.options) && p.options[i] <= v.End; i++ {
		list = append(list, p.matcher(i).find(text)...)
	}
	return list
}

// option returns the index of the option that holds an offset.
func (p *part) option(at int) int {
	return max(0, sort.SearchInts(p.options, at+1)-1)
}

// matcher returns what finds the secrets of an option.
func (p *part) matcher(option int) *matcher {
	m, ok := p.matchers[option]
	if ok {
		return m
	}
	m = newMatcher()
	v := Interval{p.options[option], len(p.content)}
	if option+1 < len(p.options) {
		v.End = p.options[option+1]
	}
	for _, w := range Within(p.secrets, v) {
		m.add(forms(p.content[v.Start+w.Start : v.Start+w.End])...)
	}
	p.matchers[option] = m
	return m
}
