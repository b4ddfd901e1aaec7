package report

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A status says how a program came across, the better ones first.
type status uint8

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
	program       *ir.Program
	status        status
	todos, errors int32
}

// kind returns what the program became: "service", "task", or what happened to
// it instead.
func (r *row) kind() string {
	switch made := r.program.Outcome; {
	case made.Units == 0:
		return "not imported"
	case made.Disabled:
		return "commented out"
	case !r.program.Brief.Task:
		return "service"
	case made.Units > 1:
		return plural(int(made.Units), "task")
	}
	return "task"
}

// name returns what the program is called in the output, or else in the
// source.
func (r *row) name() string {
	return cmp.Or(r.program.Outcome.Unit, r.program.Name)
}

// rows returns what became of every program, in the order of the source.
func rows(im Import) []row {
	out := make([]row, len(im.Config.Programs))
	for i, p := range im.Config.Programs {
		out[i] = rowOf(p)
	}
	countAll(out, im.Diagnostics)
	return out
}

// rowOf returns the row of a program before diagnostics are counted.
func rowOf(p *ir.Program) row {
	r := row{program: p, status: clean}
	if p.Outcome.Units == 0 {
		r.status = notImported
	}
	if p.Outcome.Changed {
		r.status = max(r.status, changed)
	}
	return r
}

// countAll counts each diagnostic in the row of its program or, where it
// concerns all of them, in every row of the same section.
func countAll(list []row, diagnostics []*diag.Diagnostic) {
	for _, d := range diagnostics {
		unit := d.Target.Unit
		if unit <= 0 {
			continue
		}
		list[unit-1].count(d)
		section := list[unit-1].program.Section
		for i := unit; d.Target.Shared && i < len(list) && list[i].program.Section == section; i++ {
			list[i].count(d)
		}
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
	if r.todos == 0 && r.errors == 0 {
		return r.kind()
	}
	parts := []string{r.kind()}
	if r.todos > 0 {
		parts = append(parts, plural(int(r.todos), "TODO"))
	}
	if r.errors > 0 {
		parts = append(parts, plural(int(r.errors), "error"))
	}
	return strings.Join(parts, ", ")
}

// summary writes a row a program, what needs a human last, and the totals.
func (p *printer) summary(im Import) {
	list := rows(im)
	widest := 0
	for i := range list {
		widest = max(widest, columns(list[i].shownName()))
	}
	blanks := strings.Repeat(" ", widest+len("  "))
	for status := range numStatuses {
		mark := "  " + p.paint(statusTexts[status].style, statusTexts[status].mark) + " "
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

// maxName is how many columns of the name of a program are shown.
const maxName = 60

// shownName returns the name of a program, fit for a column.
func (r *row) shownName() string {
	name := printable(r.name())
	if columns(name) > maxName {
		name = widths.Truncate(name, maxName, ellipsis.text)
	}
	return name
}

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
	p.printf("\n%s in the output; ", plural(todos(im.Output), "TODO"))
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
	for code, folded := range im.Folded {
		if rule := code.Rule(); p.opts.Quiet || rule.Verbose && !p.opts.Verbose {
			n += folded.All
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
	if severity == diag.Note {
		for _, folded := range im.Folded {
			n += folded.All
		}
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

// next says what to do with the output, if there is anything to run in it.
func (p *printer) next(im Import) {
	if len(im.Config.Programs) == 0 || im.Dry {
		return
	}
	p.printf("\n%s\n", p.paint(bold, "Next:"))
	if n := todos(im.Output); n > 0 {
		where := printable(cmp.Or(im.Target, "the output"))
		p.printf("  settle %s in %s; each names its line\n", plural(n, "TODO"), where)
	}
	p.printf("  check it:  runwisp validate %s\n", printable(shellWord(cmp.Or(im.Target, "runwisp.toml"))))
	p.out.WriteString("  stop the programs in supervisord before you start RunWisp, or each runs twice\n")
}

// shellWord writes a path so that it can be pasted behind a command.
func shellWord(path string) string {
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	if strings.IndexFunc(path, needsQuotes) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// needsQuotes reports whether a character may mean something to a shell.
func needsQuotes(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-./+:@,%=", r)
}
