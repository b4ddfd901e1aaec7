package report

import (
	"cmp"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// statusTexts are how each status is told: what it means, its style and its name
// for machines.
var statusTexts = [emit.NumStatuses]struct {
	text  string
	style style
	name  string
}{
	emit.Clean:       {"clean", green, "clean"},
	emit.Changed:     {"worth a look", cyan, "changed"},
	emit.HasTODO:     {"with a TODO", yellow, "todo"},
	emit.NotImported: {"not imported", red, "not-imported"},
}

// A row is what became of one program.
type row struct {
	program       *ir.Program
	status        emit.Status
	todos, errors int32
}

// kind returns what the program became: "service", "2 tasks", or what happened to
// it instead.
func (r *row) kind() string {
	kind := "service"
	if r.program.Brief.Task {
		kind = "task"
	}
	switch made := r.program.Outcome; {
	case made.Units == 0:
		return "not imported"
	case made.Disabled:
		return "commented out"
	case made.Units > 1:
		return say.Count(int(made.Units), kind)
	}
	return kind
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
	for _, d := range im.Diagnostics {
		for _, p := range im.Config.Concerned(d.Target) {
			out[p.Number-1].count(d)
		}
	}
	return out
}

// rowOf returns the row of a program before diagnostics are counted.
func rowOf(p *ir.Program) row {
	r := row{program: p, status: emit.Clean}
	if p.Outcome.Units == 0 {
		r.status = emit.NotImported
	}
	if p.Outcome.Changed {
		r.status = max(r.status, emit.Changed)
	}
	return r
}

func (r *row) count(d *diag.Diagnostic) {
	if d.Severity == diag.Error {
		r.errors++
	}
	level := emit.Clean
	switch {
	case d.NeedsTODO():
		r.todos++
		level = emit.HasTODO
	case !d.Verbose():
		level = emit.Changed
	}
	r.status = max(r.status, level)
}

// Programs returns what became of every program, in the order of the source, for
// other reports.
func Programs(im Import) []emit.Program {
	list := rows(im)
	out := make([]emit.Program, len(list))
	for i := range list {
		r := &list[i]
		out[i] = emit.Program{
			Status: r.status, Name: r.name(),
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
		parts = append(parts, say.Count(int(r.todos), "TODO"))
	}
	if r.errors > 0 {
		parts = append(parts, say.Count(int(r.errors), "error"))
	}
	return strings.Join(parts, ", ")
}

// maxName is how many columns of the name of a program are shown.
const maxName = 60

// shownName returns the name of a program, fit for a column.
func (r *row) shownName() string {
	name := printable(r.name())
	if columns(name) > maxName {
		name = displaywidth.TruncateString(name, maxName, ellipsis.text)
	}
	return name
}
