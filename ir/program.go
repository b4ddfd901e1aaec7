package ir

import (
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A Daemon is what [supervisord] hands on to every child.
type Daemon struct {
	Section     *Section
	Environment Setting
	Umask       Setting
	User        Setting
	Directory   Setting
	NoDaemon    Setting
	MinFDs      Setting
	MinProcs    Setting
}

// A Group is a process group as supervisord runs it: a [group:x], or a program
// that no group names.
type Group struct {
	Name string
	// Section is the [group:x], or the section of the program.
	Section *Section
	// Priority is what the [group:x] says, or the program that no group names.
	Priority Number
	// Programs are in starting order.
	Programs []*Program
	// Shadowed is set where another group of the same name exists in place
	// of this one.
	Shadowed bool
	// Contested is set where it depends on a priority that is not known
	// whether another group of the same name does.
	Contested bool
}

// IsNamed reports whether g is a [group:x].
func (g *Group) IsNamed() bool { return g.Section.Kind == GroupSection }

// A Program is one program section as one group runs it.
type Program struct {
	Kind SectionKind
	// Again is set where an earlier group already runs the same section.
	Again bool
	// Shadowed is set where supervisord starts nothing of the program:
	// another group exists in place of its group, or another process of the
	// same name in place of each of its processes.
	Shadowed bool
	// Number is the 1-based rank of the program in the configuration. Those
	// of one section follow each other.
	Number  int32
	Section *Section
	// Name is what %(program_name)s stands for.
	Name  string
	Group *Group
	// Named spans the program's name in the member list of its group; it is
	// invalid for a program that no group names.
	Named   source.Span
	Brief   Brief
	Outcome Outcome
	// Reading is what the options mean. Like the body of the section, it is
	// there while passes need it.
	*Reading
}

// A Reading is what the options of a program mean.
type Reading struct {
	// Settings are the options that supervisord knows, in source order.
	Settings []Setting
	// Processes are what supervisord makes of the program, in the order in
	// which it holds them. They are made only where everything that it
	// fills in is known.
	Processes []Process
}

// A Brief is what has to be known of all programs before any of them can be
// imported.
type Brief struct {
	Priority Number
	// Task is set for a program that does not restart.
	Task bool
	// Several is nil for a program of one process, of which no more has to be
	// known, as most are.
	Several *Several
}

// Several is what has to be known of the processes of a program.
type Several struct {
	// Numprocs and NumprocsStart are the options.
	Numprocs, NumprocsStart Number
	// Names are those of the processes in the order of their numbers, where
	// another process could have one of them. One that holds variables from
	// outside starts with a NUL: only what is written alike is the same then.
	Names []string
	// Order are the ranks of the processes in the order in which supervisord
	// starts them, where each becomes a unit of its own.
	Order []int32
	// UsesNumber is set where an option that is carried over holds the
	// number of the process. It is looked for only where it matters.
	UsesNumber bool
}

// Numprocs returns the number of processes.
func (b *Brief) Numprocs() Number {
	if b.Several == nil {
		return Number{}
	}
	return b.Several.Numprocs
}

// NumprocsStart returns the number of the first process.
func (b *Brief) NumprocsStart() Number {
	if b.Several == nil {
		return Number{}
	}
	return b.Several.NumprocsStart
}

// ProcessNames returns the names of the processes, where they are known and
// matter.
func (b *Brief) ProcessNames() []string {
	if b.Several == nil {
		return nil
	}
	return b.Several.Names
}

// UsesNumber reports whether an option that is carried over holds the number of
// the process.
func (b *Brief) UsesNumber() bool { return b.Several != nil && b.Several.UsesNumber }

// A Number is the value of a numeric setting.
type Number struct {
	Value int64
	State SettingState
}

// IsSet reports whether the source has the option.
func (n Number) IsSet() bool { return n.State != Unset }

// IsSure reports whether the value, or the default, is known.
func (n Number) IsSure() bool { return n.State.isSure() }

// Or returns the value, or def where there is none.
func (n Number) Or(def int64) int64 {
	if n.State == Known {
		return n.Value
	}
	return def
}

// An Outcome is what became of a program.
type Outcome struct {
	// Unit is the name of the first unit, "" where there is none.
	Unit string
	// Units is how many there are.
	Units int32
	// Disabled is set where they are commented out.
	Disabled bool
	// Changed is set where a folded note concerns the program.
	Changed bool
}

// Setting returns the typed value of a key; without one, the zero Setting. It
// must not be changed. It may be asked only while p has a Reading.
func (p *Program) Setting(key string) *Setting { return findSetting(p.Settings, key) }

func findSetting(settings []Setting, key string) *Setting {
	for i := range settings {
		if settings[i].Key == key {
			return &settings[i]
		}
	}
	return &unset
}

// unset is every setting that the source does not have. Nobody writes to it.
var unset Setting

// A Process is one process of a program.
type Process struct {
	Name string
	// Number is what %(process_num)s stands for.
	Number int64
	// Settings are the options of the program with everything filled in.
	Settings []Setting
}

// Setting returns the typed value of a key; without one, the zero Setting. It
// must not be changed.
func (p *Process) Setting(key string) *Setting { return findSetting(p.Settings, key) }

// A SettingState says how far the value of a setting is known.
type SettingState uint8

const (
	// Unset settings have no option in the source: the default counts.
	Unset SettingState = iota
	// Known settings have a value.
	Known
	// Unresolved settings hold expansions that only the running supervisord
	// could fill in. Their text is known but for the holes; where a number
	// or the like is needed, there is no value.
	Unresolved
	// Invalid settings are refused by supervisord. A diagnostic says why.
	Invalid
)

// isSure reports whether the value, or the default, is known.
func (s SettingState) isSure() bool { return s == Unset || s == Known }

// A Setting is an option with its meaning.
type Setting struct {
	Key    string
	Option *Option // nil where Unset
	State  SettingState
	// Refusal is the code under which an Invalid setting was reported, or an
	// environment whose variables are not known.
	Refusal diag.Code
	// Text is the value with all expansions filled in but the holes.
	Text  source.Text
	Holes []Hole

	// The meaning, according to the type of the key. Only what fits the
	// type is set.
	Int   int64 // integers, octal numbers, signals; booleans are 0 or 1
	Ints  []int64
	List  []source.Text
	Pairs []Pair
}

// IsSet reports whether the source has the option.
func (s *Setting) IsSet() bool { return s.Option != nil }

// IsSure reports whether the value, or the default, is known.
func (s *Setting) IsSure() bool { return s.State.isSure() }

// IntOr returns the value of an integer setting, or def where it has none.
func (s *Setting) IntOr(def int64) int64 {
	if s.State == Known {
		return s.Int
	}
	return def
}

// BoolOr returns the value of a boolean setting, or def where it has none.
func (s *Setting) BoolOr(def bool) bool {
	if s.State == Known {
		return s.Int != 0
	}
	return def
}

// A Hole is an expansion that is left in place in a text: the bytes
// [Start, End) of it are still "%(name)s".
type Hole struct {
	Start, End int
	Name       string
	// Format is the conversion behind the name: "s", "02d".
	Format string
	Span   source.Span
	// Refused is set where supervisord refuses the expansion, which was
	// reported.
	Refused bool
	// Here is the directory that the text stands for where it is a
	// %(here)s whose value depends on the file that it came from.
	Here string
	// AfterDollar is set where the text in front ends in a dollar sign, which
	// RunWisp would read together with a brace.
	AfterDollar bool
}

// A Pair is one variable of an environment.
type Pair struct {
	Name, Value source.Text
	// Holes are the expansions left in place in Value.
	Holes []Hole
}
