package report

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
)

// maxRows is how many rows are shown of the programs that need no human, by
// status, unless the report is verbose: more than anybody reads.
const maxRows = 1000

// summary writes a row a program, what needs a human last, and the totals.
func (p *printer) summary(im Import) {
	list := rows(im)
	shown := p.shownRows(list)
	widest := 0
	for _, group := range shown {
		for _, r := range group {
			widest = max(widest, columns(r.shownName()))
		}
	}
	blanks := strings.Repeat(" ", widest+len("  "))
	counts := countStatuses(list)
	for status, group := range shown {
		mark := "  " + p.paint(statusTexts[status].style, emit.Status(status).Mark()) + " "
		for _, r := range group {
			name := r.shownName()
			p.out.WriteString(mark)
			p.out.WriteString(name)
			p.out.WriteString(blanks[columns(name):])
			p.out.WriteString(r.detail())
			p.out.WriteByte('\n')
		}
		if more := counts[status] - len(group); more > 0 {
			p.printf("%sand %d more (-v shows each)\n", mark, more)
		}
	}
	if len(list) > 0 {
		p.out.WriteByte('\n')
	}
	p.totals(im, counts)
}

// shownRows returns the rows that are shown, by status.
func (p *printer) shownRows(list []row) (shown [emit.NumStatuses][]*row) {
	for i := range list {
		r := &list[i]
		group := &shown[r.status]
		if r.status >= emit.HasTODO || p.opts.Verbose || len(*group) < maxRows {
			*group = append(*group, r)
		}
	}
	return shown
}

// totals tells how many rows there are of each status, and how many findings of
// each severity.
func (p *printer) totals(im Import, counts [emit.NumStatuses]int) {
	var parts []string
	for status, n := range counts {
		if n > 0 {
			text, mark := statusTexts[status], emit.Status(status).Mark()
			parts = append(parts, fmt.Sprintf("%d %s %s", n, p.paint(text.style, mark), text.text))
		}
	}
	p.printf("%s", p.paint(bold, say.Count(len(im.Config.Programs), "program")))
	if len(parts) > 0 {
		p.printf(": %s", strings.Join(parts, ", "))
	}
	all := im.Output.CountTODOs()
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
