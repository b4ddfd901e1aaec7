package passes

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes/percent"
)

// lowerEnvironment writes the variables into a table of their own.
func lowerEnvironment(u *unit, row *optionRow, setting *ir.Setting) {
	if setting.Pairs == nil && setting.Refusal != "" {
		setting.Option.Settle(ir.Noted, setting.Refusal)
		u.tellWholePairs(u.program.Section, setting, u.target(setting))
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
		w.owner = programEnv{u, row, setting}
	}
	if !w.readFilled() {
		return
	}
	if t := w.table(u.path(u.table.Path[0], u.table.Path[1], row.target)); len(t.Entries) > 0 {
		u.env = t
	}
}

// tellWholePairs says where it is not known what pairs there are in an environment.
func (s *state) tellWholePairs(sec *ir.Section, setting *ir.Setting, target diag.Target) {
	if _, cut, reason := parseEnvironment(setting.Text, setting.Holes); reason == unknownPairs {
		s.sink.Add(wholePairs(cut, optionName(sec, setting.Key), target))
	}
}

// wholePairs says that an expansion in an environment is more than a part of a value.
func wholePairs(span source.Span, subject diag.Subject, target diag.Target) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.UnresolvedExpansion,
		Span:    span,
		Subject: subject,
		Message: fmt.Sprintf("environment cannot be read here: %s stands for whole pairs", span.Text()),
		Hint:    "Write the variables that supervisord has there today.",
		Target:  target,
	}
}

// defaultVariables returns how many variables [defaults.env] holds.
func (u *unit) defaultVariables() int {
	if u.defaults == nil {
		return 0
	}
	return len(u.defaults.Entries)
}

// A programEnv is the owner of the environment of a program.
type programEnv struct {
	unit    *unit
	row     *optionRow
	setting *ir.Setting
}

func (e programEnv) replacement(h ir.Hole) (string, bool) {
	return e.unit.textReplacement(h, e.setting.Key)
}

func (e programEnv) advice(h ir.Hole, unless string) string {
	return e.unit.textAdvice(h, e.setting.Key, unless)
}

// constant looks variables up by name: there may be any number of them.
func (e programEnv) constant(h ir.Hole) (string, bool) {
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if !isVariable {
		return e.unit.constant(h, e.setting.Key)
	}
	value, ok := e.unit.fixed.environ(name)
	if !ok {
		return "", false
	}
	return renderHole(h, percent.Value{Str: value})
}

func (e programEnv) filled(sink *diag.Sink) ir.Setting {
	return e.unit.filled(e.row, e.setting, sink)
}

// lowerDaemonEnvironment writes the environment of [supervisord], which every
// program gets.
func (s *state) lowerDaemonEnvironment(setting *ir.Setting) {
	if len(setting.Pairs) == 0 {
		if setting.Refusal != "" {
			s.tellWholePairs(s.config.Daemon.Section, setting, diag.Target{Unit: diag.DefaultsUnit})
		}
		return
	}
	w := envWriter{
		state:   s,
		section: s.config.Daemon.Section,
		setting: setting,
		unit:    diag.DefaultsUnit,
		room:    schema.MaxEnvEntries,
		owner:   daemonEnv{s, setting},
	}
	if !w.readFilled() {
		return
	}
	s.defaults = w.table([]string{"defaults", "env"})
	s.doc.Tables = append(s.doc.Tables, s.defaults)
	s.tellSetting(diag.DaemonEnvironment, setting.Option.Span(), setting,
		"environment of [supervisord] is written as [defaults.env], for every program", "")
}

// A daemonEnv is the owner of the environment of [supervisord].
type daemonEnv struct {
	*state
	setting *ir.Setting
}

func (e daemonEnv) replacement(h ir.Hole) (string, bool) {
	if value, ok := e.constant(h); ok {
		return literalText(value), true
	}
	return substitution(h)
}

func (e daemonEnv) advice(h ir.Hole, unless string) string {
	if text, ok := e.replacement(h); ok {
		return replaceWith(h, text, asResolve+unless)
	}
	return unknownValue
}

// constant knows the two names that there are in [supervisord], and no variables:
// those that the environment sets are not seen in itself.
func (e daemonEnv) constant(h ir.Hole) (string, bool) {
	var value string
	switch h.Name {
	case "here":
		value = cmp.Or(h.Here, e.config.Daemon.Section.Here)
	case "host_node_name":
		value = e.opts.Node
	}
	if value == "" {
		return "", false
	}
	return renderHole(h, percent.Value{Str: value})
}

func (e daemonEnv) filled(sink *diag.Sink) ir.Setting {
	f := *e.state
	f.sink, f.world = sink, &world{node: f.opts.Node, environ: nothing} // it does not see itself
	r := f.daemonReader(e.config.Daemon.Section, e.setting.Option, daemonRow(e.setting.Key))
	return r.read()
}
