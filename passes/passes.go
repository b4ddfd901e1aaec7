// Package passes turns what the parser read into what RunWisp runs. Every
// decision of the importer is made here, one file a pass; the table below is
// their order.
package passes

import (
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
	// Dir is the absolute directory of the file, or the working directory
	// for standard input: what %(here)s stands for.
	Dir string
}

// Options are the switches of an import and the world around it.
type Options struct {
	// Files is where included files are read from.
	Files FileSystem
	// LookupEnv finds the variables for %(ENV_X)s in [include] patterns.
	LookupEnv func(name string) (string, bool)
	// Node is what %(host_node_name)s stands for.
	Node string
	// Environ, where it is not nil, is the whole environment of supervisord.
	// Every expansion is then filled in, and the processes are made as
	// supervisord makes them.
	Environ map[string]string
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
}

// A Result is everything that the passes found out.
type Result struct {
	Config   *ir.Config
	Document *ir.Document
}

// state is what the passes hand on to each other.
type state struct {
	opts   Options
	sink   *diag.Sink
	inputs []Input
	reads  []readFile
	parsed map[string]*parser.Tree // by absolute path
	config *ir.Config
	doc    *ir.Document
	// told remembers notes that are made once a run.
	told map[diag.Code]bool
	// units are what each program becomes; see unitsOf.
	units map[*ir.Program][]unitSpec
	// priorities are the chosen priorities of services, by name. It is nil
	// where nobody asked for an order.
	priorities map[string]int64
	// defaults is [defaults.env], or nil.
	defaults *ir.Table
	// world is what supervisord fills in, so far as it is known. It is nil
	// where everything is to be left in place.
	world *world
}

// A Pass is one rewriting step.
type Pass struct {
	Name string
	// Doc says in a line what the pass does.
	Doc string
	// After names the passes that must have run before.
	After []string
	run   func(*state)
}

// Table returns the passes in the order in which they run.
func Table() []Pass { return table }

var table = []Pass{
	{"include", "parses the inputs and the files that they include", nil, includePass},
	{"merge", "folds sections and options together as supervisord's reader does", []string{"include"}, mergePass},
	{"suspect", "warns of text that its author can hardly have meant", []string{"include", "merge"}, suspectPass},
	{"daemon", "reads what [supervisord] hands on to every program, and checks the other plumbing", []string{"merge"}, daemonPass},
	{"group", "finds out which group runs which program", []string{"daemon"}, groupPass},
	{"expand", "fills in %(...)s and gives every option its type", []string{"group"}, expandPass},
	{"order", "puts groups in starting order and chooses priorities", []string{"expand"}, orderPass},
	{"lower", "turns every program into a service or a task", []string{"order"}, lowerPass},
	{"quote", "makes the shell see the arguments that supervisord would pass", []string{"lower"}, quotePass},
	{"diagnose", "settles every option and gives every TODO its place", []string{"quote"}, diagnosePass},
}

// Run takes the inputs through all passes. What there is to say goes to sink,
// in the order of the source.
func Run(inputs []Input, opts Options, sink *diag.Sink) Result {
	s := &state{
		opts:   opts,
		sink:   sink,
		inputs: inputs,
		parsed: map[string]*parser.Tree{},
		config: &ir.Config{},
		doc:    &ir.Document{},
		told:   map[diag.Code]bool{},
	}
	switch {
	case opts.Environ != nil:
		s.world = &world{node: opts.Node, environ: lookup(opts.Environ), closed: true}
	case opts.Resolve:
		s.world = &world{node: opts.Node, environ: nothing}
	}
	for _, pass := range table {
		pass.run(s)
	}
	sink.Sort()
	return Result{Config: s.config, Document: s.doc}
}

// once adds a diagnostic unless one of its code was added this way before.
func (s *state) once(d diag.Diagnostic) {
	if !s.told[d.Code] {
		s.told[d.Code] = true
		s.sink.Add(d)
	}
}
