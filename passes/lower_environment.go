package passes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/passes/shell"
)

// lowerEnvironment writes the variables into a table of their own.
func lowerEnvironment(u *unit, row *optionRow, setting *ir.Setting) {
	if setting.Pairs == nil && setting.Refusal != "" {
		setting.Option.Settle(ir.Noted, setting.Refusal)
		return
	}
	setting.Option.Settle(ir.Mapped, "")
	if len(setting.Pairs) == 0 {
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
	}
	if t := w.table(u.path(u.table.Path[0], u.table.Path[1], row.target)); len(t.Entries) > 0 {
		u.env = t
	}
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
	setting.Option.Settle(ir.Mapped, "")
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
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	switch {
	case h.Format != "s", isVariable && !shell.IsName(name):
		return "", false
	case isVariable:
		return "${" + name + "}", true
	case h.Name == "here":
		here := cmp.Or(h.Here, s.config.Daemon.Section.Here)
		return literalText(here), here != ""
	}
	return literalText(s.opts.Node), true
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
}

func (w *envWriter) table(path []string) *ir.Table {
	o := w.setting.Option
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
	for _, h := range distinct(f.left) {
		w.sink.Add(leftInPlace(w.section, w.setting, h,
			diag.Target{Unit: w.unit, Key: "env." + p.Name.String()}, w.advice(h)))
	}
	w.tellResolved(f.filled)
	return text
}

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
