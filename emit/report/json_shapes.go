package report

import "github.com/runwisp/runwisp/ir/diag"

// The shapes of the values in the JSON report.
type (
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
