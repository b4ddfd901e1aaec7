package runwisp_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/ir/diag"
)

// TestDiagnosticsPage keeps the page of all codes in step with the rules, and
// with what their examples give.
func TestDiagnosticsPage(t *testing.T) {
	golden.Check(t, "docs/diagnostics.md", diagnosticsText(t))
}

const diagnosticsIntro = `# Diagnostics

Every code that ` + "`runwisp import supervisord` and `runwisp validate`" + ` report, generated from the rules in ` + "`ir/diag`" + `.
` + "`runwisp explain CODE`" + ` prints the same.

* An **error** is what supervisord, or RunWisp, refuses or cannot start, and what --verify finds to differ.
* A **warning** is what needs a human, or runs otherwise than its author expects.
* A **note** is good to know: what differs under RunWisp, what was left out, and where.

`

// diagnosticsText writes the whole page.
func diagnosticsText(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(diagnosticsIntro)
	writeIndex(&b, "Import", diag.Supervisord)
	writeIndex(&b, "Validation", diag.RunWisp)
	for _, rule := range diag.Rules() {
		b.WriteString("\n")
		if err := explanation(t, &rule).Markdown(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// writeIndex writes a table of the rules for one format.
func writeIndex(b *bytes.Buffer, title string, input diag.Input) {
	b.WriteString("| " + title + " | | |\n|---|---|---|\n")
	for _, rule := range diag.Rules() {
		if rule.Input == input {
			code := string(rule.Code)
			b.WriteString("| [" + code + "](#" + code + ") | " + rule.Severity.String() + " | " + rule.Title + " |\n")
		}
	}
	b.WriteString("\n")
}

// explanation runs the example of a rule.
func explanation(t *testing.T, rule *diag.Rule) report.Explanation {
	t.Helper()
	d, err := runwisp.Demonstrate(rule)
	if err != nil {
		t.Fatal(err)
	}
	return report.Explanation{Rule: rule, Diagnostics: d.Diagnostics, TOML: d.TOML}
}

// caseReport returns what there is to report on a conformance case.
func caseReport(t *testing.T, name string) report.Import {
	t.Helper()
	im := readCase(t, name).importCase()
	return report.Import{Config: im.Config, Document: im.Document, Diagnostics: im.Diagnostics, Output: im.Output}
}

// TestReportSchema: the report of every conformance case is what its schema
// says, and its targets lie in the output.
func TestReportSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range cases(t) {
		im := caseReport(t, name)
		var b bytes.Buffer
		if err := report.JSON(&b, im, report.Options{}); err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatalf("%s: %v", caseName(name), err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", caseName(name), err)
		}
		checkTargets(t, caseName(name), doc, im)
	}
}

// checkTargets holds the lines of targets against the output: that of a TODO
// ends with its code, any other one is a header or an entry of the key.
func checkTargets(t *testing.T, name string, doc any, im report.Import) {
	t.Helper()
	lines := strings.Split(string(im.Output.TOML), "\n")
	for i, found := range doc.(map[string]any)["diagnostics"].([]any) {
		d := im.Diagnostics[i]
		target, ok := found.(map[string]any)["target"].(map[string]any)
		if d.NeedsTODO() && !ok {
			t.Errorf("%s: the TODO %s has no target", name, d.Code)
		}
		number, ok := jsonInt(target["line"])
		if !ok {
			continue
		}
		line := lines[number-1]
		key := d.Target.Key[strings.LastIndexByte(d.Target.Key, '.')+1:]
		atCode := strings.HasSuffix(line, "["+string(d.Code)+"]")
		atNode := strings.HasSuffix(line, "]") ||
			strings.HasPrefix(strings.TrimPrefix(line, "# "), key+" = ")
		if d.NeedsTODO() && !atCode || !d.NeedsTODO() && (atCode || !atNode) {
			t.Errorf("%s: %s is at line %d: %s", name, d.Code, number, line)
		}
	}
}

// jsonInt returns an integer of a decoded document.
func jsonInt(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil
}
