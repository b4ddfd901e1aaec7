// Package report tells people what an import did: a row a program, what there
// is to say, and what to do next.
package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// An Import is what there is to report on.
type Import struct {
	Config      *ir.Config
	Document    *ir.Document
	Diagnostics []*diag.Diagnostic
	// Target is the path of the output file, "" for standard output.
	Target string
}

// Options are the switches of a report.
type Options struct {
	// Quiet leaves only errors.
	Quiet bool
	// Verbose adds the notes that are hidden otherwise.
	Verbose bool
}

// shows reports whether a diagnostic is part of the report.
func (o Options) shows(d *diag.Diagnostic) bool {
	if o.Quiet {
		return d.Severity == diag.Error
	}
	return o.Verbose || !d.Verbose()
}

// Text writes the report for a terminal.
func Text(w io.Writer, im Import, opts Options) error {
	var b strings.Builder
	if !opts.Quiet {
		summary(&b, im)
	}
	for _, d := range im.Diagnostics {
		if opts.shows(d) {
			diagnostic(&b, d)
		}
	}
	if !opts.Quiet {
		next(&b, im)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// A status says how a program came across.
type status int

const (
	clean status = iota
	changed
	hasTODO
	notImported
)

func (s status) mark() string { return [...]string{"✓", "~", "!", "-"}[s] }

// A row is the line of one program.
type row struct {
	status status
	name   string
	kind   string
	todos  int
	errors int
}

// rows returns the line of every program, in the order of the source.
func rows(im Import) []row {
	out := make([]row, len(im.Config.Programs))
	for i, p := range im.Config.Programs {
		out[i] = row{status: notImported, name: p.Name, kind: "not imported"}
	}
	for _, t := range im.Document.Tables {
		if t.Program == nil || len(t.Path) == 0 {
			continue
		}
		r := &out[t.Program.Number-1]
		if r.status != notImported {
			r.kind = "tasks"
			continue
		}
		r.status, r.name = clean, t.Path[1]
		switch {
		case t.Disabled:
			r.kind = "commented out"
		case t.Path[0] == "tasks":
			r.kind = "task"
		default:
			r.kind = "service"
		}
	}
	for _, d := range im.Diagnostics {
		if d.Target.Unit > 0 {
			out[d.Target.Unit-1].count(d)
		}
	}
	return out
}

func (r *row) count(d *diag.Diagnostic) {
	if d.Severity == diag.Error {
		r.errors++
	}
	level := clean
	switch {
	case d.NeedsTODO():
		r.todos++
		level = hasTODO
	case !d.Verbose():
		level = changed
	}
	r.status = max(r.status, level)
}

// summary writes the rows and the totals.
func summary(b *strings.Builder, im Import) {
	list := rows(im)
	width := 0
	for _, r := range list {
		width = max(width, len(printable(r.name)))
	}
	total := 0
	for _, r := range list {
		fmt.Fprintf(b, "  %s %-*s  %s", r.status.mark(), width, printable(r.name), r.kind)
		if r.todos > 0 {
			fmt.Fprintf(b, ", %s", plural(r.todos, "TODO"))
		}
		b.WriteByte('\n')
		total += r.todos
	}
	if len(list) > 0 {
		fmt.Fprintf(b, "\n%s, %s\n\n", plural(len(list), "program"), plural(todos(im), "TODO"))
	}
}

// todos counts the TODOs of an import.
func todos(im Import) int {
	n := 0
	for _, d := range im.Diagnostics {
		if d.NeedsTODO() {
			n++
		}
	}
	return n
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// diagnostic writes a finding with its source line.
func diagnostic(b *strings.Builder, d *diag.Diagnostic) {
	fmt.Fprintf(b, "%s[%s]: %s\n", d.Severity, d.Code, printable(d.Message))
	if d.Span.IsValid() {
		fmt.Fprintf(b, "  --> %s\n", printable(d.Span.String()))
		snippet(b, d.Span)
	}
	for _, r := range d.Related {
		fmt.Fprintf(b, "  %s: %s\n", printable(r.Span.String()), r.Message)
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "  help: %s\n", printable(d.Hint))
	}
	b.WriteByte('\n')
}

// next says what to do with the output.
func next(b *strings.Builder, im Import) {
	target := cmp.Or(im.Target, "runwisp.toml")
	b.WriteString("Next:\n")
	if todos(im) > 0 {
		fmt.Fprintf(b, "  settle the TODOs in %s; each names its line\n", target)
	}
	fmt.Fprintf(b, "  check it:  runwisp validate %s\n", target)
	b.WriteString("  stop the programs in supervisord before you start RunWisp, or each runs twice\n")
}
