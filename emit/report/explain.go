package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// An Explanation is a rule with what comes of its example.
type Explanation struct {
	Rule *diag.Rule
	// Diagnostics are what the example raises.
	Diagnostics []*diag.Diagnostic
	// TOML is what the importer writes for the example, "" for an example
	// of the validator.
	TOML string
}

// Text writes the explanation for a terminal.
func (e Explanation) Text(w io.Writer, opts Options) error {
	p := newPrinter(w, nil, opts)
	head := fmt.Sprintf("%s[%s]: ", e.Rule.Severity, e.Rule.Code)
	p.paragraph(head, severityStyles[e.Rule.Severity], e.Rule.Title, bold, 4)
	p.out.WriteByte('\n')
	p.paragraph("", plain, e.Rule.Explanation+" "+consequence(e.Rule), plain, 0)
	for _, part := range exampleParts(e.Rule) {
		p.block(part.title+":", p.highlight(part.text))
	}
	if reported := e.reported(opts); reported != "" {
		p.block("Reported as:", reported)
	}
	if e.TOML != "" {
		p.block("Written as:", p.highlight(e.TOML))
	}
	return p.out.Flush()
}

// Markdown writes the explanation as a section of a page.
func (e Explanation) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", e.Rule.Code)
	fmt.Fprintf(&b, "**%s**: %s. %s %s\n", e.Rule.Severity, e.Rule.Title, e.Rule.Explanation, consequence(e.Rule))
	b.WriteString(exampleMarkdown(e.Rule))
	if reported := e.reported(Options{}); reported != "" {
		b.WriteString("\n" + fenced("text", reported))
	}
	if e.TOML != "" {
		b.WriteString("\n" + fenced("toml", e.TOML))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// reported returns how the rule's own finding in its example is reported.
func (e Explanation) reported(opts Options) string {
	for _, d := range e.Diagnostics {
		if d.Code == e.Rule.Code {
			var b strings.Builder
			opts.Width = cmp.Or(opts.Width, DefaultWidth) - blockIndent
			p := newPrinter(&b, nil, opts)
			p.header = tableHeaders()
			p.kind(kind{first: d})
			_ = p.out.Flush() // no builder fails
			return strings.TrimRight(b.String(), "\n") + "\n"
		}
	}
	return ""
}

// consequence says what a finding of the rule means for the outcome.
func consequence(r *diag.Rule) string {
	switch {
	case r.Input == diag.RunWisp && r.Severity == diag.Error:
		return "The file is not valid."
	case r.Input == diag.RunWisp:
		return "The file is valid all the same."
	case r.TODO:
		return "A TODO in the output marks the place."
	case r.Severity == diag.Error:
		return "The output is not to be relied on."
	case r.Severity == diag.Warning:
		return "The output does what supervisord does today, so there is no TODO; look whether that is what was meant."
	case r.Verbose:
		return "It is shown with --verbose only."
	}
	return "It is only worth knowing."
}

// blockIndent is how far blocks stand in on a terminal.
const blockIndent = 4

// block writes an indented text under a title.
func (p *printer) block(title, text string) {
	p.printf("\n%s\n\n", p.paint(bold, title))
	for line := range strings.Lines(text) {
		if line != "\n" {
			p.out.WriteString(strings.Repeat(" ", blockIndent))
		}
		p.out.WriteString(line)
	}
}

// Rules writes a line for each rule: code, severity, title.
func Rules(w io.Writer, list []diag.Rule, opts Options) error {
	p := newPrinter(w, nil, opts)
	width := 0
	for i := range list {
		width = max(width, len(list[i].Code))
	}
	for i := range list {
		r := &list[i]
		severity := fmt.Sprintf("%-7s", r.Severity)
		p.printf("%-*s  %s  %s\n", width, r.Code, p.paint(severityStyles[r.Severity], severity), r.Title)
	}
	return p.out.Flush()
}
