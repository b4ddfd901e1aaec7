package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

// A scope says what the names of expansions stand for in the options of one
// program, or of one of its processes.
type scope struct {
	program *ir.Program
	process *processNumber // nil: not known
	world   *world         // nil: nothing else is filled in
	own     *world         // what the program's own environment adds, or nil
}

// A processNumber is what %(process_num)s and %(numprocs)s stand for.
type processNumber struct {
	number, count int64
	countOnly     bool // the number differs from process to process
}

// A world is everything else that supervisord fills in, where it is known.
type world struct {
	node string
	// environ holds the variables.
	environ func(name string) (string, bool)
	// closed is set where environ holds all variables that there are.
	closed bool
}

func (w *world) isClosed() bool { return w != nil && w.closed }

// valueIn returns the lookup for one option. The program's own environment is
// seen only in what is read once a process, and not in itself.
func (sc scope) valueIn(row *optionRow) func(string) (formatValue, bool) {
	if sc.own != nil && row.names == processNames && row.typ != environmentValue {
		sc.world = sc.own
	}
	return sc.value
}

// value fills in the name of the program, the numbers of a process where there
// is one, and the world where it is known. Everything else is left in place.
func (sc scope) value(name string) (formatValue, bool) {
	switch {
	case name == "program_name":
		return formatValue{str: sc.program.Name}, true
	case name == "process_num" || name == "numprocs":
		return sc.process.value(name)
	case sc.world == nil:
		return formatValue{}, false
	case name == "group_name":
		return formatValue{str: sc.program.Group.Name}, true
	}
	return sc.world.value(name, sc.program.Section)
}

// value fills in the number of the process, or of all of them.
func (n *processNumber) value(name string) (formatValue, bool) {
	switch {
	case n == nil || name == "process_num" && n.countOnly:
		return formatValue{}, false
	case name == "numprocs":
		return formatValue{num: n.count}, true
	}
	return formatValue{num: n.number}, true
}

// value fills in what does not depend on a program.
func (w *world) value(name string, sec *ir.Section) (formatValue, bool) {
	if w == nil {
		return formatValue{}, false
	}
	switch name {
	case "here":
		return formatValue{str: sec.Here}, true
	case "host_node_name":
		return formatValue{str: w.node}, true
	}
	value, ok := w.environ(strings.TrimPrefix(name, envPrefix))
	return formatValue{str: value}, ok
}

// expandPass gives every program its typed options and, where the world is
// known, its processes.
func expandPass(s *state) {
	for _, p := range s.config.Programs {
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
	p.Settings = make([]ir.Setting, 0, len(p.Section.Options))
	for _, o := range p.Section.Options {
		row := programRow(p.Kind, o.Key)
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

// scopeOf returns what the names of expansions stand for in a program, or in
// one process of it. Where expansions are to be resolved that is all that the
// configuration itself fixes.
func (s *state) scopeOf(p *ir.Program, number *processNumber) scope {
	sc := scope{program: p, process: number, world: s.world}
	if s.world == nil || s.world.closed {
		return sc
	}
	if number == nil {
		sc.process = sc.fixedNumber()
	}
	if o := p.Section.Option("environment"); o != nil {
		own := sc.read(programRow(p.Kind, o.Key), o, &diag.Sink{}).Pairs
		sc.own = &world{node: s.world.node, environ: over(own, s.world.environ)}
	}
	return sc
}

// fixedNumber returns what is known of the process numbers without looking at
// one process: their count, and the number itself where there is only one. It
// returns nil where the count is not known.
func (sc scope) fixedNumber() *processNumber {
	count, first := sc.setting("numprocs"), sc.setting("numprocs_start")
	if !isSure(&count) {
		return nil
	}
	n := count.IntOr(1)
	return &processNumber{number: first.IntOr(0), count: n, countOnly: n != 1 || !isSure(&first)}
}

// integer returns the value of an integer option, so far as it is known.
func (sc scope) integer(key string, def int64) int64 {
	setting := sc.setting(key)
	return setting.IntOr(def)
}

// setting reads an option on its own, without a word about it.
func (sc scope) setting(key string) ir.Setting {
	o := sc.program.Section.Option(key)
	if o == nil {
		return ir.Setting{Key: key}
	}
	return sc.read(programRow(sc.program.Kind, o.Key), o, &diag.Sink{})
}

// settings expands and types the options of a program that supervisord knows.
func (sc scope) settings(sink *diag.Sink) []ir.Setting {
	out := make([]ir.Setting, 0, len(sc.program.Section.Options))
	for _, o := range sc.program.Section.Options {
		if row := programRow(sc.program.Kind, o.Key); row != nil {
			out = append(out, sc.read(row, o, sink))
		}
	}
	return out
}

// read expands and types one option.
func (sc scope) read(row *optionRow, o *ir.Option, sink *diag.Sink) ir.Setting {
	p := sc.program
	r := settingReader{
		expander: expander{
			sink:    sink,
			subject: optionName(p.Section, o.Key),
			target:  diag.Target{Unit: p.Number, Shared: true, Key: row.target},
			names:   row.names,
			value:   sc.valueIn(row),
			closed:  sc.world.isClosed(),
		},
		option: o,
		typ:    row.typ,
		twice:  row.typ == logfileValue,
	}
	if !p.Group.IsNamed() && readByGroup(p.Kind, o.Key) {
		r.names = hereNames
	}
	return r.read()
}

// readByGroup reports whether the group of a program reads an option first,
// where fewer names are known.
func readByGroup(kind ir.SectionKind, key string) bool {
	switch key {
	case "priority":
		return true
	case "redirect_stderr":
		return kind == ir.ListenerSection
	case "user":
		return kind == ir.FastCGISection
	}
	return false
}

// checkProgram reports what supervisord refuses of a program as a whole.
func checkProgram(p *ir.Program, sink *diag.Sink) {
	target := diag.Target{Unit: p.Number, Shared: true}
	if c := badNameChar(p.Section.Label); c != 0 {
		sink.Add(invalidName(p.Section, p.Section.Label, c, target))
	}
	switch p.Kind {
	case ir.ListenerSection:
		checkListener(p, sink)
	case ir.FastCGISection:
		checkFastCGI(p, sink)
	}
	if !p.Setting("command").IsSet() && p.Setting("numprocs").IntOr(1) > 0 {
		sink.Add(diag.Diagnostic{
			Code:    diag.MissingCommand,
			Span:    p.Section.Header,
			Subject: p.Section.Name,
			Message: "program has no command",
			Hint:    "Give it a command, or remove the section.",
			Target:  target,
		})
	}
	stop, kill := p.Setting("stopasgroup"), p.Setting("killasgroup")
	if stop.BoolOr(false) && !kill.BoolOr(true) {
		sink.Add(diag.Diagnostic{
			Code:    diag.ConflictingStop,
			Span:    spanOrKey(kill.Option),
			Subject: optionName(p.Section, "killasgroup"),
			Message: "killasgroup is false although stopasgroup is true",
			Hint:    "Remove one of the two; RunWisp signals the whole group in any case.",
			Related: []diag.Related{{Span: spanOrKey(stop.Option), Message: "stopasgroup is set here"}},
			Target:  target,
		})
	}
	checkProcessName(p, sink)
	name, count := p.Setting("process_name"), p.Setting("numprocs")
	if count.IntOr(1) > 1 && (!name.IsSet() || !strings.Contains(name.Option.Value.String(), "%(process_num)")) {
		sink.Add(diag.Diagnostic{
			Code:    diag.MissingProcessNum,
			Span:    spanOrKey(count.Option),
			Subject: optionName(p.Section, "numprocs"),
			Message: fmt.Sprintf("numprocs is %d, but process_name has no %%(process_num)s, which supervisord refuses", count.Int),
			Target:  target,
		})
	}
}

// checkProcessName checks the name of the processes as supervisord does: once,
// before anything is filled in.
func checkProcessName(p *ir.Program, sink *diag.Sink) {
	o := p.Section.Option("process_name")
	if o == nil {
		return
	}
	raw, _ := replaceHere(o.Value, o.Here)
	if c := badNameChar(raw.String()); c != 0 {
		sink.Add(diag.Diagnostic{
			Code:    diag.InvalidName,
			Span:    spanOrKey(o),
			Subject: optionName(p.Section, o.Key),
			Message: fmt.Sprintf("process name %q holds %q, which supervisord refuses", raw.String(), string(c)),
			Hint:    "Write it without spaces, colons and slashes.",
			Target:  diag.Target{Unit: p.Number, Shared: true},
		})
	}
}

func invalidName(sec *ir.Section, name string, c byte, target diag.Target) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.InvalidName,
		Span:    sec.Header,
		Subject: sec.Name,
		Message: fmt.Sprintf("name %q holds %q, which supervisord refuses", name, string(c)),
		Hint:    "Give it a name without spaces, colons and slashes.",
		Target:  target,
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
