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

// TODOLines returns the lines of each TODO: one that concerns several units has
// several.
func (o Output) TODOLines() map[*diag.Diagnostic][]int {
	lines := map[*diag.Diagnostic][]int{}
	for _, l := range o.Lines {
		if l.TODO != nil {
			lines[l.TODO] = append(lines[l.TODO], l.Last)
		}
	}
	return lines
}

// CountTODOs returns how many lines are TODOs.
func (o Output) CountTODOs() int {
	n := 0
	for _, l := range o.Lines {
		if l.TODO != nil {
			n++
		}
	}
	return n
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

// Print prints a whole document. The same document gives the same bytes. The error
// is that of writing.
func Print(doc *ir.Document, opts Options) (Output, error) {
	p := NewPrinter(opts)
	p.Begin(doc, 0)
	piece := p.Piece()
	piece.Print(doc.Tables)
	piece.Flush()
	return p.Output()
}

// A lineWriter writes the lines of a document, or of a piece of one.
type lineWriter struct {
	Options
	buf   []byte
	line  int // the number of the next line: from 1 in a document, from 0 in a piece
	lines []Line
}

// endLine ends a line, and remembers where it came from. It may have grown
// over several lines since first.
func (w *lineWriter) endLine(origin source.Span, todo *diag.Diagnostic, first int) {
	w.buf = append(w.buf, '\n')
	if todo != nil || origin.IsValid() && !w.OnlyTODOs {
		w.lines = append(w.lines, Line{First: first, Last: w.line, Origin: origin, TODO: todo})
	}
	w.line++
}

// comments writes comments of ours.
func (w *lineWriter) comments(texts []string) {
	for _, text := range texts {
		w.buf = append(w.buf, "# "...)
		w.buf = append(w.buf, commentText(text)...)
		w.endLine(source.Span{}, nil, w.line)
	}
}

// carried writes comments of the source. One that starts with TODO must not be
// taken for one of ours. Inside a table that is commented out they get a second
// #, so that they are still comments when an editor takes one off each line.
func (w *lineWriter) carried(comments []ir.Comment, disabled bool) {
	for _, c := range comments {
		w.commentOut(disabled)
		w.buf = append(w.buf, "# "...)
		w.buf = append(w.buf, carriedText(c.Text)...)
		w.endLine(c.Span, nil, w.line)
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
func (w *lineWriter) todos(list []*diag.Diagnostic) {
	w.buf = slices.Grow(w.buf, todoRoom*len(list))
	w.lines = slices.Grow(w.lines, len(list))
	for _, d := range list {
		w.buf = append(w.buf, "# TODO "...)
		w.buf = append(w.buf, commentText(d.Span.FileLine())...)
		w.buf = append(w.buf, ": "...)
		w.buf = append(w.buf, commentText(d.Message)...)
		if d.Hint != "" {
			w.buf = append(w.buf, ". "...)
			w.buf = append(w.buf, commentText(d.Hint)...)
		}
		w.buf = append(w.buf, " ["...)
		w.buf = append(w.buf, d.Code...)
		w.buf = append(w.buf, ']')
		w.endLine(d.Span, d, w.line)
	}
}

// todoRoom is about how many bytes a TODO takes. Where there are a million of
// them, growing step by step would take five times the memory.
const todoRoom = 200

func (w *lineWriter) tables(list []*ir.Table) {
	for _, t := range list {
		w.table(t, t.Disabled)
	}
}

// table writes a table and those below it, after a blank line.
func (w *lineWriter) table(t *ir.Table, disabled bool) {
	w.endLine(source.Span{}, nil, w.line)
	w.carried(t.Above, disabled && !t.Disabled)
	w.todos(t.TODOs)
	if len(t.Path) > 0 {
		w.commentOut(disabled)
		w.buf = append(appendPath(append(w.buf, '['), t.Path), ']')
		if w.Annotate {
			w.behind(nil, t.Origin)
		}
		w.endLine(t.Origin, nil, w.line)
	}
	for i := range t.Entries {
		w.entry(&t.Entries[i], disabled)
	}
	for _, sub := range t.Sub {
		w.table(sub, disabled)
	}
}

// commentOut starts a line of a table that is disabled.
func (w *lineWriter) commentOut(disabled bool) {
	if disabled {
		w.buf = append(w.buf, "# "...)
	}
}

func (w *lineWriter) entry(e *ir.Entry, disabled bool) {
	if len(e.Above)+len(e.TODOs) > 0 { // which is rare
		w.carried(e.Above, disabled)
		w.todos(e.TODOs)
	}
	first := w.line
	w.commentOut(disabled)
	w.buf = appendKey(w.buf, e.Key)
	w.buf = append(w.buf, " = "...)
	w.value(&e.Value, !disabled)
	if e.Behind != nil || w.Annotate {
		w.behind(e.Behind, e.Origin)
	}
	w.endLine(e.Origin, nil, first)
}

// behind writes what stands behind a line: the comment of the source, and the
// place that the line came from where that is asked for. There must be one of
// them.
func (w *lineWriter) behind(comment *ir.Comment, origin source.Span) {
	w.buf = append(w.buf, " # "...)
	if comment != nil {
		w.buf = append(w.buf, carriedText(comment.Text)...)
	}
	switch {
	case !w.Annotate:
	case comment == nil:
		w.buf = append(w.buf, commentText(origin.FileLine())...)
	default:
		w.buf = append(w.buf, " ("...)
		w.buf = append(w.buf, commentText(origin.FileLine())...)
		w.buf = append(w.buf, ')')
	}
}

// value writes a value. Only where lines are allowed may it take several.
func (w *lineWriter) value(v *ir.Value, lines bool) {
	switch v.Kind {
	case ir.StringValue:
		from := len(w.buf)
		advised := ""
		if v.Command != nil {
			advised = v.Command.Advised
		}
		w.buf = appendText(w.buf, v.Text, advised, lines)
		if lines && strings.IndexByte(v.Text, '\n') >= 0 {
			w.line += bytes.Count(w.buf[from:], newline)
		}
	case ir.IntegerValue:
		w.buf = strconv.AppendInt(w.buf, v.Int, 10)
	case ir.SecondsValue:
		w.buf = append(w.buf, '"')
		w.buf = strconv.AppendInt(w.buf, v.Int, 10)
		w.buf = append(w.buf, `s"`...)
	case ir.BooleanValue:
		w.buf = strconv.AppendBool(w.buf, v.Int != 0)
	case ir.IntegersValue:
		w.buf = append(w.buf, '[')
		for i, n := range v.Ints {
			if i > 0 {
				w.buf = append(w.buf, ", "...)
			}
			w.buf = strconv.AppendInt(w.buf, n, 10)
		}
		w.buf = append(w.buf, ']')
	default:
		panic("emit: a command was not turned into shell text")
	}
}

var newline = []byte{'\n'}
