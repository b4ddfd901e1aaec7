// Package emit prints a RunWisp document as TOML.
package emit

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// An Output is a printed document that knows where its lines came from.
type Output struct {
	// TOML is the whole file; every line of it ends in a line feed.
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
func TOML(doc *ir.Document) Output { return printDocument(doc, false) }

// Annotated prints a document with the place that each line came from behind
// it.
func Annotated(doc *ir.Document) Output { return printDocument(doc, true) }

func printDocument(doc *ir.Document, annotate bool) Output {
	p := printer{line: 1, annotate: annotate}
	for _, text := range doc.Head {
		p.comment(text)
	}
	p.todos(doc.TODOs)
	for _, t := range doc.Tables {
		p.table(t, t.Disabled)
	}
	return Output{TOML: p.buf, Lines: p.lines}
}

type printer struct {
	buf      []byte
	line     int // the number of the next line
	lines    []Line
	annotate bool
}

// writeLine ends a line, and remembers where it came from.
func (p *printer) writeLine(origin source.Span, todo *diag.Diagnostic, parts ...string) {
	first := p.line
	for _, s := range parts {
		p.buf = append(p.buf, s...)
		p.line += strings.Count(s, "\n")
	}
	p.buf = append(p.buf, '\n')
	if origin.IsValid() || todo != nil {
		p.lines = append(p.lines, Line{First: first, Last: p.line, Origin: origin, TODO: todo})
	}
	p.line++
}

// comment writes a comment of ours.
func (p *printer) comment(text string) { p.writeLine(source.Span{}, nil, "# ", commentText(text)) }

// carried writes comments of the source. One that starts with TODO must not be
// taken for one of ours.
func (p *printer) carried(comments []ir.Comment) {
	for _, c := range comments {
		p.writeLine(c.Span, nil, "# ", carriedText(c.Text))
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
	for _, d := range list {
		text := d.Message
		if d.Hint != "" {
			text += ". " + d.Hint
		}
		p.writeLine(d.Span, d, fmt.Sprintf("# TODO %s: %s [%s]", commentText(d.Span.FileLine()), commentText(text), d.Code))
	}
}

// table writes a table and those below it, after a blank line unless it is the
// first thing in the file.
func (p *printer) table(t *ir.Table, disabled bool) {
	if len(p.buf) > 0 {
		p.writeLine(source.Span{}, nil)
	}
	p.carried(t.Above)
	p.todos(t.TODOs)
	if len(t.Path) > 0 {
		p.writeLine(t.Origin, nil, off(disabled), "[", path(t.Path), "]", p.note("", t.Origin))
	}
	for _, e := range t.Entries {
		p.entry(e, disabled)
	}
	for _, sub := range t.Sub {
		p.table(sub, disabled)
	}
}

// off starts the lines of a table that is commented out.
func off(disabled bool) string {
	if disabled {
		return "# "
	}
	return ""
}

func (p *printer) entry(e *ir.Entry, disabled bool) {
	p.carried(e.Above)
	p.todos(e.TODOs)
	behind := ""
	if e.Behind != nil {
		behind = " # " + carriedText(e.Behind.Text)
	}
	behind = p.note(behind, e.Origin)
	p.writeLine(e.Origin, nil, off(disabled), key(e.Key), " = ", value(e.Value, !disabled), behind)
}

// note adds the place that a line came from to the comment behind it.
func (p *printer) note(behind string, origin source.Span) string {
	switch {
	case !p.annotate:
		return behind
	case behind == "":
		return " # " + commentText(origin.FileLine())
	}
	return fmt.Sprintf("%s (%s)", behind, commentText(origin.FileLine()))
}

// path writes the keys of a header.
func path(keys []string) string {
	quoted := make([]string, 0, len(keys))
	for _, k := range keys {
		quoted = append(quoted, key(k))
	}
	return strings.Join(quoted, ".")
}

// value writes a value. Only where lines are allowed may it take several.
func value(v any, lines bool) string {
	switch v := v.(type) {
	case string:
		return text(v, lines)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case []int64:
		items := make([]string, 0, len(v))
		for _, n := range v {
			items = append(items, strconv.FormatInt(n, 10))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	panic(fmt.Sprintf("emit: no TOML for a %T", v))
}
