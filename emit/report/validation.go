package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// Summary writes what validate says of a valid file: that it is, what it
// holds, and a line for each warning.
func (v Validation) Summary(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "✓ %s is valid.\n", printable(v.Path))
	fmt.Fprintf(&b, "  %s, %s\n", plural(v.Tasks, "task"), plural(v.Services, "service"))
	for _, d := range v.Diagnostics {
		fmt.Fprintf(&b, "! %s: %s [%s]\n", printable(d.Span.String()), printable(d.Message), d.Code)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Findings writes what is wrong with a file that is not valid, each with its
// source line, and the number of errors.
func (v Validation) Findings(w io.Writer) error {
	var b strings.Builder
	errors := 0
	for _, d := range v.Diagnostics {
		diagnostic(&b, d)
		if d.Severity == diag.Error {
			errors++
		}
	}
	fmt.Fprintf(&b, "%s is not valid: %s\n", printable(v.Path), plural(errors, "error"))
	_, err := io.WriteString(w, b.String())
	return err
}
