package passes

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes/percent"
)

// A scope says what the names of expansions stand for in the options of one
// program, or of one of its processes.
type scope struct {
	arena   *arena
	program *ir.Program
	process *processNumber // nil: not known
	world   *world         // nil: nothing else is filled in
	own     *world         // what the program's own environment adds, or nil
	fixed   *world         // what the configuration fixes, whether it is filled in or not, or nil
}

// A processNumber is what %(process_num)s and %(numprocs)s stand for.
type processNumber struct {
	number, count int64
	countOnly     bool // the number differs from process to process, or is not known
}

// numberOfProcess returns the number of the process of the given rank. Where
// numprocs_start is not known it only tells the processes apart, and is filled
// in nowhere.
func numberOfProcess(b *ir.Brief, rank int) *processNumber {
	return &processNumber{
		number:    b.NumprocsStart().Or(0) + int64(rank),
		count:     b.Numprocs().Or(1),
		countOnly: !b.NumprocsStart().IsSure(),
	}
}

// in returns the scope for one option. The program's own environment is
// seen only in what is read once a process, and not in itself.
func (sc scope) in(row *optionRow) scope {
	if sc.own != nil && row.names == processNames && row.typ != environmentValue {
		sc.world = sc.own
	}
	return sc
}

// value fills in the name of the program, the numbers of a process where there
// is one, and the world where it is known. Everything else is left in place.
func (sc *scope) value(name string) (percent.Value, bool) {
	switch {
	case name == "program_name":
		return percent.Value{Str: sc.program.Name}, true
	case isNumber(name):
		return sc.process.value(name)
	case sc.world == nil:
		return percent.Value{}, false
	case name == "group_name":
		return percent.Value{Str: sc.program.Group.Name}, true
	}
	return sc.world.value(name, sc.program.Section)
}

// value fills in the number of the process, or of all of them.
func (n *processNumber) value(name string) (percent.Value, bool) {
	switch {
	case n == nil || name == "process_num" && n.countOnly:
		return percent.Value{}, false
	case name == "numprocs":
		return percent.Value{Num: n.count}, true
	}
	return percent.Value{Num: n.number}, true
}

// scopeOf returns what the names of expansions stand for in a program, or in
// one process of it. Where expansions are to be resolved that is all that the
// configuration itself fixes.
func (s *state) scopeOf(p *ir.Program, number *processNumber) scope {
	sc := scope{arena: s.arena, program: p, process: number, world: s.world}
	if s.world.isClosed() {
		return sc
	}
	sc.fixed = s.fixed
	if s.world == nil {
		return sc
	}
	if number == nil {
		count, first := sc.setting("numprocs"), sc.setting("numprocs_start")
		sc.process = fixedNumber(&count, &first)
	}
	return sc.withOwn()
}

// withOwn adds the program's own environment to what is filled in.
func (sc scope) withOwn() scope {
	if sc.program.Section.Option("environment") != nil {
		own := sc.setting("environment").Pairs
		sc.own = &world{node: sc.world.node, environ: over(own, sc.world.environ)}
	}
	return sc
}

// fixedNumber returns what numprocs and numprocs_start fix for all processes:
// their count, and the number itself where there is only one. It returns nil
// where the count is not known.
func fixedNumber(count, first *ir.Setting) *processNumber {
	if !count.IsSure() {
		return nil
	}
	n := count.IntOr(1)
	return &processNumber{number: first.IntOr(0), count: n, countOnly: n != 1 || !first.IsSure()}
}

// setting reads an option on its own, without a word about it.
func (sc scope) setting(key string) ir.Setting {
	o := sc.program.Section.Option(key)
	if o == nil {
		return ir.Setting{Key: key}
	}
	var out ir.Setting
	sc.read(&out, rowOf(sc.program, o), o, &sc.arena.quiet)
	return out
}

// settings expands and types the wanted options of those that supervisord
// knows, without a word about them.
func (sc scope) settings(wanted func(*optionRow) bool) []ir.Setting {
	out := sc.arena.settings.take(countKnown(sc.program))
	n := 0
	for i := range sc.program.Section.Options {
		o := &sc.program.Section.Options[i]
		if row := rowOf(sc.program, o); row != nil && wanted(row) {
			sc.read(&out[n], row, o, &sc.arena.quiet)
			n++
		}
	}
	return out[:n]
}

// read expands and types one option.
func (sc scope) read(out *ir.Setting, row *optionRow, o *ir.Option, sink *diag.Sink) {
	if sc.arena.readPlain(out, row.typ, o) {
		return
	}
	p := sc.program
	sc.arena.scope = sc.in(row)
	r := &sc.arena.reader
	*r = settingReader{
		expander: expander{
			sink:    sink,
			subject: optionName(p.Section, o.Key),
			target:  diag.Target{Unit: p.Number, Shared: true, Key: row.target},
			names:   row.names,
			values:  &sc.arena.scope,
			pieces:  &sc.arena.pieces,
			closed:  sc.world.isClosed(),
			twice:   row.typ == logfileValue,
		},
		option: o,
		typ:    row.typ,
	}
	if !p.Group.IsNamed() && slices.Contains(row.groupReads, p.Kind) {
		r.names = hereNames
	}
	*out = r.read()
	if out.State == ir.Unresolved && sc.fixed != nil && dependsOnHoles(out, row) {
		sc.refuseFilled(out, row, o, sink)
	}
}

// dependsOnHoles reports whether supervisord may refuse an option for what it
// fills in: for what the text comes to, or for a conversion that does not fit.
func dependsOnHoles(s *ir.Setting, row *optionRow) bool {
	switch row.typ {
	case textValue, nameValue:
		return slices.ContainsFunc(s.Holes, mayNotFit)
	case environmentValue: // in which blanks before a number end a value
		return s.Refusal != "" || slices.ContainsFunc(s.Holes, func(h ir.Hole) bool { return h.Format != "s" })
	}
	return true
}

// mayNotFit reports whether it depends on what is filled into a hole whether its
// conversion takes that: all take numbers but the one that makes characters of them.
func mayNotFit(h ir.Hole) bool {
	return h.Format != "s" && (!isNumber(h.Name) || strings.HasSuffix(h.Format, "c"))
}

// refuseFilled finds out whether supervisord refuses an option with all filled in
// that the configuration fixes, whatever else stands for it. Such an option is
// read so at once, as it is for the first process for which it is refused.
func (sc scope) refuseFilled(out *ir.Setting, row *optionRow, o *ir.Option, sink *diag.Sink) {
	sc.world, sc.fixed = sc.fixed, nil
	if sc.process != nil && !sc.process.countOnly {
		sc.refuseInProcess(out, row, o, sink)
		return
	}
	last := 0
	if slices.ContainsFunc(out.Holes, sc.dependsOnProcess) {
		last = int(min(sc.program.Brief.Numprocs().Or(1), maxProcesses)) - 1
	}
	for rank := 0; rank <= last && out.State != ir.Invalid; rank++ {
		if rank == tellingProcesses {
			rank = last
		}
		sc.process = numberOfProcess(&sc.program.Brief, rank)
		sc.refuseInProcess(out, row, o, sink)
	}
}

// tellingProcesses is how many processes are asked before the last one. No type takes
// so many numbers in a row, or the characters that they stand for, and refuses
// another: a boolean takes two, an integer ten digits.
const tellingProcesses = 12

// refuseInProcess reads an option as supervisord does for one process, if it refuses
// it there.
func (sc scope) refuseInProcess(out *ir.Setting, row *optionRow, o *ir.Option, sink *diag.Sink) {
	sc = sc.withOwn()
	var filled ir.Setting
	sc.read(&filled, row, o, &sc.arena.quiet)
	if filled.State == ir.Invalid {
		sc.read(out, row, o, sink)
	}
}

// dependsOnProcess reports whether a hole may stand for something else in each
// process: for its number, or for a variable of the program that holds it.
func (sc scope) dependsOnProcess(h ir.Hole) bool {
	if strings.HasPrefix(h.Name, envPrefix) {
		own := sc.program.Section.Option("environment")
		return own != nil && strings.Contains(own.Value.String(), "process_num")
	}
	return isProcessNumber(h)
}

// isProcessNumber reports whether a hole stands for the number of the process.
func isProcessNumber(h ir.Hole) bool { return h.Name == "process_num" }
