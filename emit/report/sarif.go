package report

import (
	"io"
	"path/filepath"
	"slices"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// SARIF writes diagnostics as a SARIF 2.1.0 log, as code-scanning services
// take it.
func SARIF(w io.Writer, list []*diag.Diagnostic) error {
	run := sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: "runwisp", Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[diag.Code]int{}
	for _, d := range list {
		if _, ok := index[d.Code]; !ok {
			index[d.Code] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(d.Code.Rule()))
		}
		run.Results = append(run.Results, sarifResultOf(d, index[d.Code]))
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifLevels are SARIF's words for our severities.
var sarifLevels = map[diag.Severity]string{diag.Note: "note", diag.Warning: "warning", diag.Error: "error"}

func sarifRuleOf(r *diag.Rule) sarifRule {
	return sarifRule{
		ID:                   r.Code,
		ShortDescription:     sarifText{r.Title},
		FullDescription:      sarifText{r.Explanation},
		DefaultConfiguration: sarifConfiguration{sarifLevels[r.Severity]},
	}
}

func sarifResultOf(d *diag.Diagnostic, rule int) sarifResult {
	text := d.Message
	if d.Hint != "" {
		text += ". " + d.Hint
	}
	out := sarifResult{
		RuleID:    d.Code,
		RuleIndex: rule,
		Level:     sarifLevels[d.Severity],
		Message:   sarifText{text},
	}
	if d.Span.IsValid() {
		out.Locations = []sarifLocation{sarifPlace(d.Span, nil)}
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, sarifPlace(r.Span, &sarifText{r.Message}))
	}
	return out
}

func sarifPlace(span source.Span, message *sarifText) sarifLocation {
	start, end := span.StartPosition(), span.EndPosition()
	uri := filepath.ToSlash(span.File.Name)
	if slices.Contains([]string{"", "<stdin>"}, uri) {
		uri = "stdin"
	}
	return sarifLocation{
		Physical: sarifPhysical{
			Artifact: sarifArtifact{URI: uri},
			Region: sarifRegion{
				StartLine: start.Line, StartColumn: start.Column,
				EndLine: end.Line, EndColumn: end.Column,
				ByteOffset: start.Offset, ByteLength: span.Len(),
			},
		},
		Message: message,
	}
}

// The shapes of SARIF, so far as they are used.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   diag.Code          `json:"id"`
		ShortDescription     sarifText          `json:"shortDescription"`
		FullDescription      sarifText          `json:"fullDescription"`
		DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    diag.Code       `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
		ByteOffset  int `json:"byteOffset"`
		ByteLength  int `json:"byteLength"`
	}
)
