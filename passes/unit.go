package passes

import (
	"fmt"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A unit is a table that is being written.
type unit struct {
	*state
	program *ir.Program
	table   *ir.Table
	spec    *unitSpec
	task    bool
	// told are the notes that are made once a unit.
	told     []diag.Code
	toldRoom [4]diag.Code
	// env is the sub-table of variables. It goes last.
	env *ir.Table
	// names is the index of the variables of the program, once one was
	// looked for.
	names map[string]int
	// computed is how those names in the environment of the program begin
	// that hold expansions, once one was looked for.
	computed *nameStart
}

// lowerFunc writes one option into the table of a unit.
type lowerFunc func(u *unit, row *optionRow, setting *ir.Setting)

// newUnit returns a unit whose table has no entries yet, and room for some.
func (s *state) newUnit(spec *unitSpec, room int) *unit {
	p := spec.program
	kind := "services"
	if p.Brief.Task {
		kind = "tasks"
	}
	u := s.arena.units.one()
	*u = unit{state: s, program: p, spec: spec, task: p.Brief.Task, table: s.arena.tables.one()}
	u.told = u.toldRoom[:0]
	*u.table = ir.Table{
		Path:    s.path(kind, spec.name),
		Program: p,
		Above:   p.Section.Above,
		Entries: s.arena.entries.take(room)[:0],
		Origin:  p.Section.Header,
	}
	return u
}

// lowerUnit writes the table of a unit with the given settings.
func (s *state) lowerUnit(spec *unitSpec, settings []ir.Setting) {
	p := spec.program
	u := s.newUnit(spec, len(settings)+derivedEntries)
	s.doc.Tables = append(s.doc.Tables, u.table)
	if p.Group.IsNamed() && p.Group.Name != "" {
		u.add(ir.Entry{Key: "group", Value: ir.String(literalText(p.Group.Name)), Origin: p.Named})
	}
	u.run(settings)
	if u.task {
		u.taskStart()
	}
	for i := range settings {
		if settings[i].Key != "command" {
			u.lower(&settings[i])
		}
	}
	u.derived()
	if u.env != nil {
		u.table.Sub = append(s.arena.subs.take(1)[:0], u.env)
	}
	u.disable()
	u.close()
}

// derivedEntries is how many entries a unit has that no option gives, at most as
// a rule.
const derivedEntries = 2

// path returns the path of a table.
func (s *state) path(keys ...string) []string {
	out := s.arena.paths.take(len(keys))
	copy(out, keys)
	return out
}

// close records what became of the program.
func (u *unit) close() {
	o := &u.program.Outcome
	if o.Units == 0 {
		o.Unit = u.spec.name
	}
	o.Disabled = u.table.Disabled && (o.Disabled || o.Units == 0)
	o.Units++
}

// lower writes one option.
func (u *unit) lower(setting *ir.Setting) {
	row := rowOf(u.program, setting.Option)
	if u.task && row.target != "" && !row.taskTakes() {
		setting.Option.Settle(ir.Noted, diag.ServiceOnly)
		if !u.onlyCounts(diag.ServiceOnly, setting) {
			u.tell(diag.ServiceOnly, setting, fmt.Sprintf("%s is dropped: a task has no %s", setting.Key, row.target), "")
		}
		return
	}
	row.lower(u, row, setting)
}

// run writes the command, which comes first in a table.
func (u *unit) run(settings []ir.Setting) {
	for i := range settings {
		if settings[i].Key == "command" {
			u.lower(&settings[i])
			return
		}
	}
	u.table.Disabled = true
}

// taskStart says that a task runs once, when the daemon starts.
func (u *unit) taskStart() {
	restart := u.program.Setting("autorestart")
	start := u.program.Setting("autostart")
	if start.BoolOr(true) {
		u.add(ir.Entry{Key: "run_on_start", Value: ir.Boolean(true), Origin: restart.Option.Span(), Derived: "autorestart=false"})
	}
	u.add(ir.Entry{
		Key: "restart", Value: ir.String("never"), Origin: restart.Option.Span(),
		Above: restart.Option.Above, Behind: restart.Option.Behind,
	})
}

// derived writes what no option of the program says: it goes last.
func (u *unit) derived() {
	u.daemonUmask()
	u.explicitDefaults()
	if u.spec.hasPriority && u.table.Entry("priority") == nil {
		origin := u.program.Section.Header
		if o := u.groupPriority(); o != nil {
			origin = o.Span()
		}
		u.add(ir.Entry{Key: "priority", Value: ir.Integer(u.spec.priority), Origin: origin, Derived: "the starting order"})
	}
}

// groupPriority returns the option that sets the priority of the group, or nil.
func (u *unit) groupPriority() *ir.Option {
	if g := u.program.Group; g.IsNamed() {
		return g.Section.Option("priority")
	}
	return u.program.Setting("priority").Option
}

// daemonUmask writes the umask that supervisord as a daemon gives to a program
// without one of its own.
func (u *unit) daemonUmask() {
	d := u.config.Daemon
	switch {
	case d == nil, inForeground(d), u.program.Setting("umask").IsSet():
	case d.Umask.State == ir.Known:
		u.add(ir.Entry{
			Key: "umask", Value: ir.String(umaskText(d.Umask.Int)), Origin: d.Umask.Option.Span(),
			Derived: "[supervisord] umask",
		})
	case !d.Umask.IsSet() && d.NoDaemon.IsSure() && u.opts.ExplicitDefaults:
		u.add(ir.Entry{
			Key: "umask", Value: ir.String(umaskText(defaultUmask)), Origin: d.Section.Header,
			Derived: "supervisord's default of umask",
		})
	}
}

// defaultUmask is the umask of a supervisord that is a daemon and is told none.
const defaultUmask = 0o022

// explicitDefaults writes supervisord's defaults where the source sets nothing and
// RunWisp has others: all of them are times.
func (u *unit) explicitDefaults() {
	if !u.opts.ExplicitDefaults {
		return
	}
	for _, row := range ownDefaults {
		if u.program.Setting(row.key).IsSet() || u.task && !row.taskTakes() {
			continue
		}
		u.add(ir.Entry{
			Key: row.target, Value: ir.String(row.def + "s"), Origin: u.program.Section.Header,
			Derived: "supervisord's default of " + row.key,
		})
	}
}

// disable comments a table out that supervisord never starts.
func (u *unit) disable() {
	p := u.program
	name := p.Name
	if u.inSeveral(p) {
		name += " in group " + p.Group.Name
	}
	switch {
	case p.Shadowed:
		u.table.Disabled = true
		u.tellShadowed(fmt.Sprintf("supervisord never starts %s, because another group or process has its name", name),
			"Uncomment the table if you want it to run from now on.")
	case p.Group.Contested:
		u.tellShadowed(fmt.Sprintf("supervisord may never start %s: another group is called %s too, and which of them it starts depends on a priority that is not known here", name, p.Group.Name),
			"Delete the table of the one that does not run today.")
	}
	u.table.Disabled = u.table.Disabled || u.isLost(u.spec)
}

// inSeveral reports whether several groups name a program.
func (s *state) inSeveral(p *ir.Program) bool {
	return p.Again || int(p.Number) < len(s.config.Programs) && s.config.Programs[p.Number].Again
}

func (u *unit) tellShadowed(message, hint string) {
	p := u.program
	u.sink.Add(diag.Diagnostic{
		Code:    diag.Shadowed,
		Span:    p.Section.Header,
		Subject: sectionName(p.Section),
		Message: message,
		Hint:    hint,
		Target:  diag.Target{Unit: p.Number},
	})
}

func (u *unit) add(e ir.Entry) { u.table.Entries = append(u.table.Entries, e) }

// entry adds the entry of an option, with its comments.
func (u *unit) entry(row *optionRow, setting *ir.Setting, value ir.Value) {
	setting.Option.Settle(ir.Mapped, "")
	u.add(ir.Entry{
		Key:    row.target,
		Value:  value,
		Origin: setting.Option.Span(),
		Above:  setting.Option.Above,
		Behind: setting.Option.Behind,
	})
}

// omit settles an option that is carried over without an entry of its own, because
// RunWisp does the same without one. Its comments go to the table.
func (u *unit) omit(setting *ir.Setting) {
	o := setting.Option
	o.Settle(ir.Mapped, "")
	if len(o.Above) > 0 {
		u.table.Above = slices.Concat(u.table.Above, o.Above)
	}
	if o.Behind != nil {
		u.table.Above = append(slices.Clone(u.table.Above), *o.Behind)
	}
}

// tell adds a diagnostic about an option, at its entry.
func (u *unit) tell(code diag.Code, setting *ir.Setting, message, hint string) {
	u.tellAt(code, setting.Option.Span(), setting, message, hint)
}

func (u *unit) tellAt(code diag.Code, span source.Span, setting *ir.Setting, message, hint string) {
	if target := u.target(setting); !u.sink.OnlyCounts(code, span, target) {
		u.say(code, span, target, setting, message, hint)
	}
}

// cannotRun comments the table out for an option with which the program cannot be
// started, and says that there: nobody has to look for it inside.
func (u *unit) cannotRun(code diag.Code, setting *ir.Setting, message, hint string) {
	u.table.Disabled = true
	u.say(code, setting.Option.Span(), diag.Target{Unit: u.program.Number}, setting, message, hint)
}

func (u *unit) say(code diag.Code, span source.Span, target diag.Target, setting *ir.Setting, message, hint string) {
	u.sink.Add(diag.Diagnostic{
		Code:    code,
		Span:    span,
		Subject: optionName(u.program.Section, setting.Key),
		Message: message,
		Hint:    hint,
		Target:  target,
	})
}

// target is the entry of an option.
func (u *unit) target(setting *ir.Setting) diag.Target {
	return diag.Target{Unit: u.program.Number, Key: rowOf(u.program, setting.Option).target}
}

// onlyCounts counts a note about an option of which nobody reads more than the number,
// and reports whether it was one. For the others a message has to be put together.
func (u *unit) onlyCounts(code diag.Code, setting *ir.Setting) bool {
	return u.sink.OnlyCounts(code, setting.Option.Span(), u.target(setting))
}

// isFirst reports, once a unit, that a note was not made yet.
func (u *unit) isFirst(code diag.Code) bool {
	if slices.Contains(u.told, code) {
		return false
	}
	u.told = append(u.told, code)
	return true
}

// tellOnce adds a note that is made once a unit.
func (u *unit) tellOnce(code diag.Code, setting *ir.Setting, message, hint string) {
	if u.isFirst(code) {
		u.tell(code, setting, message, hint)
	}
}
