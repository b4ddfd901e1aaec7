package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A printer writes findings for people.
type printer struct {
	out  *bufio.Writer // it remembers the first error
	opts Options
	// header returns the line of the section header above a span, or 0.
	header func(source.Span) int
	// todo are the output lines of each TODO, in the file target, which is
	// "" for standard output.
	todo   map[*diag.Diagnostic][]int
	target string
	dry    bool // there is no output whose lines could be named
	// folded counts the notes that are not in the list of diagnostics.
	folded map[diag.Code]diag.FoldedCount
	masker *secret.Masker
	line   layout // room for the line at hand
}

// newPrinter returns the printer of a report on these diagnostics.
func newPrinter(w io.Writer, list []*diag.Diagnostic, opts Options) *printer {
	opts.Width = cmp.Or(opts.Width, DefaultWidth)
	return &printer{out: bufio.NewWriter(w), opts: opts, masker: newMasker(list, opts)}
}

// newMasker returns what hides the secrets in a report on these diagnostics, all
// of which are about files of one format.
func newMasker(list []*diag.Diagnostic, opts Options) *secret.Masker {
	input := diag.Supervisord
	if len(list) > 0 {
		input = list[0].Code.Rule().Input
	}
	return secret.NewMasker(opts.ShowSecrets, input)
}

func (p *printer) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// A style is how a terminal paints a text: the parameters of its escape
// sequence.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	red    style = "1;31"
	green  style = "1;32"
	yellow style = "1;33"
	blue   style = "1;34"
	cyan   style = "1;36"
)

// severityStyles paint the severities.
var severityStyles = map[diag.Severity]style{diag.Note: cyan, diag.Warning: yellow, diag.Error: red}

// paint wraps a text into the escape sequences of a style.
func (p *printer) paint(s style, text string) string {
	if !p.opts.Color || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// columns returns how many columns a terminal shows a text in. It does not look
// at the locale, so that a report is the same everywhere.
func columns(s string) int { return displaywidth.String(s) }

// wrap breaks a text at its blanks into lines of at most width columns, of
// which the first has only first. A word that is longer than a line stays
// whole.
func wrap(text string, first, width int) []string {
	var lines []string
	line, room := "", first
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case line == "":
			line = word
		case columns(line)+1+columns(word) <= room:
			line += " " + word
		default:
			lines = append(lines, line)
			line, room = word, width
		}
	}
	return append(lines, line)
}

// paragraph writes a painted text behind a head of its own style, its further
// lines indented.
func (p *printer) paragraph(head string, headStyle style, text string, textStyle style, indent int) {
	lines := wrap(printable(text), p.opts.Width-columns(head), p.opts.Width-indent)
	p.out.WriteString(p.paint(headStyle, head))
	for i, line := range lines {
		if i > 0 {
			p.out.WriteString(strings.Repeat(" ", indent))
		}
		p.out.WriteString(p.paint(textStyle, line))
		p.out.WriteByte('\n')
	}
}
