package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// maxRelated is how many related places are shown with their source lines.
const maxRelated = 2

// findings writes what is to be shown of a list of diagnostics.
func (p *printer) findings(list []*diag.Diagnostic) {
	list = slices.DeleteFunc(slices.Clone(list), func(d *diag.Diagnostic) bool { return !p.opts.shows(d) })
	for _, k := range fold(list, p.opts.Verbose) {
		k.folded = p.folded[k.first.Code].Elsewhere
		p.kind(k)
	}
}

// kind writes one finding in full, and where there are more like it.
func (p *printer) kind(k kind) {
	d := p.masker.Diagnostic(k.first)
	severity := severityStyles[d.Severity]
	head := fmt.Sprintf("%s[%s]: ", d.Severity, d.Code)
	p.paragraph(head, severity, shorten(d.Message), bold, 4)
	gutter := p.place(d.Span, severity)
	p.remark(gutter, "help: ", shorten(d.Hint))
	p.remark(gutter, "", k.others())
	p.remark(gutter, "", p.todoPlace(k))
	for i, r := range d.Related {
		p.related(r, i < maxRelated)
	}
	p.out.WriteByte('\n')
}

// place writes where a span is, and its source lines. It returns the width of
// their line numbers.
func (p *printer) place(span source.Span, s style) int {
	if !span.IsValid() {
		return 1
	}
	p.printf("  %s %s\n", p.paint(blue, "-->"), printable(span.String()))
	return p.snippet(span, s)
}

// remark writes a text that belongs to the snippet above it, if there is any.
func (p *printer) remark(gutter int, head, text string) {
	if text == "" {
		return
	}
	indent := strings.Repeat(" ", gutter+2)
	p.out.WriteString(indent + p.paint(blue, "=") + " ")
	lines := wrap(printable(text), p.opts.Width-gutter-4-len(head), p.opts.Width-gutter-6)
	p.printf("%s%s\n", p.paint(bold, head), lines[0])
	for _, line := range lines[1:] {
		p.printf("%s    %s\n", indent, line)
	}
}

// related writes a second place, with its source lines if it is short.
func (p *printer) related(r diag.Related, full bool) {
	p.paragraph("note: ", cyan, r.Message, bold, 4)
	if full && !strings.ContainsAny(r.Span.Text(), "\r\n") {
		p.place(r.Span, blue)
		return
	}
	p.printf("  %s %s\n", p.paint(blue, "-->"), printable(r.Span.String()))
}

// todoPlace says where the TODOs of a kind stand in the output, or nothing.
func (p *printer) todoPlace(k kind) string {
	lines := slices.Clone(p.todo[k.first])
	for _, d := range k.rest {
		lines = append(lines, p.todo[d]...)
	}
	if len(lines) == 0 || p.dry {
		return ""
	}
	slices.Sort(lines)
	numbers := make([]string, len(lines))
	for i, n := range lines {
		numbers[i] = strconv.Itoa(n)
	}
	list, many := strings.Join(numbers, ", "), ""
	if len(lines) > 1 {
		many = "s"
	}
	if p.target == "" {
		return fmt.Sprintf("TODO%s in line%s %s of the output", many, many, list)
	}
	return fmt.Sprintf("TODO%s at %s:%s", many, p.target, list)
}
