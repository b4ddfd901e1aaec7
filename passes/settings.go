package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

// readPlain reads an option that holds nothing to expand and is of its type,
// as nearly all are. It reports false where there is more to it, or something
// to say.
func (a *arena) readPlain(out *ir.Setting, typ valueType, o *ir.Option) bool {
	if strings.IndexByte(o.Value.String(), '%') >= 0 {
		return false
	}
	*out = ir.Setting{} // a literal with all of this would be made on the stack and copied
	out.Key, out.Option, out.State, out.Text = o.Key, o, ir.Known, o.Value
	switch typ {
	case nameValue:
		out.Text = o.Value.TrimFunc(lexer.IsSpace)
	case environmentValue:
		pairs, ok := a.plainPairs(out.Text)
		out.Pairs = pairs
		return ok
	}
	return assignType(out, typ)
}

// A settingReader reads one option: expansion first, then the type.
type settingReader struct {
	expander
	option *ir.Option
	typ    valueType
}

func (r *settingReader) read() ir.Setting {
	value := r.option.Value
	if r.typ == nameValue {
		value = value.TrimFunc(lexer.IsSpace)
	}
	v := r.expand(value, r.option.Here)
	if r.twice && v.ok {
		v = r.expandAgain(v)
	}
	out := ir.Setting{
		Key:    r.option.Key,
		Option: r.option,
		State:  ir.Known,
		Text:   v.text,
		Holes:  v.holes,
	}
	switch {
	case !v.ok:
		out.State, out.Refusal = ir.Invalid, r.refusal
	case len(v.holes) > 0:
		out.State = ir.Unresolved
	}
	switch {
	case r.typ == environmentValue: // it has a meaning even where values in it are not resolved
		r.readEnvironment(&out)
	case out.State == ir.Known:
		if !assignType(&out, r.typ) {
			r.refuseType(&out)
		}
	case out.State == ir.Unresolved && r.typ == userValue && !isAccount(withLetters(out.Text.String(), out.Holes)):
		r.refuseType(&out)
	}
	return out
}

// expandAgain expands an accepted value a second time. A hole in it is left alone: what
// supervisord fills in there is not known to hold a percent sign.
func (r *settingReader) expandAgain(v expanded) expanded {
	if r.typ == environmentValue {
		if strings.Contains(r.option.Value.String(), "%%") {
			r.sink.Add(diag.Diagnostic{
				Code:    diag.VersionDependent,
				Span:    r.option.Span(),
				Subject: r.subject,
				Message: "environment of [supervisord] is expanded once from supervisor 4.4 on, and twice before",
				Hint:    "Do without percent signs there.",
			})
		}
		r.names = includeNames // the second time, the name of the host is known
	}
	again := r.expand(v.text, "")
	keepHere(again.holes, v.holes)
	return again
}

// keepHere takes over from the holes of the first expansion what %(here)s stands
// for in them: the second one does not see it. Both are in the order of the source.
func keepHere(holes, before []ir.Hole) {
	for i := range holes {
		h := &holes[i]
		for len(before) > 0 && before[0].Span.Compare(h.Span) < 0 {
			before = before[1:]
		}
		if len(before) > 0 && before[0].Span == h.Span {
			h.Here = before[0].Here
		}
	}
}

// expectedTexts say what supervisord wants of a type. Those without one take any
// text, or are read elsewhere.
var expectedTexts = [...]string{
	intValue:         "an integer",
	startValue:       "an integer",
	octalValue:       "an octal number",
	boolValue:        "a boolean (true, yes, on, 1, false, no, off, 0)",
	sizeValue:        "a number of bytes, with KB, MB or GB behind it or nothing",
	exitCodesValue:   "numbers from 0 to 255 with commas between",
	autorestartValue: "a boolean or unexpected",
	signalValue:      "a signal name or number",
	userValue:        "a user name or id",
	ownerValue:       "a user, or user:group",
	addressValue:     "a port, or host:port",
	pathValue:        "a path",
	directoryValue:   "a directory",
	logLevelValue:    "one of " + strings.Join(logLevels, ", "),
}

// assignType gives a setting the meaning of its text. It reports false where
// supervisord refuses the text.
func assignType(out *ir.Setting, typ valueType) (ok bool) {
	text := out.Text.String()
	switch typ {
	case intValue:
		out.Int, ok = parseInt(text, 10)
	case startValue:
		if out.Int, ok = parseInt(text, 10); ok && !countsOn(out.Int) {
			out.State = ir.Unresolved
		}
	case octalValue:
		out.Int, ok = parseInt(text, 8)
	case boolValue:
		out.Int, ok = parseBool(text)
	case sizeValue:
		out.Int, ok = parseSize(text)
	case exitCodesValue:
		out.Ints, ok = parseExitCodes(text)
	case autorestartValue:
		out.Int, ok = parseAutorestart(text)
	case signalValue:
		out.Int, ok = parseSignal(text)
	case userValue:
		ok = isAccount(text)
	case ownerValue:
		ok = isOwner(text)
	case addressValue:
		ok = isAddress(text)
	case pathValue:
		ok = isPath(text)
	case directoryValue:
		ok = text != "" && isPath(text)
	case logLevelValue:
		ok = isLogLevel(text)
	case listValue:
		out.List, ok = splitList(out.Text), true
	default:
		ok = true // any text will do
	}
	return ok
}

// correctIt is the hint for a value that is wrong in itself.
const correctIt = "Correct it; supervisord refuses the whole configuration as it is."

// refuseType reports a value that is not of its type.
func (r *settingReader) refuseType(out *ir.Setting) {
	out.State, out.Refusal = ir.Invalid, diag.InvalidValue
	r.tell(diag.InvalidValue, r.option.Span(),
		fmt.Sprintf("%s: expected %s, got %q", out.Key, expectedTexts[r.typ], out.Text.String()),
		correctIt)
}

// readEnvironment reads pairs, and warns of what was dropped on the way.
func (r *settingReader) readEnvironment(out *ir.Setting) {
	pairs, cut, reason := parseEnvironment(out.Text, out.Holes)
	if reason == unknownPairs {
		out.Refusal = diag.UnresolvedExpansion // which is told where it is written
		return
	}
	if reason != "" {
		out.State, out.Refusal = ir.Invalid, diag.InvalidEnvironment
		span, hint := r.option.Span(), "Write NAME=\"value\" pairs with commas between."
		if cut.IsValid() {
			span, hint = cut, fmt.Sprintf("A value ends before %q, and no comma follows. Quote the whole value (\"\" if it is empty), and use the other kind of quotes inside.", cut.Text())
		}
		r.tell(diag.InvalidEnvironment, span, "environment cannot be read: "+reason, hint)
		return
	}
	out.Pairs = pairs
	if cut.IsValid() {
		r.tell(diag.TruncatedEnvironment, cut, fmt.Sprintf("environment value ends before %q", cut.Text()),
			"Quote the value to keep all of it.")
	}
	if differsInPosix(out.Text, out.Holes, pairs) {
		r.tell(diag.VersionDependent, r.option.Span(), "environment is read differently from supervisor 4.4 on",
			"Quote each value whole, with quotes that do not occur in it.")
	}
}
