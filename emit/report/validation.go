package report

import (
	"io"

	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/internal/say"
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
func (v Validation) Valid() bool { return diag.Count(v.Diagnostics, diag.Error) == 0 }

// Summary writes what validate says of a valid file: that it is, what it
// holds, and a line for each warning.
func (v Validation) Summary(w io.Writer, opts Options) error {
	p := newPrinter(w, v.Diagnostics, opts)
	p.printf("%s %s is valid.\n", p.paint(green, "✓"), printable(v.Path))
	p.printf("  %s, %s\n", say.Count(v.Tasks, "task"), say.Count(v.Services, "service"))
	for _, d := range v.Diagnostics {
		p.printf("%s %s: %s [%s]\n", p.paint(yellow, "!"),
			printable(d.Span.String()), printable(shorten(p.masker.Diagnostic(d).Message)), d.Code)
	}
	return p.out.Flush()
}

// Findings writes what is wrong with a file that is not valid, each with its
// source lines, and the number of errors.
func (v Validation) Findings(w io.Writer, opts Options) error {
	p := newPrinter(w, v.Diagnostics, opts)
	p.header = tableHeaders()
	p.findings(v.Diagnostics)
	p.printf("%s is not valid: %s\n", printable(v.Path), say.Count(diag.Count(v.Diagnostics, diag.Error), "error"))
	return p.out.Flush()
}

// JSON writes one document, whether the file is valid or not. Of the options
// only ShowSecrets counts.
func (v Validation) JSON(w io.Writer, opts Options) error {
	masker := newMasker(v.Diagnostics, opts)
	return writeJSON(w, struct {
		Valid      bool          `json:"valid"`
		ConfigPath string        `json:"config_path"`
		Tasks      int           `json:"tasks"`
		Services   int           `json:"services"`
		Warnings   []jsonFinding `json:"warnings"`
		Errors     []jsonFinding `json:"errors"`
	}{
		Valid: v.Valid(), ConfigPath: v.Path, Tasks: v.Tasks, Services: v.Services,
		Warnings: v.jsonFindings(diag.Warning, masker), Errors: v.jsonFindings(diag.Error, masker),
	})
}

// A jsonFinding is a diagnostic in the JSON of validate.
type jsonFinding struct {
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

// jsonFindings returns the findings of one severity as the JSON has them.
func (v Validation) jsonFindings(severity diag.Severity, masker *secret.Masker) []jsonFinding {
	out := []jsonFinding{}
	for _, d := range v.Diagnostics {
		if d.Severity != severity {
			continue
		}
		d = masker.Diagnostic(d)
		at := d.Span.StartPosition()
		f := jsonFinding{Code: d.Code, Message: d.Message, Key: d.Subject.String(), Line: at.Line, Column: at.Column}
		if name := d.Span.File.Name; name != v.Path {
			f.File = name
		}
		out = append(out, f)
	}
	return out
}
