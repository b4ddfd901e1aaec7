// Package emit prints a RunWisp document as TOML.
package emit

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// An Output is a printed document that knows where its lines came from.
type Output struct {
	// TOML is the whole file; every line of it ends in a line feed. It is nil
	// where it was written as it was printed.
	TOML []byte
	// Lines are the lines that came from somewhere, in order.
	Lines []Line
}

// A Line is one line of the output, or the lines of one entry.
type Line struct {
	// First and Last are the 1-based first and last line: a value may
	// take several.
	First, Last int
	// Origin is the source of the line.
	Origin source.Span
	// TODO is set where the line is a TODO.
	TODO *diag.Diagnostic
}

// TOML prints a document. The same document gives the same bytes.
func TOML(doc *ir.Document) Output { return printDocument(doc, Options{}) }

// Annotated prints a document with the place that each line came from behind
// it.
func Annotated(doc *ir.Document) Output { return printDocument(doc, Options{Annotate: true}) }

func printDocument(doc *ir.Document, opts Options) Output {
	p := NewPrinter(opts)
	p.Begin(doc, 0)
	piece := p.Piece()
	piece.Print(doc.Tables)
	piece.Flush()
	out, _ := p.Output() // which nothing is written for
	return out
}

// printer prints a piece of a document.
type printer struct {
	Options
	buf   []byte
	line  int // the number of the next line: from 1 in a document, from 0 in a piece
	lines []Line
}

// endLine ends a line, and remembers where it came from. It may have grown
// over several lines since first.
func (p *printer) endLine(origin source.Span, todo *diag.Diagnostic, first int) {
	p.buf = append(p.buf, '\n')
	if todo != nil || origin.IsValid() && !p.OnlyTODOs {
		p.lines = append(p.lines, Line{First: first, Last: p.line, Origin: origin, TODO: todo})
	}
	p.line++
}

// comments writes comments of ours.
func (p *printer) comments(texts []string) {
	for _, text := range texts {
		p.buf = append(p.buf, "# "...)
		p.buf = append(p.buf, commentText(text)...)
		p.endLine(source.Span{}, nil, p.line)
	}
}

// carried writes comments of the source. One that starts with TODO must not be
// taken for one of ours. Those inside of a table that is commented out are so
// twice, and are comments again when an editor takes one # off each line.
func (p *printer) carried(comments []ir.Comment, disabled bool) {
	for _, c := range comments {
		p.off(disabled)
		p.buf = append(p.buf, "# "...)
		p.buf = append(p.buf, carriedText(c.Text)...)
		p.endLine(c.Span, nil, p.line)
	}
}

func carriedText(text string) string {
	if strings.HasPrefix(text, "TODO") {
		text = "(" + text + ")"
	}
	return commentText(text)
}

// todos writes a line for each diagnostic: the place first, so that editors
// and terminals make it clickable.
func (p *printer) todos(list []*diag.Diagnostic) {
	p.buf = slices.Grow(p.buf, todoRoom*len(list))
	p.lines = slices.Grow(p.lines, len(list))
	for _, d := range list {
		p.buf = append(p.buf, "# TODO "...)
		p.buf = append(p.buf, commentText(d.Span.FileLine())...)
		p.buf = append(p.buf, ": "...)
		p.buf = append(p.buf, commentText(d.Message)...)
		if d.Hint != "" {
			p.buf = append(p.buf, ". "...)
			p.buf = append(p.buf, commentText(d.Hint)...)
		}
		p.buf = append(p.buf, " ["...)
		p.buf = append(p.buf, d.Code...)
		p.buf = append(p.buf, ']')
		p.endLine(d.Span, d, p.line)
	}
}

// todoRoom is about how many bytes a TODO takes. Where there are a million of
// them, growing step by step would take five times the memory.
const todoRoom = 200

func (p *printer) tables(list []*ir.Table) {
	for _, t := range list {
		p.table(t, t.Disabled)
	}
}

// table writes a table and those below it, after a blank line.
func (p *printer) table(t *ir.Table, disabled bool) {
	p.endLine(source.Span{}, nil, p.line)
	p.carried(t.Above, disabled && !t.Disabled)
	p.todos(t.TODOs)
	if len(t.Path) > 0 {
		p.off(disabled)
		p.buf = append(p.buf, '[')
		for i, k := range t.Path {
			if i > 0 {
				p.buf = append(p.buf, '.')
			}
			p.buf = appendKey(p.buf, k)
		}
		p.buf = append(p.buf, ']')
		if p.Annotate {
			p.behind(nil, t.Origin)
		}
		p.endLine(t.Origin, nil, p.line)
	}
	for i := range t.Entries {
		p.entry(&t.Entries[i], disabled)
	}
	for _, sub := range t.Sub {
		p.table(sub, disabled)
	}
}

// off starts the lines of a table that is commented out.
func (p *printer) off(disabled bool) {
	if disabled {
		p.buf = append(p.buf, "# "...)
	}
}

func (p *printer) entry(e *ir.Entry, disabled bool) {
	if len(e.Above)+len(e.TODOs) > 0 { // which is rare
		p.carried(e.Above, disabled)
		p.todos(e.TODOs)
	}
	first := p.line
	p.off(disabled)
	p.buf = appendKey(p.buf, e.Key)
	p.buf = append(p.buf, " = "...)
	p.value(&e.Value, !disabled)
	if e.Behind != nil || p.Annotate {
		p.behind(e.Behind, e.Origin)
	}
	p.endLine(e.Origin, nil, first)
}

// behind writes what stands behind a line: the comment of the source, and the
// place that the line came from where that is asked for. There must be one of
// them.
func (p *printer) behind(comment *ir.Comment, origin source.Span) {
	p.buf = append(p.buf, " # "...)
	if comment != nil {
		p.buf = append(p.buf, carriedText(comment.Text)...)
	}
	switch {
	case !p.Annotate:
	case comment == nil:
		p.buf = append(p.buf, commentText(origin.FileLine())...)
	default:
		p.buf = append(p.buf, " ("...)
		p.buf = append(p.buf, commentText(origin.FileLine())...)
		p.buf = append(p.buf, ')')
	}
}

// value writes a value. Only where lines are allowed may it take several.
func (p *printer) value(v *ir.Value, lines bool) {
	switch v.Kind {
	case ir.StringValue:
		from := len(p.buf)
		advised := ""
		if v.Command != nil {
			advised = v.Command.Advised
		}
		p.buf = appendText(p.buf, v.Text, advised, lines)
		if lines && strings.IndexByte(v.Text, '\n') >= 0 {
			p.line += bytes.Count(p.buf[from:], newline)
		}
	case ir.IntegerValue:
		p.buf = strconv.AppendInt(p.buf, v.Int, 10)
	case ir.SecondsValue:
		p.buf = append(p.buf, '"')
		p.buf = strconv.AppendInt(p.buf, v.Int, 10)
		p.buf = append(p.buf, `s"`...)
	case ir.BooleanValue:
		p.buf = strconv.AppendBool(p.buf, v.Int != 0)
	case ir.IntegersValue:
		p.buf = append(p.buf, '[')
		for i, n := range v.Ints {
			if i > 0 {
				p.buf = append(p.buf, ", "...)
			}
			p.buf = strconv.AppendInt(p.buf, n, 10)
		}
		p.buf = append(p.buf, ']')
	default:
		panic("emit: a command was not turned into shell text")
	}
}

var newline = []byte{'\n'}
