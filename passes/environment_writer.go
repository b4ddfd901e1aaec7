package passes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes/shell"
)

// An envOwner is whose environment an envWriter writes. It is asked about the holes
// in it.
type envOwner interface {
	// replacement returns what RunWisp reads to what supervisord fills into a
	// hole.
	replacement(ir.Hole) (string, bool)
	// advice says what to write in place of a hole. Unless is added to where a
	// replacement is advised.
	advice(h ir.Hole, unless string) string
	// constant returns what the configuration itself fills into a hole.
	constant(ir.Hole) (string, bool)
	// filled reads the environment with all filled in that the configuration
	// fixes.
	filled(*diag.Sink) ir.Setting
}

// An envWriter writes a table of variables.
type envWriter struct {
	*state
	section *ir.Section
	setting *ir.Setting
	unit    int32
	room    int      // how many variables fit
	owner   envOwner // needed only where there are holes
	told    bool     // that variables stand in place of holes
	// filled are the variables as supervisord reads them with all filled in that
	// the configuration fixes. It is nil where they come out as they are with
	// holes.
	filled []ir.Pair
}

// readFilled finds out how supervisord reads the environment: it fills in first and
// looks for pairs then, so that only words are sure to stay a part of a value. Where
// other pairs come of that, or none, readFilled says so and returns false.
func (w *envWriter) readFilled() bool {
	i := slices.IndexFunc(w.setting.Holes, w.isMoreThanWord)
	if w.opts.Resolve || i < 0 {
		return true
	}
	var said diag.Sink
	filled := w.owner.filled(&said)
	w.filled = filled.Pairs
	target := diag.Target{Unit: w.unit, Key: "env"}
	switch {
	case filled.Refusal == diag.InvalidEnvironment:
		for _, d := range said.All() {
			if d.Code == diag.InvalidEnvironment {
				d.Target = target
				w.sink.Add(*d)
			}
		}
	case !slices.EqualFunc(filled.Pairs, w.setting.Pairs, sameName):
		w.sink.Add(wholePairs(w.setting.Holes[i].Span, optionName(w.section, w.setting.Key), target))
	default:
		return true
	}
	w.setting.Option.Settle(ir.Noted, cmp.Or(filled.Refusal, diag.UnresolvedExpansion))
	return false
}

func sameName(a, b ir.Pair) bool { return a.Name.String() == b.Name.String() }

// isMoreThanWord reports whether what is filled into a hole can mean something to
// who looks for pairs.
func (w *envWriter) isMoreThanWord(h ir.Hole) bool {
	value, ok := w.owner.constant(h)
	return ok && (value == "" || !envWord.HasAll(value))
}

// staysValue reports whether the value of pair i is, with its holes filled, what
// supervisord reads there.
func (w *envWriter) staysValue(i int) bool {
	if w.filled == nil {
		return true
	}
	p := &w.setting.Pairs[i]
	text := p.Value.String()
	return w.filled[i].Value.String() == replaceHoles(text, p.Holes, func(h ir.Hole) string {
		if value, ok := w.owner.constant(h); ok {
			return value
		}
		return text[h.Start:h.End]
	})
}

// table returns the table of the variables that RunWisp takes.
func (w *envWriter) table(path []string) *ir.Table {
	o := w.setting.Option
	o.Settle(ir.Mapped, "")
	t := w.arena.tables.one()
	*t = ir.Table{
		Path:    path,
		Entries: w.arena.entries.take(len(w.setting.Pairs))[:0],
		Origin:  o.Span(),
	}
	for i := range w.setting.Pairs {
		p := &w.setting.Pairs[i]
		name := p.Name.String()
		if why := w.refusal(p, len(t.Entries)); why != "" {
			w.leaveOut(p, why)
			continue
		}
		t.Entries = append(t.Entries, ir.Entry{
			Key:    name,
			Value:  ir.String(w.value(i)),
			Origin: p.Name.Span().Union(p.Value.Span()),
		})
	}
	if len(o.Above) > 0 || o.Behind != nil { // which is rare
		w.placeComments(t)
	}
	return t
}

// value returns the value of pair i, and tells what is left in place.
func (w *envWriter) value(i int) string {
	p := &w.setting.Pairs[i]
	if len(p.Holes) == 0 {
		return literalText(p.Value.String())
	}
	f := filler{resolve: w.opts.Resolve, replace: w.owner.replacement}
	text := f.fill(p.Value.String(), p.Holes)
	advice := w.advice
	if len(f.left) > 0 && !w.staysValue(i) {
		advice = func(ir.Hole, source.Text) string { return cutShort }
	}
	for _, h := range distinct(f.left) {
		w.sink.Add(leftInPlace(w.section, w.setting, h, "",
			diag.Target{Unit: w.unit, Key: "env." + p.Name.String()}, advice(h, p.Value)))
	}
	w.tellResolved(f.filled)
	return text
}

// cutShort is the advice where supervisord does not read all that it fills in as a
// part of the value.
const cutShort = "supervisord fills it in first, and reads only a part of that as the value: write the value that it has there today, as --resolve does."

// advice says what to write in place of a hole in a value.
func (w *envWriter) advice(h ir.Hole, value source.Text) string {
	if _, fixed := w.owner.constant(h); fixed {
		return w.owner.advice(h, "")
	}
	return w.owner.advice(h, endsValue(h, value))
}

// endsValue says for which contents of a variable its replacement is not exact, since
// supervisord fills in first and looks for the end of the value then.
func endsValue(h ir.Hole, value source.Text) string {
	contents := "holds more than letters, digits and `_/.+-():`"
	switch {
	case isQuoted(value):
		contents = "holds quotes"
	case h.End-h.Start == value.Len():
		contents = "is empty or " + contents
	}
	return fmt.Sprintf(", unless %s %s", strings.TrimPrefix(h.Name, envPrefix), contents)
}

// isQuoted reports whether the value of a variable stands between quotes.
func isQuoted(value source.Text) bool {
	span := value.Span()
	return span.Start > 0 && isQuote(rune(span.File.Content[span.Start-1]))
}

// tellResolved notes, once a table, that variables stand in place of holes.
func (w *envWriter) tellResolved(holes []ir.Hole) {
	i := slices.IndexFunc(holes, func(h ir.Hole) bool { return strings.HasPrefix(h.Name, envPrefix) })
	if w.told || i < 0 {
		return
	}
	w.told = true
	w.sink.Add(diag.Diagnostic{
		Code:    diag.ResolvedExpansion,
		Span:    holes[i].Span,
		Subject: optionName(w.section, w.setting.Key),
		Message: fmt.Sprintf("a variable stands in place of %s: the same for a value without quotes that is quoted here, or holds only letters, digits and _/.+-():", holes[i].Span.Text()),
		Target:  diag.Target{Unit: w.unit, Key: "env"},
	})
}

// refusal says why RunWisp does not take a variable, or "".
func (w *envWriter) refusal(p *ir.Pair, written int) string {
	switch {
	case !schema.ValidEnvName(p.Name.String()):
		return "RunWisp refuses its name"
	case shell.SetsVariable(p.Name.String()):
		return "the shell that RunWisp starts sets it itself"
	case p.Name.String() == instanceIndex:
		return "RunWisp sets it itself"
	case len(literalText(p.Value.String())) > schema.MaxEnvValue:
		return fmt.Sprintf("its value is longer than %d bytes", schema.MaxEnvValue)
	case strings.IndexByte(p.Value.String(), 0) >= 0:
		return "its value holds a NUL"
	case written >= w.room:
		return fmt.Sprintf("RunWisp takes at most %d variables a unit", schema.MaxEnvEntries)
	}
	return ""
}

// leaveOut tells that a variable is not written. What RunWisp does not take, and
// a shell cannot hold, env can still hand on.
func (w *envWriter) leaveOut(p *ir.Pair, why string) {
	span := p.Name.Span()
	if span.Len() == 0 {
		span = w.setting.Option.Span()
	}
	name := p.Name.String()
	code, hint := diag.UnusableVariable, "Set it in run, with env NAME=VALUE in front of the command, if the program needs it."
	switch {
	case strings.IndexByte(p.Value.String(), 0) >= 0:
		code, hint = diag.NulByte, "Remove the NUL; supervisord fails to start the program as it is."
	case strings.Contains(name, "="):
		hint = "Take the = out of its name; supervisord fails to start the program as it is."
	case strings.HasPrefix(name, "-"): // env would take it for a switch
		hint = "Set it in run, with env -- NAME=VALUE in front of the command, if the program needs it."
	}
	w.sink.Add(diag.Diagnostic{
		Code:    code,
		Span:    span,
		Subject: optionName(w.section, w.setting.Key),
		Message: fmt.Sprintf("variable %q is left out: %s", name, why),
		Hint:    hint,
		Target:  diag.Target{Unit: w.unit, Key: "env"},
	})
}
