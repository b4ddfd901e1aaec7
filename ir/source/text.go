package source

import (
	"sort"
	"strings"
)

// A Text is a decoded string that still knows which source bytes each of its
// bytes came from. The zero Text is empty and comes from nowhere.
type Text struct {
	span Span
	// decoded is nil where the text is the bytes of span as they stand, as
	// nearly all texts are.
	decoded *decoded
}

// decoded is a string that is made of runs. A copied run maps byte for byte, a
// synthesised run (a joined line end, a filled-in expansion) maps as a whole to
// the span that caused it.
type decoded struct {
	str  string
	runs []run
}

// A run covers the bytes of a Text from at up to the next run.
type run struct {
	at     int32
	copied bool
	span   Span
}

// FromSpan returns the source bytes of s as they stand.
func FromSpan(s Span) Text { return Text{span: s} }

// oneRun returns a text of a single run, in one allocation.
func oneRun(str string, r run) Text {
	d := &struct {
		decoded
		run [1]run
	}{decoded{str: str}, [1]run{r}}
	d.runs = d.run[:]
	return Text{span: r.span, decoded: &d.decoded}
}

// String returns the decoded string.
func (t Text) String() string {
	if t.decoded != nil {
		return t.decoded.str
	}
	return t.span.Text()
}

// Len returns the length of the decoded string in bytes.
func (t Text) Len() int {
	if t.decoded != nil {
		return len(t.decoded.str)
	}
	return t.span.Len()
}

// Span returns the source span of the whole text.
func (t Text) Span() Span { return t.span }

// SpanOf returns the source span of the decoded bytes [i, j). An empty range
// gives the empty span at which byte i would stand.
func (t Text) SpanOf(i, j int) Span {
	switch {
	case i >= j:
		return t.at(i).sub(0, 0)
	case t.decoded == nil && j <= t.Len():
		return t.span.sub(i, j)
	}
	return t.at(i).Union(t.at(j - 1))
}

// at returns the source span of the decoded byte i; past the end, the empty
// span behind the text.
func (t Text) at(i int) Span {
	switch {
	case i >= t.Len():
		return Span{File: t.span.File, Start: t.span.End, End: t.span.End}
	case t.decoded == nil:
		return t.span.sub(i, i+1)
	}
	r := &t.decoded.runs[t.decoded.runAt(i)]
	if !r.copied {
		return r.span
	}
	return r.span.sub(i-int(r.at), i-int(r.at)+1)
}

// runAt returns the index of the run that holds the decoded byte i.
func (d *decoded) runAt(i int) int {
	return sort.Search(len(d.runs), func(k int) bool { return int(d.runs[k].at) > i }) - 1
}

// runEnd returns the decoded byte behind run k.
func (d *decoded) runEnd(k int) int {
	if k+1 < len(d.runs) {
		return int(d.runs[k+1].at)
	}
	return len(d.str)
}

// Slice returns the decoded bytes [i, j) as a text of their own.
func (t Text) Slice(i, j int) Text {
	d := t.decoded
	switch {
	case i == 0 && j == t.Len():
		return t
	case i >= j:
		return FromSpan(t.SpanOf(i, j))
	case d == nil:
		return FromSpan(t.span.sub(i, j))
	}
	first := d.runAt(i)
	if d.runEnd(first) >= j {
		return d.part(first, i, j)
	}
	last := d.runAt(j - 1)
	out := &decoded{str: d.str[i:j], runs: make([]run, 0, last+1-first)}
	for k := first; k <= last; k++ {
		out.runs = append(out.runs, d.clip(k, i, j))
	}
	return Text{span: t.SpanOf(i, j), decoded: out}
}

// part returns the decoded bytes [i, j), which are all of run k.
func (d *decoded) part(k, i, j int) Text {
	r := d.clip(k, i, j)
	if r.copied {
		return FromSpan(r.span)
	}
	return oneRun(d.str[i:j], r)
}

// clip returns run k as it stands in the slice [i, j) of the text.
func (d *decoded) clip(k, i, j int) run {
	r := d.runs[k]
	from, to := max(int(r.at), i), min(d.runEnd(k), j)
	if r.copied {
		r.span = r.span.sub(from-int(r.at), to-int(r.at))
	}
	r.at = int32(from - i)
	return r
}

// TrimFunc returns t without the leading and trailing runes for which f holds.
func (t Text) TrimFunc(f func(rune) bool) Text {
	str := t.String()
	left := len(str) - len(strings.TrimLeftFunc(str, f))
	right := max(left, len(strings.TrimRightFunc(str, f)))
	return t.Slice(left, right)
}
