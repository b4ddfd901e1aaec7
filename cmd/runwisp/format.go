package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/say"
)

// A reportFormat is a way to report an import or a validation.
type reportFormat struct {
	name string
	// ending is the end of the names of files that asks for it, "" for none.
	ending string
	// whole is set where a report holds more of the document than its TODOs,
	// folds where it tells of the first notes of a kind and counts the others.
	whole, folds bool

	imported func(io.Writer, report.Import, report.Options) error
	// validated is nil where the result of a validation is for people.
	validated func(report.Validation, io.Writer, report.Options) error
}

// textFormat is the format for people.
var textFormat = reportFormat{name: "text", ending: ".txt", folds: true, imported: report.Text}

var reportFormats = []reportFormat{
	textFormat,
	{name: "json", ending: ".json", whole: true, imported: report.JSON, validated: report.Validation.JSON},
	{name: "sarif", ending: ".sarif", imported: func(w io.Writer, im report.Import, opts report.Options) error {
		return report.SARIF(w, im.Diagnostics, opts)
	}, validated: func(v report.Validation, w io.Writer, opts report.Options) error {
		return report.SARIF(w, v.Diagnostics, opts)
	}},
	{name: "short", imported: func(w io.Writer, im report.Import, opts report.Options) error {
		return report.Short(w, im.Diagnostics, opts)
	}, validated: func(v report.Validation, w io.Writer, opts report.Options) error {
		return report.Short(w, v.Diagnostics, opts)
	}},
}

// formatNames returns the names of the formats.
func formatNames() []string {
	var names []string
	for _, f := range reportFormats {
		names = append(names, f.name)
	}
	return names
}

// formatNamed returns the format of a name. It is an error if there is none.
func formatNamed(name string) (reportFormat, error) {
	i := slices.Index(formatNames(), name)
	if i < 0 {
		return reportFormat{}, fmt.Errorf("unknown format %q: expected %s", name, say.Or(formatNames()))
	}
	return reportFormats[i], nil
}

// formatOf returns the format that the name of a file asks for.
func formatOf(path string) reportFormat {
	for _, f := range reportFormats {
		if f.ending != "" && filepath.Ext(path) == f.ending {
			return f
		}
	}
	return textFormat
}
