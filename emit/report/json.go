package report

import (
	"encoding/json"
	"io"

	"github.com/runwisp/runwisp/ir/diag"
)

// A Validation is what there is to report on a runwisp.toml.
type Validation struct {
	// Path is the file as the user named it.
	Path string
	// Tasks and Services count the units.
	Tasks, Services int
	// Diagnostics are in the order of the file.
	Diagnostics []*diag.Diagnostic
}

// Valid reports whether the file has no error.
func (v Validation) Valid() bool {
	for _, d := range v.Diagnostics {
		if d.Severity == diag.Error {
			return false
		}
	}
	return true
}

// A finding is a diagnostic in the JSON of validate.
type finding struct {
	Code    diag.Code `json:"code"`
	Message string    `json:"message"`
	// Key is the dotted path, "" for a syntax error.
	Key string `json:"key"`
	// File is set only where it is not the file that was named.
	File string `json:"file,omitempty"`
	// Line and Column are 1-based; columns count code points.
	Line   int `json:"line"`
	Column int `json:"column"`
}

// JSON writes one document, whether the file is valid or not.
func (v Validation) JSON(w io.Writer) error {
	doc := struct {
		Valid      bool      `json:"valid"`
		ConfigPath string    `json:"config_path"`
		Tasks      int       `json:"tasks"`
		Services   int       `json:"services"`
		Warnings   []finding `json:"warnings"`
		Errors     []finding `json:"errors"`
	}{
		Valid: v.Valid(), ConfigPath: v.Path, Tasks: v.Tasks, Services: v.Services,
		Warnings: v.findings(diag.Warning), Errors: v.findings(diag.Error),
	}
	return writeJSON(w, doc)
}

func (v Validation) findings(severity diag.Severity) []finding {
	out := []finding{}
	for _, d := range v.Diagnostics {
		if d.Severity != severity {
			continue
		}
		at := d.Span.StartPosition()
		f := finding{Code: d.Code, Message: d.Message, Key: d.Subject, Line: at.Line, Column: at.Column}
		if name := d.Span.File.Name; name != v.Path {
			f.File = name
		}
		out = append(out, f)
	}
	return out
}

func writeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}
