package secret

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A Masker hides the secrets of a report. It looks at a file when something of
// it is first shown.
type Masker struct {
	show  bool
	input diag.Input
	files map[*source.File]*file
}

// NewMasker returns a Masker for files of a format; one that shows secrets hides
// nothing.
func NewMasker(show bool, input diag.Input) *Masker {
	return &Masker{show: show, input: input, files: map[*source.File]*file{}}
}

// In returns the secrets in a span, as offsets from its start.
func (m *Masker) In(span source.Span) []Interval {
	if m.show || !span.IsValid() {
		return nil
	}
	return m.file(span).within(interval(span))
}

func interval(span source.Span) Interval { return Interval{int(span.Start), int(span.End)} }

func (m *Masker) file(span source.Span) *file {
	f, ok := m.files[span.File]
	if !ok {
		f = newFile(span.File.Content, m.input)
		m.files[span.File] = f
	}
	return f
}

// Quoted returns where a text that was made from the given spans quotes
// secrets.
func (m *Masker) Quoted(text string, spans ...source.Span) []Interval {
	if m.show {
		return nil
	}
	var list []Interval
	for _, span := range spans {
		if span.IsValid() {
			list = append(list, m.file(span).quoted(text, interval(span))...)
		}
	}
	return Merge(list)
}

// QuotedBy returns where a text of a diagnostic quotes secrets.
func (m *Masker) QuotedBy(d *diag.Diagnostic, text string) []Interval {
	if m.show {
		return nil
	}
	spans := []source.Span{d.Span}
	for _, r := range d.Related {
		spans = append(spans, r.Span)
	}
	elsewhere := newMatcher()
	for _, o := range d.Outside {
		elsewhere.addOutside(o)
	}
	return Merge(append(elsewhere.find(text), m.Quoted(text, spans...)...))
}

// Diagnostic returns a diagnostic whose texts hide the secrets that they quote.
// A fix that would hold one is left out: it would write stars into the source.
func (m *Masker) Diagnostic(d *diag.Diagnostic) *diag.Diagnostic {
	if m.show {
		return d
	}
	hide := func(text string) string { return Mask(text, m.QuotedBy(d, text)) }
	out := *d
	out.Message, out.Hint = hide(d.Message), hide(d.Hint)
	out.Related = slices.Clone(d.Related)
	for i := range out.Related {
		out.Related[i].Message = hide(out.Related[i].Message)
	}
	if d.Fix != nil && hide(d.Fix.Text) != d.Fix.Text {
		out.Fix = nil
	}
	return &out
}

// Mask puts a star in place of each character of the intervals, which are in
// order.
func Mask(text string, list []Interval) string {
	return replace(text, list, func(hidden string) string { return strings.Repeat("*", utf8.RuneCountInString(hidden)) })
}

// Remove takes the intervals, which are in order, out of a text.
func Remove(text string, list []Interval) string {
	return replace(text, list, func(string) string { return "" })
}

func replace(text string, list []Interval, by func(string) string) string {
	var b strings.Builder
	from := 0
	for _, v := range list {
		b.WriteString(text[from:v.Start])
		b.WriteString(by(text[v.Start:v.End]))
		from = v.End
	}
	return b.String() + text[from:]
}
