package passes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/passes/percent"
	"github.com/runwisp/runwisp/passes/shell"
)

// lowerEnvironment writes the variables into a table of their own.
func lowerEnvironment(u *unit, row *optionRow, setting *ir.Setting) {
	if setting.Pairs == nil && setting.Refusal != "" {
		setting.Option.Settle(ir.Noted, setting.Refusal)
		return
	}
	if len(setting.Pairs) == 0 {
		setting.Option.Settle(ir.Mapped, "")
		return
	}
	w := envWriter{
		state:   u.state,
		section: u.program.Section,
		setting: setting,
		unit:    u.program.Number,
		room:    schema.MaxEnvEntries - u.defaultVariables(),
	}
	if len(setting.Holes) > 0 {
		w.replace = func(h ir.Hole) (string, bool) { return u.textReplacement(h, setting.Key) }
		w.advice = func(h ir.Hole) string { return u.textAdvice(h, setting.Key) }
		w.constant = u.environmentConstant
		if !w.readFilled(func(f *state) (out ir.Setting) {
			f.world = u.fixed
			f.scopeOf(u.program, u.spec.process).read(&out, row, setting.Option, f.sink)
			return out
		}) {
			return
		}
	}
	if t := w.table(u.path(u.table.Path[0], u.table.Path[1], row.target)); len(t.Entries) > 0 {
		u.env = t
	}
}

// environmentConstant is constant for the environment, in which there may be any
// number of variables.
func (u *unit) environmentConstant(h ir.Hole) (string, bool) {
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if !isVariable {
		return u.constant(h, "environment")
	}
	value, ok := u.fixed.environ(name)
	if !ok {
		return "", false
	}
	return renderHole(h, percent.Value{Str: value})
}

// defaultVariables returns how many variables [defaults.env] holds.
func (u *unit) defaultVariables() int {
	if u.defaults == nil {
		return 0
	}
	return len(u.defaults.Entries)
}

// lowerDaemonEnvironment writes the environment of [supervisord], which every
// program gets.
func (s *state) lowerDaemonEnvironment(setting *ir.Setting) {
	if len(setting.Pairs) == 0 {
		return
	}
	w := envWriter{
		state:   s,
		section: s.config.Daemon.Section,
		setting: setting,
		unit:    diag.DefaultsUnit,
		room:    schema.MaxEnvEntries,
		replace: s.daemonReplacement,
		advice: func(h ir.Hole) string {
			if text, ok := s.daemonReplacement(h); ok {
				return replaceWith(h, text, "")
			}
			return unknownValue
		},
		constant: s.daemonConstant,
	}
	if !w.readFilled(func(f *state) ir.Setting {
		r := f.daemonReader(w.section, setting.Option, daemonRow(setting.Key))
		return r.read()
	}) {
		return
	}
	s.defaults = w.table([]string{"defaults", "env"})
	s.doc.Tables = append(s.doc.Tables, s.defaults)
	s.sink.Add(diag.Diagnostic{
		Code:    diag.DaemonEnvironment,
		Span:    spanOrKey(setting.Option),
		Subject: optionName(s.config.Daemon.Section, setting.Key),
		Message: "environment of [supervisord] is written as [defaults.env], for every program",
	})
}

// daemonReplacement returns what stands for a hole in [defaults.env].
func (s *state) daemonReplacement(h ir.Hole) (string, bool) {
	if value, ok := s.daemonConstant(h); ok {
		return literalText(value), true
	}
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if !isVariable || h.Format != "s" || !shell.IsName(name) {
		return "", false
	}
	return "${" + name + "}", true
}

// daemonConstant returns what supervisord fills into a hole of its own environment,
// where that does not depend on its variables.
func (s *state) daemonConstant(h ir.Hole) (value string, ok bool) {
	switch {
	case h.Format != "s":
		return "", false
	case h.Name == "here":
		value = cmp.Or(h.Here, s.config.Daemon.Section.Here)
	case !strings.HasPrefix(h.Name, envPrefix):
		value = s.opts.Node
	}
	return value, value != ""
}

// An envWriter writes a table of variables.
type envWriter struct {
	*state
	section *ir.Section
	setting *ir.Setting
	unit    int32
	room    int // how many variables fit
	replace func(ir.Hole) (string, bool)
	advice  func(ir.Hole) string
	told    bool // that variables stand in place of holes
	// constant returns what the configuration itself fills into a hole.
	constant func(ir.Hole) (string, bool)
	// filled is how supervisord reads the option with that filled in, or nil where
	// every pair comes out as it is with holes.
	filled *ir.Setting
}

// readFilled finds out how supervisord reads the option: it fills in first and looks
// for pairs then, so that only words are sure to stay a part of a value. Read reads
// it with a state that knows what the configuration fixes. Where other pairs come of
// that, or none, readFilled says so and returns false.
func (w *envWriter) readFilled(read func(*state) ir.Setting) bool {
	i := slices.IndexFunc(w.setting.Holes, w.isMoreThanWord)
	if w.opts.Resolve || i < 0 {
		return true
	}
	f := w.fork(w.arena)
	f.world = &world{node: w.opts.Node, environ: nothing}
	filled := read(f)
	w.filled = &filled
	target := diag.Target{Unit: w.unit, Key: "env"}
	switch {
	case filled.Refusal == diag.InvalidEnvironment:
		for _, d := range f.sink.All() {
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
	value, ok := w.constant(h)
	return ok && (value == "" || !envWord.HasAll(value))
}

// staysValue reports whether the value of a pair is, with its holes filled, what
// supervisord reads there.
func (w *envWriter) staysValue(p *ir.Pair) bool {
	if w.filled == nil {
		return true
	}
	read, _ := findPair(w.filled.Pairs, p.Name.String())
	var b strings.Builder
	text, from := p.Value.String(), 0
	for _, h := range p.Holes {
		b.WriteString(text[from:h.Start])
		from = h.End
		if value, ok := w.constant(h); ok {
			b.WriteString(value)
		} else {
			b.WriteString(text[h.Start:h.End])
		}
	}
	return read.Value.String() == b.String()+text[from:]
}

func (w *envWriter) table(path []string) *ir.Table {
	o := w.setting.Option
	o.Settle(ir.Mapped, "")
	t := w.arena.tables.one()
	*t = ir.Table{
		Path:    path,
		Above:   o.Above,
		Entries: w.arena.entries.take(len(w.setting.Pairs))[:0],
		Origin:  spanOrKey(o),
	}
	if o.Behind != nil {
		t.Above = append(slices.Clone(t.Above), *o.Behind)
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
			Value:  ir.String(w.value(p)),
			Origin: p.Name.Span().Union(p.Value.Span()),
		})
	}
	return t
}

// value returns the value of a variable, and tells what is left in place.
func (w *envWriter) value(p *ir.Pair) string {
	if len(p.Holes) == 0 {
		return literalText(p.Value.String())
	}
	f := filler{resolve: w.opts.Resolve, replace: w.replace}
	text := f.fill(p.Value.String(), p.Holes)
	advice := w.advice
	if len(f.left) > 0 && !w.staysValue(p) {
		advice = func(ir.Hole) string { return cutShort }
	}
	for _, h := range distinct(f.left) {
		w.sink.Add(leftInPlace(w.section, w.setting, h,
			diag.Target{Unit: w.unit, Key: "env." + p.Name.String()}, advice(h)))
	}
	w.tellResolved(f.filled)
	return text
}

// cutShort is the advice where supervisord does not read all that it fills in as a
// part of the value.
const cutShort = "supervisord fills it in first, and reads only a part of that as the value: write the value that it has there today, as --resolve does."

// tellResolved notes, once a table, that variables stand in place of holes.
func (w *envWriter) tellResolved(holes []ir.Hole) {
	for _, h := range holes {
		if w.told || !strings.HasPrefix(h.Name, envPrefix) {
			continue
		}
		w.told = true
		w.sink.Add(diag.Diagnostic{
			Code:    diag.ResolvedExpansion,
			Span:    h.Span,
			Subject: optionName(w.section, w.setting.Key),
			Message: fmt.Sprintf("a variable stands in place of %s: the same for a value without quotes that is quoted here, or holds only letters, digits and _/.+-():", h.Span.Text()),
			Target:  diag.Target{Unit: w.unit, Key: "env"},
		})
	}
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
		span = spanOrKey(w.setting.Option)
	}
	hint := "Set it in run, with env NAME=VALUE in front of the command, if the program needs it."
	if strings.IndexByte(p.Value.String(), 0) >= 0 {
		hint = "Remove the NUL; supervisord fails to start the program as it is."
	}
	w.sink.Add(diag.Diagnostic{
		Code:    diag.UnusableVariable,
		Span:    span,
		Subject: optionName(w.section, w.setting.Key),
		Message: fmt.Sprintf("variable %q is left out: %s", p.Name.String(), why),
		Hint:    hint,
		Target:  diag.Target{Unit: w.unit, Key: "env"},
	})
}
