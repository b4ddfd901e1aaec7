package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A status says how a program came across, the better ones first.
type status int

const (
	clean status = iota
	changed
	hasTODO
	notImported
	numStatuses
)

// statusTexts are how each status is shown: its mark, what it means, its style
// and its name for machines.
var statusTexts = [numStatuses]struct {
	mark, text string
	style      style
	name       string
}{
	clean:       {"✓", "clean", green, "clean"},
	changed:     {"~", "worth a look", cyan, "changed"},
	hasTODO:     {"!", "with a TODO", yellow, "todo"},
	notImported: {"-", "not imported", red, "not-imported"},
}

// A row is what became of one program.
type row struct {
	program *ir.Program
	status  status
	// kind is what the program became: "service", "task", or what happened
	// to it instead.
	kind string
	// tables are what stands for it in the output.
	tables        []*ir.Table
	todos, errors int
}

// name returns what the program is called in the output, or else in the
// source.
func (r *row) name() string {
	if len(r.tables) == 0 {
		return r.program.Name
	}
	return r.tables[0].Path[1]
}

// rows returns what became of every program, in the order of the source.
func rows(im Import) []row {
	out := make([]row, len(im.Config.Programs))
	for i, p := range im.Config.Programs {
		out[i] = row{program: p, status: notImported, kind: "not imported"}
	}
	for _, t := range im.Document.Tables {
		if t.Program != nil && len(t.Path) > 1 {
			out[t.Program.Number-1].add(t)
		}
	}
	countAll(out, im.Diagnostics)
	return out
}

// countAll counts each diagnostic in the row of its program or, where it
// concerns all of them, in every row of the same section.
func countAll(list []row, diagnostics []*diag.Diagnostic) {
	bySection := map[*ir.Section][]int{}
	for i := range list {
		section := list[i].program.Section
		bySection[section] = append(bySection[section], i)
	}
	for _, d := range diagnostics {
		switch unit := d.Target.Unit; {
		case unit <= 0:
		case d.Target.Shared:
			for _, i := range bySection[list[unit-1].program.Section] {
				list[i].count(d)
			}
		default:
			list[unit-1].count(d)
		}
	}
}

// add counts a table of the output to the program.
func (r *row) add(t *ir.Table) {
	r.tables = append(r.tables, t)
	r.status = clean
	switch {
	case t.Disabled:
		r.kind = "commented out"
	case t.Path[0] == "services":
		r.kind = "service"
	case len(r.tables) > 1:
		r.kind = plural(len(r.tables), "task")
	default:
		r.kind = "task"
	}
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

// A Program is what became of one program, for other reports.
type Program struct {
	// Mark is "✓", "~", "!" or "-".
	Mark string
	// Name is that of the unit, or else that of the source.
	Name string
	// Detail says what it became: "service", "not imported, 1 TODO".
	Detail string
	// Header spans the name of the section.
	Header source.Span
}

// Programs returns what became of every program, in the order of the source.
func Programs(im Import) []Program {
	list := rows(im)
	out := make([]Program, len(list))
	for i := range list {
		r := &list[i]
		out[i] = Program{
			Mark: statusTexts[r.status].mark, Name: r.name(),
			Detail: r.detail(), Header: r.program.Section.Header,
		}
	}
	return out
}

// detail says what a row says behind the name.
func (r *row) detail() string {
	parts := []string{r.kind}
	if r.todos > 0 {
		parts = append(parts, plural(r.todos, "TODO"))
	}
	if r.errors > 0 {
		parts = append(parts, plural(r.errors, "error"))
	}
	return strings.Join(parts, ", ")
}

// summary writes a row a program, what needs a human last, and the totals.
func (p *printer) summary(im Import) {
	list := rows(im)
	slices.SortStableFunc(list, func(a, b row) int { return cmp.Compare(a.status, b.status) })
	width := 0
	for _, r := range list {
		width = max(width, widths.StringWidth(shownName(&r)))
	}
	for _, r := range list {
		text := statusTexts[r.status]
		name := widths.FillRight(shownName(&r), width)
		p.printf("  %s %s  %s\n", p.paint(text.style, text.mark), name, r.detail())
	}
	if len(list) > 0 {
		p.out.WriteByte('\n')
	}
	p.totals(im, list)
}

// maxName is how many columns of the name of a program are shown.
const maxName = 60

// shownName returns the name of a program, fit for a column.
func shownName(r *row) string { return widths.Truncate(printable(r.name()), maxName, ellipsis.text) }

// totals counts the rows by status, and the findings by severity.
func (p *printer) totals(im Import, list []row) {
	var counts [numStatuses]int
	for _, r := range list {
		counts[r.status]++
	}
	var parts []string
	for s, n := range counts {
		if n > 0 {
			text := statusTexts[s]
			parts = append(parts, fmt.Sprintf("%d %s %s", n, p.paint(text.style, text.mark), text.text))
		}
	}
	p.printf("%s", p.paint(bold, plural(len(list), "program")))
	if len(parts) > 0 {
		p.printf(": %s", strings.Join(parts, ", "))
	}
	p.printf("\n%s in the output; ", plural(todos(im.Document), "TODO"))
	p.printf("%s, %s, %s", plural(count(im, diag.Error), "error"),
		plural(count(im, diag.Warning), "warning"), plural(count(im, diag.Note), "note"))
	if n := p.hidden(im); n > 0 {
		p.printf(" (%d shown with -v)", n)
	}
	p.out.WriteByte('\n')
}

// hidden counts the notes that are left out.
func (p *printer) hidden(im Import) int {
	n := 0
	for _, d := range im.Diagnostics {
		if !p.opts.shows(d) {
			n++
		}
	}
	return n
}

// count returns the number of diagnostics of one severity.
func count(im Import, severity diag.Severity) int {
	n := 0
	for _, d := range im.Diagnostics {
		if d.Severity == severity {
			n++
		}
	}
	return n
}

// todos counts the TODO lines of a document.
func todos(doc *ir.Document) int {
	n := len(doc.TODOs)
	for _, t := range doc.Tables {
		n += tableTODOs(t)
	}
	return n
}

func tableTODOs(t *ir.Table) int {
	n := len(t.TODOs)
	for _, e := range t.Entries {
		n += len(e.TODOs)
	}
	for _, sub := range t.Sub {
		n += tableTODOs(sub)
	}
	return n
}

// next says what to do with the output, if there is anything to run in it.
func (p *printer) next(im Import) {
	if len(im.Config.Programs) == 0 {
		return
	}
	p.printf("\n%s\n", p.paint(bold, "Next:"))
	if n := todos(im.Document); n > 0 {
		where := printable(cmp.Or(im.Target, "the output"))
		p.printf("  settle %s in %s; each names its line\n", plural(n, "TODO"), where)
	}
	p.printf("  check it:  runwisp validate %s\n", printable(cmp.Or(im.Target, "runwisp.toml")))
	p.out.WriteString("  stop the programs in supervisord before you start RunWisp, or each runs twice\n")
}
