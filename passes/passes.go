// Package passes turns what the parser read into what RunWisp runs. Every
// decision of the importer is made here. The table below is the order of the
// passes; each is a function NAMEPass in a file of its name.
package passes

import (
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/parser"
)

// An Input is one configuration named by the user.
type Input struct {
	File *source.File
	// Path is the path of the file as the user wrote it; "" for standard
	// input, whose includes cannot be followed.
	Path string
	// Dir is the absolute directory of the file: what %(here)s stands for. It
	// is empty where nobody knows it, as for standard input.
	Dir string
}

// Options are the switches of an import, the world around it, and how it is to
// work.
type Options struct {
	// Switches: what the user wants to have written.

	// Resolve fills in expansions wherever that can be done exactly, and
	// writes the shell's and RunWisp's own variables for the others.
	Resolve bool
	// PerProcess makes one unit of each process of a program that uses its
	// process number.
	PerProcess bool
	// ExplicitDefaults writes supervisord's defaults into every unit, where
	// RunWisp's differ.
	ExplicitDefaults bool
	// NoComments leaves out the comments of the source.
	NoComments bool

	// The world: what is known of the machine.

	// Files is where included files are read from.
	Files FileSystem
	// Node is what %(host_node_name)s stands for.
	Node string
	// LookupEnv finds the variables for %(ENV_X)s in [include] patterns, which
	// have to be known in any case. It is asked for no others.
	LookupEnv func(name string) (string, bool)
	// Environ, where it is not nil, is the whole environment of supervisord,
	// in which all other variables are looked up. Every expansion is then
	// filled in, and the processes are made as supervisord makes them.
	Environ map[string]string

	// How to work: none of it changes what is written.

	// Printer, where it is not nil, prints the document while it is made.
	Printer Printer
	// Lean forgets what is no longer needed once it is printed: the options
	// of sections, the settings of programs, and the tables.
	Lean bool
	// FoldNotes, where it is not 0, is how many notes of each code are kept
	// in full; the others are only counted.
	FoldNotes int
}

// A Printer prints a document while it is made: emit has one.
type Printer interface {
	// Begin prints what stands above all tables. Room is a guess at the
	// length of the output in bytes.
	Begin(doc *ir.Document, room int)
	// Piece starts a piece of the document. Pieces are printed on several
	// goroutines at a time, and flushed in order.
	Piece() Piece
}

// A Piece is a piece of a document that is being printed.
type Piece interface {
	// Print prints tables of the piece.
	Print([]*ir.Table)
	// Flush ends the piece.
	Flush()
}

// noPrinter is the printer of those who want no text, and every piece of it.
type noPrinter struct{}

func (noPrinter) Begin(*ir.Document, int) {}
func (p noPrinter) Piece() Piece          { return p }
func (noPrinter) Print([]*ir.Table)       {}
func (noPrinter) Flush()                  {}

// A Result is everything that the passes found out.
type Result struct {
	// Config is the supervisord configuration as supervisord reads it.
	Config *ir.Config
	// Document is the runwisp.toml that is to be written.
	Document *ir.Document
	// Diagnostics are in the order of the source.
	Diagnostics []*diag.Diagnostic
	// Folded counts the notes that are not among them, by code.
	Folded map[diag.Code]diag.FoldedCount
}

// state is what the passes hand on to each other. A fork has all of it but the whole
// of its own; see fork and join.
type state struct {
	*whole
	// world is what supervisord fills in, so far as it is known. It is nil
	// where everything is to be left in place.
	world *world
	sink  *diag.Sink
	doc   *ir.Document
	// told are the codes of the notes that are made once a run, so far.
	told []diag.Code
	// seen is what notes on the whole depend on.
	seen seen
	// arena holds what is made of the sections at hand.
	arena *arena
}

// whole is what is known of the whole. Forks share it, and write to no more of it
// than the programs and sections of their batches.
type whole struct {
	opts   Options
	inputs []Input
	reads  []readFile
	parsed map[string]*parser.Tree // by absolute path
	config *ir.Config
	// byName finds the sections of the configuration.
	byName *sectionIndex
	// others are the sections that make no processes.
	others []*ir.Section
	// perKind counts the sections of each kind.
	perKind [ir.FastCGISection + 1]int
	// recipes say how the options of each section are put together.
	recipes recipes
	// inherited is what every section gets of [DEFAULT].
	inherited []ir.Option
	// units are what each program becomes, by its number, and splits those
	// that become several; see nameUnits.
	units  []unitSpec
	splits map[*ir.Program][]unitSpec
	// lost are the numbers of the processes of programs in place of which
	// another of the same name exists.
	lost map[*ir.Program][]int64
	// defaults is [defaults.env], or nil.
	defaults *ir.Table
	// pending are diagnostics about sections that make processes, from
	// passes that look at the whole.
	pending map[*ir.Section][]*diag.Diagnostic
	// unread is set where an [include] could not be followed.
	unread bool
	// fixed is the part of the world that the configuration fixes. It is there whether
	// the rest is or not.
	fixed *world
	// daemonNames is the index of the variables that [supervisord] sets.
	daemonNames map[string]int
	// daemonComputed is how those of their names begin that hold expansions.
	daemonComputed nameStart
}

// A Pass is one rewriting step.
type Pass struct {
	Name string
	// Doc says in a line what the pass does.
	Doc string
	// After names the passes that must have run before.
	After []string
	// run looks at the configuration as a whole, each at one section that
	// makes processes, with all programs that groups make of it, and beside at
	// the files, while the passes behind it go on: up to the first that names it
	// in After. A pass has one of the three.
	run    func(*state)
	each   func(*state, *job)
	beside func(*state)
}

// Table returns the passes in the order in which they run. Those that look at
// one section at a time run together: each section goes through all of them.
func Table() []Pass { return table }

var table = []Pass{
	{Name: "include", Doc: "parses the inputs and the files that they include", run: includePass},
	{Name: "suspect", Doc: "warns of text that its author can hardly have meant", After: []string{"include"}, beside: suspectPass},
	{Name: "merge", Doc: "folds sections and options together as supervisord's reader does", After: []string{"include"}, run: mergePass},
	{Name: "daemon", Doc: "reads what [supervisord] hands on to every program, and checks the other plumbing", After: []string{"merge"}, run: daemonPass},
	{Name: "group", Doc: "finds out which group runs which program", After: []string{"daemon"}, run: groupPass},
	{Name: "survey", Doc: "looks at what has to be known of all programs first", After: []string{"group", "suspect"}, run: surveyPass},
	{Name: "order", Doc: "puts groups in starting order, names the units and chooses priorities", After: []string{"survey"}, run: orderPass},
	{Name: "settle", Doc: "settles what belongs to no program, and finds the programs that diagnostics are about", After: []string{"order"}, run: settlePass},
	{Name: "expand", Doc: "fills in %(...)s and gives every option its type", After: []string{"order"}, each: expandPass},
	{Name: "lower", Doc: "turns every program into a service or a task", After: []string{"expand"}, each: lowerPass},
	{Name: "quote", Doc: "makes the shell see the arguments that supervisord would pass", After: []string{"lower"}, each: quotePass},
	{Name: "place", Doc: "gives every TODO its place", After: []string{"settle", "quote"}, each: placePass},
	{Name: "finish", Doc: "notes what depends on all programs", After: []string{"place"}, run: finishPass},
}

// Run takes the inputs through all passes.
func Run(inputs []Input, opts Options) Result {
	if opts.Printer == nil {
		opts.Printer = noPrinter{}
	}
	s := &state{
		whole: &whole{
			opts:   opts,
			inputs: inputs,
			parsed: map[string]*parser.Tree{},
			config: &ir.Config{},
		},
		sink:  diag.NewSink(opts.FoldNotes),
		doc:   &ir.Document{},
		arena: newArena(),
	}
	switch {
	case opts.Environ != nil:
		s.world = &world{node: opts.Node, environ: lookup(opts.Environ), closed: true}
	case opts.Resolve:
		s.world = &world{node: opts.Node, environ: nothing}
	}
	var beside []besidePass
	for i := range table {
		pass := &table[i]
		beside = slices.DeleteFunc(beside, func(b besidePass) bool {
			awaited := slices.Contains(pass.After, b.name)
			if awaited {
				b.join()
			}
			return awaited
		})
		switch {
		case pass.beside != nil:
			beside = append(beside, s.runBeside(pass))
		case pass.run != nil:
			pass.run(s)
		case table[i-1].each == nil: // the first of those that run together
			s.eachSection()
		}
	}
	s.sink.Sort()
	return Result{Config: s.config, Document: s.doc, Diagnostics: s.sink.All(), Folded: s.sink.FoldedCounts()}
}

// once adds a diagnostic unless one of its code was added this way before.
func (s *state) once(d diag.Diagnostic) {
	if !slices.Contains(s.told, d.Code) {
		s.told = append(s.told, d.Code)
		s.sink.Add(d)
	}
}
