package report

import (
	"io"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// jsonVersion is raised when a reader of the JSON report would have to change.
const jsonVersion = 1

// JSON writes an import report as one document, whether there is anything to
// report or not. docs/report.schema.json describes it. Nothing is folded or
// left out; of the options only ShowSecrets counts.
func JSON(w io.Writer, im Import, opts Options) error {
	programs := rows(im)
	j := newJSONWriter(w)
	j.open("", "{")
	j.write("version", jsonVersion)
	j.open("source", "[")
	for _, f := range im.Config.Files {
		j.write("", f.Name)
	}
	j.close("]")
	j.write("summary", jsonSummaryOf(im, programs))
	j.open("programs", "[")
	tables := tablesOf(im.Document)
	for _, r := range programs {
		j.write("", jsonProgramOf(r, tables[r.program]))
	}
	j.close("]")
	j.open("diagnostics", "[")
	targets, masker := findTargets(im), newMasker(im.Diagnostics, opts)
	for _, d := range im.Diagnostics {
		j.write("", jsonDiagnosticOf(masker.Diagnostic(d), targets.of(d)))
	}
	j.close("]")
	j.close("}")
	return j.end()
}

func jsonSummaryOf(im Import, programs []row) jsonSummary {
	counts := countStatuses(programs)
	return jsonSummary{
		Programs:    len(programs),
		Clean:       counts[emit.Clean],
		Changed:     counts[emit.Changed],
		TODO:        counts[emit.HasTODO],
		NotImported: counts[emit.NotImported],
		TODOs:       im.Output.CountTODOs(),
		Errors:      count(im, diag.Error),
		Warnings:    count(im, diag.Warning),
		Notes:       count(im, diag.Note),
	}
}

// tablesOf finds the tables that became of each program.
func tablesOf(doc *ir.Document) map[*ir.Program][]*ir.Table {
	out := map[*ir.Program][]*ir.Table{}
	for _, t := range doc.Tables {
		if t.Program != nil && len(t.Path) > 0 {
			out[t.Program] = append(out[t.Program], t)
		}
	}
	return out
}

func jsonProgramOf(r row, tables []*ir.Table) jsonProgram {
	p := jsonProgram{
		Name:    r.program.Name,
		Section: r.program.Section.Name,
		Status:  statusTexts[r.status].name,
		Targets: []string{},
		TODOs:   int(r.todos),
		Errors:  int(r.errors),

		Disabled: r.program.Outcome.Disabled,
	}
	for _, t := range tables {
		p.Targets = append(p.Targets, emit.Path(t.Path))
		p.Kind = unitKinds[t.Path[0]]
	}
	if len(p.Targets) > 0 {
		p.Target = p.Targets[0]
	}
	return p
}

// unitKinds name one unit of each table of units.
var unitKinds = map[string]string{"services": "service", "tasks": "task"}

func jsonDiagnosticOf(d *diag.Diagnostic, target *jsonTarget) jsonDiagnostic {
	out := jsonDiagnostic{
		Code:     d.Code,
		Severity: d.Severity.String(),
		Subject:  shorten(d.Subject.String()),
		Message:  d.Message,
		Hint:     d.Hint,
		Span:     jsonSpanOf(d.Span),
		Related:  []jsonRelated{},
		Target:   target,
	}
	if d.Fix != nil {
		out.Fix = &jsonFix{jsonSpanOf(d.Fix.Span), d.Fix.Text}
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, jsonRelated{r.Message, jsonSpanOf(r.Span)})
	}
	return out
}

func jsonSpanOf(s source.Span) *jsonSpan {
	if !s.IsValid() {
		return nil
	}
	return &jsonSpan{s.File.Name, jsonPositionOf(s.StartPosition()), jsonPositionOf(s.EndPosition())}
}

func jsonPositionOf(p source.Position) jsonPosition {
	return jsonPosition{Line: p.Line, Column: p.Column, Offset: p.Offset}
}
