package source

import (
	"sort"
	"strings"
)

// A Text is a decoded string that still knows which source bytes each of its
// bytes came from. It is made of runs: a copied run maps byte for byte, a
// synthesised run (a joined line end, a filled-in expansion) maps as a whole
// to the span that caused it. The zero Text is empty and comes from nowhere.
type Text struct {
	str  string
	span Span
	runs []run // nil: all of str is one copied run over span
}

// A run covers the bytes of a Text from at up to the next run.
type run struct {
	at     int32
	copied bool
	span   Span
}

// FromSpan returns the source bytes of s as they stand.
func FromSpan(s Span) Text { return Text{str: s.Text(), span: s} }

// Synthesised returns a text that does not stand in the source, with the span
// that caused it.
func Synthesised(str string, cause Span) Text {
	return Text{str: str, span: cause, runs: []run{{span: cause}}}
}

// String returns the decoded string.
func (t Text) String() string { return t.str }

// Len returns the length of the decoded string in bytes.
func (t Text) Len() int { return len(t.str) }

// Span returns the source span of the whole text.
func (t Text) Span() Span { return t.span }

// SpanOf returns the source span of the decoded bytes [i, j). An empty range
// gives the empty span at which byte i would stand.
func (t Text) SpanOf(i, j int) Span {
	if i >= j {
		s := t.at(i)
		return Span{File: s.File, Start: s.Start, End: s.Start}
	}
	return t.at(i).Union(t.at(j - 1))
}

// at returns the source span of the decoded byte i; past the end, the empty
// span behind the text.
func (t Text) at(i int) Span {
	if i >= len(t.str) {
		return Span{File: t.span.File, Start: t.span.End, End: t.span.End}
	}
	if t.runs == nil {
		start := t.span.Start + int32(i)
		return Span{File: t.span.File, Start: start, End: start + 1}
	}
	r := t.runs[t.runAt(i)]
	if !r.copied {
		return r.span
	}
	start := r.span.Start + int32(i) - r.at
	return Span{File: r.span.File, Start: start, End: start + 1}
}

// runAt returns the index of the run that holds the decoded byte i.
func (t Text) runAt(i int) int {
	return sort.Search(len(t.runs), func(k int) bool { return int(t.runs[k].at) > i }) - 1
}

// Slice returns the decoded bytes [i, j) as a text of their own.
func (t Text) Slice(i, j int) Text {
	if i == 0 && j == len(t.str) {
		return t
	}
	out := Text{str: t.str[i:j], span: t.SpanOf(i, j)}
	if t.runs == nil || i >= j {
		return out
	}
	for k := t.runAt(i); k < len(t.runs) && int(t.runs[k].at) < j; k++ {
		out.runs = append(out.runs, t.clip(k, i, j))
	}
	return out
}

// clip returns run k as it stands in the slice [i, j) of t.
func (t Text) clip(k, i, j int) run {
	r := t.runs[k]
	end := len(t.str)
	if k+1 < len(t.runs) {
		end = int(t.runs[k+1].at)
	}
	from, to := max(int(r.at), i), min(end, j)
	if r.copied {
		start := r.span.Start + int32(from) - r.at
		r.span = r.span.File.Span(start, start+int32(to-from))
	}
	r.at = int32(from - i)
	return r
}

// TrimFunc returns t without the leading and trailing runes for which f holds.
func (t Text) TrimFunc(f func(rune) bool) Text {
	left := len(t.str) - len(strings.TrimLeftFunc(t.str, f))
	right := len(strings.TrimRightFunc(t.str, f))
	if right <= left {
		return t.Slice(left, left)
	}
	return t.Slice(left, right)
}

// A Builder puts a Text together from pieces of others. The zero Builder is
// ready to use.
type Builder struct {
	str  strings.Builder
	runs []run
	span Span
}

// Len returns the number of decoded bytes added so far.
func (b *Builder) Len() int { return b.str.Len() }

// Copy adds the source bytes of s as they stand.
func (b *Builder) Copy(s Span) { b.Append(FromSpan(s)) }

// Synth adds a string that does not stand in the source, caused by s.
func (b *Builder) Synth(str string, s Span) { b.Append(Synthesised(str, s)) }

// Append adds all of t.
func (b *Builder) Append(t Text) {
	b.span = b.span.Union(t.span)
	if t.str == "" {
		return
	}
	base := int32(b.str.Len())
	b.str.WriteString(t.str)
	if t.runs == nil {
		b.add(run{at: base, copied: true, span: t.span})
		return
	}
	for _, r := range t.runs {
		r.at += base
		b.add(r)
	}
}

// add appends a run, growing the last one where both are copied and touch.
func (b *Builder) add(r run) {
	if n := len(b.runs); n > 0 && r.copied {
		last := &b.runs[n-1]
		if last.copied && last.span.File == r.span.File && last.span.End == r.span.Start {
			last.span.End = r.span.End
			return
		}
	}
	b.runs = append(b.runs, r)
}

// Text returns what was built. The builder must not be used afterwards.
func (b *Builder) Text() Text {
	t := Text{str: b.str.String(), span: b.span, runs: b.runs}
	if len(t.runs) == 1 && t.runs[0].copied && t.runs[0].span == t.span {
		t.runs = nil
	}
	return t
}
