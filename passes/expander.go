package passes

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes/percent"
)

// envPrefix starts the names of expansions that stand for variables.
const envPrefix = "ENV_"

// A nameSet says which names supervisord knows in an option, besides the
// variables, which it knows everywhere.
type nameSet uint8

const (
	// hereNames: here. Read at the level of the group or of supervisord.
	hereNames nameSet = iota
	// includeNames: here, host_node_name.
	includeNames
	// socketNames: here, program_name.
	socketNames
	// sectionNames: here, program_name, group_name, host_node_name. Read
	// once a section.
	sectionNames
	// processNames: the same, process_num and numprocs. Read once a
	// process.
	processNames
	// noNames: none. The options of supervisord's servers.
	noNames
)

// namesOf lists the names of a set, in supervisord's own sorted order.
var namesOf = map[nameSet][]string{
	hereNames:    {"here"},
	includeNames: {"here", "host_node_name"},
	socketNames:  {"here", "program_name"},
	sectionNames: {"group_name", "here", "host_node_name", "program_name"},
	processNames: {"group_name", "here", "host_node_name", "numprocs", "process_num", "program_name"},
}

// isNumber holds for the names that stand for integers.
func isNumber(name string) bool { return name == "process_num" || name == "numprocs" }

// A valuer knows what names stand for.
type valuer interface {
	// value returns what a name stands for, and false where that is left in
	// place.
	value(name string) (percent.Value, bool)
}

// A valueFunc is a valuer.
type valueFunc func(name string) (percent.Value, bool)

func (f valueFunc) value(name string) (percent.Value, bool) { return f(name) }

// An expander fills in the expansions of one option.
type expander struct {
	sink *diag.Sink
	// subject is the option.
	subject diag.Subject
	target  diag.Target
	names   nameSet
	// values is asked for known names only.
	values valuer
	// pieces is room for those of a value.
	pieces *[]percent.Piece
	// closed is set where the variables are all known, so that a missing
	// one is an error. Otherwise it is left in place.
	closed bool
	// twice is set where supervisord expands the value, and then what came of that.
	twice bool
	// unnamedAt is where the last expansion kept a conversion without a name, in place
	// of which supervisord printed its table of names.
	unnamedAt source.Span
	// refusal is the code of what supervisord refused last.
	refusal diag.Code
}

// An expanded is a value after expansion.
type expanded struct {
	text  source.Text
	holes []ir.Hole
	ok    bool // supervisord accepts it
}

// expand fills in a value. Here is not empty where %(here)s in it was replaced
// textually, before anything was read as a format.
func (e *expander) expand(value source.Text, here string) expanded {
	if strings.IndexByte(value.String(), '%') < 0 {
		return expanded{text: value, ok: true}
	}
	text, marks := replaceHere(value, here)
	pieces, failure := percent.Parse((*e.pieces)[:0], text.String())
	*e.pieces = pieces
	w := pieceWriter{expander: e, text: text, marks: marks, table: e.unnamedAt, ok: true}
	w.out.Grow(text.Len(), len(pieces))
	for i := range pieces {
		if w.filled > maxFilled {
			failure = &percent.Failure{Start: pieces[i].Start, End: text.Len(), Reason: "what was filled in before it is too long for any process"}
			pieces = pieces[:i]
			break
		}
		w.piece(&pieces[i])
	}
	if failure != nil {
		w.ok = false
		e.refuse(text.SpanOf(failure.Start, failure.End), failure.Reason, e.percentHint())
		end := 0
		if n := len(pieces); n > 0 {
			end = pieces[n-1].End
		}
		w.literal(end, text.Len())
	}
	return expanded{text: w.out.Text(), holes: w.holes, ok: w.ok}
}

// maxFilled is from how many filled-in bytes on a value is filled in no further.
// Linux gives no process that much in all of its arguments and variables; a line
// of widths could ask for more than there is memory.
const maxFilled = 4 << 20

// A pieceWriter puts an expanded value together.
type pieceWriter struct {
	*expander
	text  source.Text
	marks []mark // those not yet behind
	out   source.Builder
	holes []ir.Hole
	ok    bool
	table source.Span // the unnamedAt of the expansion before this one
	// filled is how many bytes take the place of conversions, at least.
	filled int
	seen   bool // a conversion was met: supervisord takes no unnamed one any more
}

func (w *pieceWriter) piece(p *percent.Piece) {
	switch {
	case p.Kind == percent.DoubledSign:
		w.out.Synth("%", w.text.SpanOf(p.Start, p.End))
	case p.Kind == percent.Literal, w.isTable(p):
		w.literal(p.Start, p.End)
	case p.Conversion.Named:
		w.seen = true
		w.named(&p.Conversion)
	default:
		w.unnamed(&p.Conversion)
		w.seen = true
	}
}

// isTable reports whether a piece is what the expansion before this one kept for a
// table of names: to supervisord it is no conversion any more.
func (w *pieceWriter) isTable(p *percent.Piece) bool {
	return w.table.IsValid() && w.text.SpanOf(p.Start, p.End) == w.table
}

// literal copies plain text. A %(here)s that was replaced in it is a hole,
// unless it is to be filled in anyway.
func (w *pieceWriter) literal(start, end int) {
	for len(w.marks) > 0 && w.marks[0].end <= end {
		m := w.marks[0]
		w.marks = w.marks[1:]
		if m.start < start {
			continue // a percent sign in the directory's own name took it up
		}
		w.out.Append(w.text.Slice(start, m.start))
		here := w.text.Slice(m.start, m.end)
		if _, fill := w.values.value("here"); fill && w.mayFill(here.String()) {
			w.out.Append(here)
		} else {
			at := w.out.Len()
			w.out.Synth(hereFormat, here.Span())
			w.hole(at, ir.Hole{Name: "here", Format: "s", Span: here.Span(), Here: here.String()})
		}
		start = m.end
	}
	w.out.Append(w.text.Slice(start, end))
}

// named fills in "%(name)s", or leaves it in place.
func (w *pieceWriter) named(c *percent.Conversion) {
	span := w.text.SpanOf(c.Start, c.End)
	hole := ir.Hole{Name: c.Name, Format: c.Format(w.text.String()), Span: span}
	isEnv := strings.HasPrefix(c.Name, envPrefix) && c.Name != envPrefix // no variable is called ""
	if !isEnv && !slices.Contains(namesOf[w.names], c.Name) {
		w.unknown(c, span)
		hole.Refused = true
		w.leave(c, hole)
		return
	}
	v, fill := w.values.value(c.Name)
	if isEnv && !fill && w.closed {
		w.unknown(c, span)
		hole.Refused = true
	}
	v.IsNum = isNumber(c.Name)
	fill = fill && w.mayFill(v.Str)
	if reason := c.Check(v, fill, w.text.String()); reason != "" {
		w.ok = false
		w.refuse(span, reason, fmt.Sprintf("Write %%(%s)s in the source.", c.Name)).Fix = &diag.Fix{Span: span, Text: "%(" + c.Name + ")s"}
		hole.Refused, fill = true, false
	}
	if !fill {
		w.filled += c.Width()
		w.leave(c, hole)
		return
	}
	text := c.Render(v)
	w.filled += len(text)
	w.out.Synth(text, span)
}

// namesTable stands for the table of names that supervisord prints for a
// conversion without a name. Nobody wants to see the table itself: it holds
// the whole environment.
const namesTable = "{...}"

// unnamed leaves a conversion without a name in place. supervisord accepts one
// of them if it is the first conversion and prints its table of names there.
func (w *pieceWriter) unnamed(c *percent.Conversion) {
	span := w.text.SpanOf(c.Start, c.End)
	reason := c.CheckUnnamed(w.text.String())
	if w.seen {
		reason = "not enough arguments for format string"
	}
	if w.closed && reason == "" {
		c.Verb = 's'
		w.out.Synth(c.Render(percent.Value{Str: namesTable}), span)
	} else {
		w.out.Append(w.text.Slice(c.Start, c.End))
	}
	if reason != "" {
		w.ok = false
		w.refuse(span, reason, w.percentHint())
		return
	}
	w.unnamedAt = span
	w.tell(diag.UnnamedExpansion, span,
		fmt.Sprintf("%q has no name: supervisord prints its whole table of names there", span.Text()),
		w.percentHint()+" Here the text is kept as it stands.")
}

// leave leaves an expansion in place as it is written.
func (w *pieceWriter) leave(c *percent.Conversion, h ir.Hole) {
	at := w.out.Len()
	w.out.Append(w.text.Slice(c.Start, c.End))
	w.hole(at, h)
}

// hole makes a hole of what was written from an offset on.
func (w *pieceWriter) hole(start int, h ir.Hole) {
	h.Start, h.End = start, w.out.Len()
	w.holes = append(w.holes, h)
}

// unknown reports a name that supervisord does not know here.
func (w *pieceWriter) unknown(c *percent.Conversion, span source.Span) {
	w.ok = false
	w.refusal = diag.UnknownExpansion
	w.tell(diag.UnknownExpansion, span,
		fmt.Sprintf("%%(%s)%s names nothing that supervisord could fill in", c.Name, c.Format(w.text.String())),
		knownNames(w.names))
}

func knownNames(set nameSet) string {
	names := append([]string{"ENV_X for a variable X"}, namesOf[set]...)
	return "supervisord knows here: " + strings.Join(names, ", ") + "."
}

// refuse reports a format string that supervisord calls badly formatted.
func (e *expander) refuse(span source.Span, reason, hint string) *diag.Diagnostic {
	e.refusal = diag.BadExpansion
	return e.tell(diag.BadExpansion, span, fmt.Sprintf("%q is no expansion: %s", span.Text(), reason), hint)
}

// tell adds a diagnostic about the option.
func (e *expander) tell(code diag.Code, span source.Span, message, hint string) *diag.Diagnostic {
	return e.sink.Add(diag.Diagnostic{Code: code, Span: span, Subject: e.subject, Message: message, Hint: hint, Target: e.target})
}

// percentHint says how to write a percent sign, and where: RunWisp knows no such
// escape.
func (e *expander) percentHint() string {
	if e.twice {
		return "Write a literal percent sign as %%%% in the source: this value is expanded twice."
	}
	return "Write a literal percent sign as %% in the source."
}

// mayFill reports whether a text can be filled in. A path need not be UTF-8, and
// then TOML cannot hold it; of a closed world none is written.
func (e *expander) mayFill(text string) bool { return e.closed || utf8.ValidString(text) }

// A mark is a place in a text where %(here)s was replaced.
type mark struct{ start, end int }

// replaceHere puts a directory in place of each %(here)s.
func replaceHere(t source.Text, here string) (source.Text, []mark) {
	if here == "" || !strings.Contains(t.String(), hereFormat) {
		return t, nil
	}
	var b source.Builder
	var marks []mark
	rest := 0
	for {
		i := strings.Index(t.String()[rest:], hereFormat)
		if i < 0 {
			b.Append(t.Slice(rest, t.Len()))
			return b.Text(), marks
		}
		b.Append(t.Slice(rest, rest+i))
		start := b.Len()
		rest += i + len(hereFormat)
		b.Synth(here, t.SpanOf(rest-len(hereFormat), rest))
		marks = append(marks, mark{start, b.Len()})
	}
}
