// Package report tells people and machines what an import or a validation
// found: on a terminal, a line each, as JSON and as SARIF. The errors of all of
// these are those of the writer.
package report

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"slices"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// An Import is what there is to report on.
type Import struct {
	Config      *ir.Config
	Document    *ir.Document
	Diagnostics []*diag.Diagnostic
	// Folded counts the notes that are not among them, by code.
	Folded map[diag.Code]diag.FoldedCount
	// Output is what Document was printed as. Its lines say where the TODOs
	// stand; without them no such lines are reported.
	Output emit.Output
	// Target is the path of the output file, "" for standard output.
	Target string
	// Dry is set where no TOML is written, so that nothing can be done with it.
	Dry bool
}

// DefaultWidth is how many columns a report takes unless told otherwise.
const DefaultWidth = 80

// Options are the switches of a report for people.
type Options struct {
	// Quiet leaves only errors.
	Quiet bool
	// Verbose adds the notes that are hidden otherwise, and shows each
	// finding by itself.
	Verbose bool
	// Color paints with the escape sequences of terminals.
	Color bool
	// Width is the number of columns at which lines are broken and cut; 0
	// is DefaultWidth.
	Width int
	// ShowSecrets leaves values that look like secrets readable.
	ShowSecrets bool
}

// shows reports whether a diagnostic is part of the report.
func (o Options) shows(d *diag.Diagnostic) bool {
	if o.Quiet {
		return d.Severity == diag.Error
	}
	return o.Verbose || !d.Verbose()
}

// Text writes the report for a terminal, where the end is what one sees: the
// findings, the worst last, then a row a program, then what to do next.
func Text(w io.Writer, im Import, opts Options) error {
	p := newPrinter(w, im.Diagnostics, opts)
	p.header = sectionHeaders(im.Config)
	p.todo = im.Output.TODOLines()
	p.target, p.dry = im.Target, im.Dry
	p.folded = im.Folded
	if opts.Quiet {
		p.findings(bySeverity(im.Diagnostics))
		return p.out.Flush()
	}
	end := p.aside(func(q *printer) {
		q.summary(im)
		q.next(im)
	})
	p.findings(bySeverity(im.Diagnostics))
	p.out.Write(<-end)
	return p.out.Flush()
}

// aside returns what write writes, which it does while the printer goes on: on a
// large configuration the rows take as long as the findings.
func (p *printer) aside(write func(*printer)) <-chan []byte {
	done := make(chan []byte, 1)
	var text bytes.Buffer
	q := *p
	q.out = bufio.NewWriter(&text)
	go func() {
		write(&q)
		q.out.Flush() // to memory, which does not fail
		done <- text.Bytes()
	}()
	return done
}

// bySeverity returns the diagnostics with the worst last.
func bySeverity(list []*diag.Diagnostic) []*diag.Diagnostic {
	return slices.SortedStableFunc(slices.Values(list), func(a, b *diag.Diagnostic) int {
		return cmp.Compare(a.Severity, b.Severity)
	})
}
