package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/runwisp/runwisp/emit/secret"
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
	doc := jsonReport{
		Version:     jsonVersion,
		Source:      []string{},
		Summary:     jsonSummaryOf(im),
		Programs:    []jsonProgram{},
		Diagnostics: []jsonDiagnostic{},
	}
	for _, f := range im.Config.Files {
		doc.Source = append(doc.Source, f.Name)
	}
	tables := tablesOf(im.Document)
	for _, r := range rows(im) {
		doc.Programs = append(doc.Programs, jsonProgramOf(r, tables[r.program]))
	}
	targets := findTargets(im)
	masker := secret.NewMasker(opts.ShowSecrets)
	for _, d := range im.Diagnostics {
		doc.Diagnostics = append(doc.Diagnostics, jsonDiagnosticOf(masker.Diagnostic(d), targets.of(d)))
	}
	return writeJSON(w, doc)
}

func jsonSummaryOf(im Import) jsonSummary {
	s := jsonSummary{
		TODOs:    todos(im.Output),
		Errors:   count(im, diag.Error),
		Warnings: count(im, diag.Warning),
		Notes:    count(im, diag.Note),
	}
	for _, r := range rows(im) {
		s.Programs++
		switch r.status {
		case clean:
			s.Clean++
		case changed:
			s.Changed++
		case hasTODO:
			s.TODO++
		case notImported:
			s.NotImported++
		}
	}
	return s
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
	}
	for _, t := range tables {
		p.Targets = append(p.Targets, dotted(t.Path))
		p.Kind = unitKinds[t.Path[0]]
		p.Disabled = t.Disabled
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
		Subject:  d.Subject.String(),
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

func writeJSON(w io.Writer, doc any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// The shapes of the JSON report.
type (
	jsonReport struct {
		Version     int              `json:"version"`
		Source      []string         `json:"source"`
		Summary     jsonSummary      `json:"summary"`
		Programs    []jsonProgram    `json:"programs"`
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
	}
	jsonSummary struct {
		Programs    int `json:"programs"`
		Clean       int `json:"clean"`
		Changed     int `json:"changed"`
		TODO        int `json:"todo"`
		NotImported int `json:"not_imported"`
		TODOs       int `json:"todo_lines"`
		Errors      int `json:"errors"`
		Warnings    int `json:"warnings"`
		Notes       int `json:"notes"`
	}
	jsonProgram struct {
		Name     string   `json:"name"`
		Section  string   `json:"section"`
		Kind     string   `json:"kind"`
		Target   string   `json:"target"`
		Targets  []string `json:"targets"`
		Status   string   `json:"status"`
		Disabled bool     `json:"disabled"`
		TODOs    int      `json:"todos"`
		Errors   int      `json:"errors"`
	}
	jsonDiagnostic struct {
		Code     diag.Code     `json:"code"`
		Severity string        `json:"severity"`
		Subject  string        `json:"subject"`
		Message  string        `json:"message"`
		Hint     string        `json:"hint"`
		Span     *jsonSpan     `json:"span"`
		Related  []jsonRelated `json:"related"`
		Fix      *jsonFix      `json:"fix"`
		Target   *jsonTarget   `json:"target"`
	}
	jsonFix struct {
		Span *jsonSpan `json:"span"`
		Text string    `json:"text"`
	}
	jsonRelated struct {
		Message string    `json:"message"`
		Span    *jsonSpan `json:"span"`
	}
	jsonSpan struct {
		File  string       `json:"file"`
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
	jsonPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
		Offset int `json:"offset"`
	}
	jsonTarget struct {
		Path string `json:"path"`
		Line *int   `json:"line"`
	}
)
