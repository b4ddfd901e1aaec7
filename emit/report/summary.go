package report

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
)

// summary writes a row a program, what needs a human last, and the totals.
func (p *printer) summary(im Import) {
	list := rows(im)
	widest := 0
	for i := range list {
		widest = max(widest, columns(list[i].shownName()))
	}
	blanks := strings.Repeat(" ", widest+len("  "))
	for status := range emit.NumStatuses {
		mark := "  " + p.paint(statusTexts[status].style, status.Mark()) + " "
		for i := range list {
			if r := &list[i]; r.status == status {
				name := r.shownName()
				p.out.WriteString(mark)
				p.out.WriteString(name)
				p.out.WriteString(blanks[columns(name):])
				p.out.WriteString(r.detail())
				p.out.WriteByte('\n')
			}
		}
	}
	if len(list) > 0 {
		p.out.WriteByte('\n')
	}
	p.totals(im, list)
}

// totals counts the rows by status, and the findings by severity.
func (p *printer) totals(im Import, list []row) {
	var parts []string
	for status, n := range countStatuses(list) {
		if n > 0 {
			text, mark := statusTexts[status], emit.Status(status).Mark()
			parts = append(parts, fmt.Sprintf("%d %s %s", n, p.paint(text.style, mark), text.text))
		}
	}
	p.printf("%s", p.paint(bold, say.Count(len(list), "program")))
	if len(parts) > 0 {
		p.printf(": %s", strings.Join(parts, ", "))
	}
	all := todos(im.Output)
	p.printf("\n%s", say.Count(all, "TODO"))
	if !p.dry {
		p.out.WriteString(" in the output")
	}
	if n := all - p.openTODOs(im); n > 0 {
		p.printf(" (%d accepted)", n)
	}
	p.out.WriteString("; ")
	p.printf("%s, %s, %s", say.Count(count(im, diag.Error), "error"),
		say.Count(count(im, diag.Warning), "warning"), say.Count(count(im, diag.Note), "note"))
	if n := p.hidden(im); n > 0 {
		p.printf(" (%d shown with -v)", n)
	}
	p.out.WriteByte('\n')
}

// countStatuses returns how many rows there are of each status.
func countStatuses(list []row) (counts [emit.NumStatuses]int) {
	for _, r := range list {
		counts[r.status]++
	}
	return counts
}

// hidden counts the notes that are left out.
func (p *printer) hidden(im Import) int {
	n := 0
	for _, d := range im.Diagnostics {
		if !p.opts.shows(d) {
			n++
		}
	}
	for code, folded := range im.Folded {
		if rule := code.Rule(); p.opts.Quiet || rule.Verbose && !p.opts.Verbose {
			n += folded.All
		}
	}
	return n
}

// count returns the number of diagnostics of one severity, folded ones included.
func count(im Import, severity diag.Severity) int {
	n := diag.Count(im.Diagnostics, severity)
	if severity == diag.Note {
		for _, folded := range im.Folded {
			n += folded.All
		}
	}
	return n
}

// openTODOs counts the TODO lines whose findings are not accepted.
func (p *printer) openTODOs(im Import) int {
	n := 0
	for _, d := range im.Diagnostics {
		n += len(p.todo[d])
	}
	return n
}

// todos counts the TODO lines of the output.
func todos(out emit.Output) int {
	n := 0
	for _, l := range out.Lines {
		if l.TODO != nil {
			n++
		}
	}
	return n
}
