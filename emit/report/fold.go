package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// maxPlaces is how many places of folded notes are named. Those of warnings
// and errors always are.
const maxPlaces = 12

// ShownNotes is how many notes of each code a report for people tells of,
// unless it is verbose. Of the others it has to know only the number.
const ShownNotes = 1 + maxPlaces

// A kind is a finding, and those that are told with it.
type kind struct {
	first *diag.Diagnostic
	rest  []*diag.Diagnostic
	// folded counts those of which nothing else is known.
	folded int
}

// foldKey is what findings of one kind have in common. Notes need no action,
// so one tells of all under its code; warnings and errors have to say the same.
type foldKey struct {
	code          diag.Code
	message, hint string
}

func foldKeyOf(d *diag.Diagnostic) foldKey {
	if d.Severity == diag.Note {
		return foldKey{code: d.Code}
	}
	return foldKey{d.Code, d.Message, d.Hint}
}

// fold gathers diagnostics into kinds, in the order of the first of each. With
// apart each is a kind of its own.
func fold(list []*diag.Diagnostic, apart bool) []kind {
	var kinds []kind
	index := map[foldKey]int{}
	for _, d := range list {
		key := foldKeyOf(d)
		if i, ok := index[key]; ok && !apart {
			kinds[i].rest = append(kinds[i].rest, d)
			continue
		}
		index[key] = len(kinds)
		kinds = append(kinds, kind{first: d})
	}
	return kinds
}

// others names the places of the findings behind the first, if there are any.
func (k kind) others() string {
	rest := slices.DeleteFunc(slices.Clone(k.rest), func(d *diag.Diagnostic) bool { return d.Span == k.first.Span })
	if len(rest)+k.folded == 0 {
		return ""
	}
	shown, more := rest, ""
	if k.first.Severity == diag.Note && len(rest)+k.folded > maxPlaces {
		shown, more = rest[:min(len(rest), maxPlaces)], ", …"
	}
	if k.differs() {
		more += " (-v shows each)"
	}
	return fmt.Sprintf("and %d more like it: %s%s", len(rest)+k.folded, places(shown), more)
}

// differs reports whether the others have something else to say.
func (k kind) differs() bool {
	return k.folded > 0 || slices.ContainsFunc(k.rest, func(d *diag.Diagnostic) bool {
		return d.Message != k.first.Message || d.Hint != k.first.Hint
	})
}

// places lists the places of diagnostics as "a.conf:3, 7, b.conf:2": a file is
// named once for the lines that follow each other.
func places(list []*diag.Diagnostic) string {
	var names []string
	var file *source.File
	line := 0
	for _, d := range list {
		if !d.Span.IsValid() {
			continue
		}
		at := d.Span.File.LineNumber(d.Span.Start)
		switch {
		case d.Span.File != file:
			names = append(names, d.Span.FileLine())
		case at != line:
			names = append(names, fmt.Sprint(at))
		}
		file, line = d.Span.File, at
	}
	return strings.Join(names, ", ")
}
