package html

import (
	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A finding is a diagnostic as the page shows it.
type finding struct {
	Level   level
	Code    diag.Code
	Message []piece
	Hint    []piece
	Related []related
	// Place links to the line of the source, and is "" where it is on none.
	Place, PlaceName string
	// TODO links to the first of its TODOs in the output, "" where there is none.
	TODO     string
	TODOLine int
}

// A related is a second place that explains a finding.
type related struct {
	Place   string
	Name    string
	Message []piece
}

// finding makes a diagnostic fit to show.
func (v *viewer) finding(d *diag.Diagnostic) finding {
	shown := func(text string) []piece { return pieces(text, nil, v.masker.QuotedBy(d, text)) }
	f := finding{Level: levelOf(d), Code: d.Code, Message: shown(d.Message), Hint: shown(d.Hint)}
	f.Place, f.PlaceName = v.place(d.Span)
	for _, r := range d.Related {
		place, name := v.place(r.Span)
		f.Related = append(f.Related, related{Place: place, Name: name, Message: shown(r.Message)})
	}
	if lines := v.todos[d]; len(lines) > 0 {
		f.TODO, f.TODOLine = tomlID(lines[0]), lines[0]
	}
	return f
}

// place returns the id and the name of the line on which a span starts, both
// "" where it is on none.
func (v *viewer) place(span source.Span) (id, name string) {
	places := v.links.places(span)
	if len(places) == 0 {
		return "", ""
	}
	return places[0].id(), plain(span.FileLine())
}

// marksOf returns what was found about the bytes of each line of each file.
func (l *links) marksOf(diagnostics []*diag.Diagnostic) map[place][]mark {
	index := make(map[place][]mark)
	for _, d := range diagnostics {
		for _, p := range l.places(d.Span) {
			text, start := d.Span.File.Line(p.line)
			from, to := max(int(d.Span.Start-start), 0), min(int(d.Span.End-start), len(text))
			if from < to {
				index[p] = append(index[p], mark{secret.Interval{Start: from, End: to}, levelOf(d)})
			}
		}
	}
	return index
}
