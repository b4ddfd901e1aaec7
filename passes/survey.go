package passes

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/cores"
	"github.com/runwisp/runwisp/ir"
)

// surveyPass looks at what has to be known of all programs before any of them
// can be imported.
func surveyPass(s *state) {
	wanted := uint64(allOptions)
	if !s.opts.PerProcess && s.world == nil {
		wanted = briefOptions()
	}
	list := batches(s.config.Programs)
	arenas := newArenas()
	cores.InOrder(len(list), func(worker, i int) {
		f := s.fork(arenas[worker])
		list[i].state = f
		list[i].sections(func(j *job) {
			f.loadSome(j.section, wanted)
			for _, p := range j.programs {
				f.survey(p)
			}
			j.section.Body = nil
			f.arena.reset()
		})
	}, func(i int) { s.seen.add(list[i].state.seen) })
}

// briefOptions is the set of options that a brief is made of, for a loader.
func briefOptions() uint64 {
	set := uint64(0)
	for i := range knownRows {
		if knownRows[i].brief {
			set |= bit(uint8(i))
		}
	}
	return set
}

// survey fills in the brief of a program.
func (s *state) survey(p *ir.Program) {
	sc := s.scopeOf(p, nil)
	s.giveReading(p, sc.settings(func(row *optionRow) bool {
		return s.opts.PerProcess || row.brief
	}))
	restart, priority := p.Setting("autorestart"), p.Setting("priority")
	p.Brief = ir.Brief{
		Priority: numberOf(priority),
		Task:     restart.State == ir.Known && restart.Int == restartNever,
	}
	if !p.Group.IsNamed() {
		p.Group.Priority = p.Brief.Priority
	}
	if priority.IsSet() {
		s.seen.setPriority(priority.Option.Span())
	}
	s.surveyProcesses(p)
	p.Reading = nil
}

// surveyProcesses fills in what has to be known of the processes of a program.
func (s *state) surveyProcesses(p *ir.Program) {
	count, first := p.Setting("numprocs"), p.Setting("numprocs_start")
	uses := s.opts.PerProcess && usesNumber(p)
	if !count.IsSet() && !first.IsSet() && !uses && len(p.Group.Programs) == 1 {
		return
	}
	several := s.arena.several.one()
	*several = ir.Several{Numprocs: numberOf(count), NumprocsStart: numberOf(first), UsesNumber: uses}
	p.Brief.Several = several
	several.Names = s.contestedNames(p)
	if n := p.Brief.Numprocs().Or(1); n > 1 && s.isSplit(p) {
		names := several.Names
		if names == nil {
			names = s.processNames(p, min(n, maxUnits))
		}
		several.Order = startingOrder(names)
	}
}

// startingOrder returns the ranks of processes in the order in which supervisord
// starts them: that of their names.
func startingOrder(names []string) []int32 {
	order := make([]int32, len(names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return strings.Compare(names[a], names[b]) })
	return order
}

// numberOf returns what is to be remembered of a numeric setting.
func numberOf(setting *ir.Setting) ir.Number {
	return ir.Number{Value: setting.Int, State: setting.State}
}

// contestedNames returns the names of the processes of a program in the order of
// their numbers. It returns nil where they are not known, and where each has the
// only process of its name in any case.
func (s *state) contestedNames(p *ir.Program) []string {
	count, alone := p.Brief.Numprocs().Or(1), len(p.Group.Programs) == 1
	name := p.Section.Option("process_name")
	switch {
	case !p.Brief.Numprocs().IsSure(), count < 1 || count > maxUnits, count == 1 && alone:
		return nil
	case count > 1 && !tellsProcesses(name): // which supervisord refuses
		return nil
	case alone && holdsNumber(name.Value.String()):
		return nil
	}
	names := s.processNames(p, count)
	if alone && allDiffer(names) {
		return nil
	}
	return names
}

// processNames returns the names of the first processes of a program.
func (s *state) processNames(p *ir.Program, count int64) []string {
	names := s.arena.names.take(int(count))
	name := p.Section.Option("process_name")
	if name == nil {
		for i := range names {
			names[i] = p.Name
		}
		return names
	}
	if strings.Contains(name.Value.String(), envPrefix) {
		s.loadSome(p.Section, allOptions) // it may hold variables of the program itself
	}
	for i := range names {
		names[i] = s.processName(p, numberOfProcess(&p.Brief, i))
	}
	return names
}

// holdsNumber reports whether a process_name holds the whole number of the
// process, once, as nearly all do. Those that do not are looked at more closely.
func holdsNumber(name string) bool {
	before, format, found := strings.Cut(name, "%(process_num)")
	format = strings.TrimLeft(format, "-+ #0123456789")
	return found && !strings.HasSuffix(before, "%") && !strings.Contains(format, "process_num") &&
		format != "" && strings.IndexByte("dius", format[0]) >= 0
}

func allDiffer(names []string) bool {
	return len(slices.Compact(slices.Sorted(slices.Values(names)))) == len(names)
}

// processName returns the name of one process, whatever is left in place elsewhere.
// One that holds variables from outside starts with a NUL: it is the same as every
// other one that is written like it, and as no other.
func (s *state) processName(p *ir.Program, number *processNumber) string {
	sc := s.scopeOf(p, number)
	if sc.world == nil {
		sc.world = s.fixed
		sc = sc.withOwn()
	}
	name := sc.setting("process_name")
	if name.State == ir.Unresolved {
		return "\x00" + name.Text.String()
	}
	return name.Text.String()
}
