package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

// expandPass gives every program its typed options and, where the world is
// known, its processes.
func expandPass(s *state, j *job) {
	s.tellOverridden(j.section)
	for _, p := range j.programs {
		sink := s.sink
		if p.Again {
			sink = &diag.Sink{} // the first run has said it all
		}
		s.expandProgram(p, sink)
		checkProgram(p, sink)
	}
}

func (s *state) expandProgram(p *ir.Program, sink *diag.Sink) {
	sc := s.scopeOf(p, nil)
	perProcess := sink
	if s.world.isClosed() || sc.integer("numprocs", 1) <= 0 {
		// What is read once a process is refused there, or never read.
		perProcess = &diag.Sink{}
	}
	p.Settings = s.arena.settings.take(len(p.Section.Options))[:0]
	for i := range p.Section.Options {
		o := &p.Section.Options[i]
		row := rowOf(p, o)
		switch {
		case row == nil || p.Group.IsNamed() && row.only == ir.FastCGISection:
		case row.names == processNames:
			p.Settings = append(p.Settings, sc.read(row, o, perProcess))
		default:
			p.Settings = append(p.Settings, sc.read(row, o, sink))
		}
	}
	if s.world.isClosed() {
		s.makeProcesses(p, sink)
	}
}

// A settingReader reads one option: expansion first, then the type.
type settingReader struct {
	expander
	option *ir.Option
	typ    valueType
	twice  bool // supervisord expands the value, and then what came of that
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
	case out.State == ir.Known || r.typ == environmentValue:
		r.assignType(&out)
	case out.State == ir.Unresolved && r.typ == userValue && !isAccount(withLetters(out.Text.String(), out.Holes)):
		r.refuseType(&out, "a user name or id")
	}
	return out
}

// expandAgain expands a value a second time. A hole in it is left alone: what
// supervisord fills in there is not known to hold a percent sign.
func (r *settingReader) expandAgain(v expanded) expanded {
	r.again = true
	if r.typ == environmentValue {
		if strings.Contains(r.option.Value.String(), "%%") {
			r.sink.Add(diag.Diagnostic{
				Code:    diag.VersionDependent,
				Span:    spanOrKey(r.option),
				Subject: r.subject,
				Message: "environment of [supervisord] is expanded once from supervisor 4.4 on, and twice before",
				Hint:    "Do without percent signs there.",
			})
		}
		r.names = includeNames // the second time, the name of the host is known
	}
	again := r.expand(v.text, "")
	again.ok = again.ok && v.ok
	return again
}

// assignType gives a setting the meaning of its text. An environment has one
// even where values in it are not resolved.
func (r *settingReader) assignType(out *ir.Setting) {
	text := out.Text.String()
	ok, reason := true, ""
	switch r.typ {
	case textValue, nameValue, logfileValue:
	case intValue:
		out.Int, ok = parseInt(text, 10)
		reason = "an integer"
	case octalValue:
		out.Int, ok = parseInt(text, 8)
		reason = "an octal number"
	case boolValue:
		var value bool
		value, ok = parseBool(text)
		out.Int = boolInt(value)
		reason = "a boolean (true, yes, on, 1, false, no, off, 0)"
	case sizeValue:
		out.Int, ok = parseSize(text)
		reason = "a number of bytes, with KB, MB or GB behind it or nothing"
	case exitCodesValue:
		out.Ints, ok = parseExitCodes(text)
		reason = "numbers from 0 to 255 with commas between"
	case autorestartValue:
		out.Int, ok = parseAutorestart(text)
		reason = "a boolean or unexpected"
	case userValue:
		ok = isAccount(text)
		reason = "a user name or id"
	case ownerValue:
		ok = isOwner(text)
		reason = "a user, or user:group"
	case addressValue:
		ok = isAddress(text)
		reason = "a port, or host:port"
	case pathValue:
		ok = isPath(text)
		reason = "a path"
	case directoryValue:
		ok = text != "" && isPath(text)
		reason = "a directory"
	case logLevelValue:
		ok = isLogLevel(text)
		reason = "one of " + strings.Join(logLevels, ", ")
	case listValue:
		out.List = splitList(out.Text)
	case signalValue:
		var why string
		out.Int, why = parseSignal(text)
		ok = why == ""
		reason = "a signal name or number"
	case environmentValue:
		r.readEnvironment(out)
	}
	if !ok {
		r.refuseType(out, reason)
	}
}

// refuseType reports a value that is not of its type.
func (r *settingReader) refuseType(out *ir.Setting, expected string) {
	out.State, out.Refusal = ir.Invalid, diag.InvalidValue
	r.sink.Add(diag.Diagnostic{
		Code:    diag.InvalidValue,
		Span:    spanOrKey(r.option),
		Subject: r.subject,
		Message: fmt.Sprintf("%s: expected %s, got %q", out.Key, expected, out.Text.String()),
		Hint:    "Correct it; supervisord refuses the whole configuration as it is.",
		Target:  r.target,
	})
}

// readEnvironment reads pairs, and warns of what was dropped on the way.
func (r *settingReader) readEnvironment(out *ir.Setting) {
	pairs, cut, reason := parseEnvironment(out.Text, out.Holes)
	if reason != "" {
		out.State, out.Refusal = ir.Invalid, diag.InvalidEnvironment
		r.sink.Add(diag.Diagnostic{
			Code:    diag.InvalidEnvironment,
			Span:    spanOrKey(r.option),
			Subject: r.subject,
			Message: "environment cannot be read: " + reason,
			Hint:    "Write NAME=\"value\" pairs with commas between.",
			Target:  r.target,
		})
		return
	}
	out.Pairs = pairs
	if cut.IsValid() {
		r.sink.Add(diag.Diagnostic{
			Code:    diag.TruncatedEnvironment,
			Span:    cut,
			Subject: r.subject,
			Message: fmt.Sprintf("environment value ends before %q", cut.Text()),
			Hint:    "Quote the value to keep all of it.",
			Target:  r.target,
		})
	}
	if differsInPosix(out.Text, out.Holes, pairs) {
		r.sink.Add(diag.Diagnostic{
			Code:    diag.VersionDependent,
			Span:    spanOrKey(r.option),
			Subject: r.subject,
			Message: "environment is read differently from supervisor 4.4 on",
			Hint:    "Quote each value whole, with quotes that do not occur in it.",
			Target:  r.target,
		})
	}
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
