package passes

import (
	"runtime"
	"slices"

	"github.com/runwisp/runwisp/internal/cores"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// batchSize is how many programs, or sections, a core takes at a time.
const batchSize = 512

// newArenas returns an arena for each worker of cores.InOrder.
func newArenas() []*arena {
	list := make([]*arena, runtime.GOMAXPROCS(0))
	for i := range list {
		list[i] = newArena()
	}
	return list
}

// A batch is a run of programs that go through the passes together. No section
// is in two of them.
type batch struct {
	programs []*ir.Program
	state    *state // what they add to the whole
	piece    Piece
}

// batches cuts the programs into batches.
func batches(programs []*ir.Program) []batch {
	out := make([]batch, 0, len(programs)/batchSize+1)
	for start := 0; start < len(programs); {
		end := min(start+batchSize, len(programs))
		for end < len(programs) && programs[end].Section == programs[end-1].Section {
			end++
		}
		out = append(out, batch{programs: programs[start:end]})
		start = end
	}
	return out
}

// sections calls f for the programs of each section of the batch.
func (b *batch) sections(f func(*job)) {
	var j job // one after the other: f keeps none of them
	for start := 0; start < len(b.programs); {
		end := start + 1
		for end < len(b.programs) && b.programs[end].Section == b.programs[start].Section {
			end++
		}
		j = job{section: b.programs[start].Section, programs: b.programs[start:end]}
		f(&j)
		start = end
	}
}

// A job is one section on its way through the passes that look at one at a
// time.
type job struct {
	section  *ir.Section
	programs []*ir.Program
	tables   []*ir.Table
	// diags are what the passes had to say of the section.
	diags []*diag.Diagnostic
}

// fork returns a state that shares what is known of the whole, and collects
// what a batch adds to it.
func (s *state) fork(a *arena) *state {
	return &state{whole: s.whole, world: s.world, sink: s.sink.Fork(), doc: &ir.Document{}, arena: a}
}

// A besidePass is a pass that runs beside others.
type besidePass struct {
	name string
	join func() // waits for it, and adds what it found
}

// runBeside starts a pass that is to run beside those behind it.
func (s *state) runBeside(p *Pass) besidePass {
	f := s.fork(newArena())
	done := make(chan struct{})
	go func() {
		p.beside(f)
		close(done)
	}()
	return besidePass{p.Name, func() {
		<-done
		s.join(f)
	}}
}

// join adds what a batch has found to the whole. Batches are joined in order.
func (s *state) join(f *state) {
	s.sink.Join(f.sink, func(d *diag.Diagnostic) bool {
		return slices.Contains(f.told, d.Code) && slices.Contains(s.told, d.Code)
	})
	s.markFolded()
	for _, code := range f.told {
		if !slices.Contains(s.told, code) {
			s.told = append(s.told, code)
		}
	}
	s.doc.Tables = append(s.doc.Tables, f.doc.Tables...)
	s.seen.add(f.seen)
}

// eachSection takes the sections that make processes through the passes that
// look at one at a time.
func (s *state) eachSection() {
	s.opts.Printer.Begin(s.doc, s.size())
	piece := s.opts.Printer.Piece()
	piece.Print(s.doc.Tables) // that of the defaults
	piece.Flush()
	list := batches(s.config.Programs)
	arenas := newArenas()
	cores.InOrder(len(list), func(worker, i int) {
		list[i].run(s.fork(arenas[worker]))
	}, func(i int) {
		list[i].piece.Flush()
		s.join(list[i].state)
		list[i] = batch{}
	})
}

// size returns how long the source is, in bytes. The output is about as long.
func (s *state) size() int {
	n := 0
	for _, f := range s.config.Files {
		n += len(f.Content)
	}
	return n
}

// run takes the sections of a batch through the passes.
func (b *batch) run(s *state) {
	b.state, b.piece = s, s.opts.Printer.Piece()
	b.sections(func(j *job) {
		written := len(s.doc.Tables)
		s.passSection(j)
		b.piece.Print(s.doc.Tables[written:])
		if s.opts.Lean {
			j.forget()
			s.doc.Tables = s.doc.Tables[:0]
			s.arena.reset()
		}
	})
}

// passSection takes one section through its passes.
func (s *state) passSection(j *job) {
	said, written := len(s.sink.All()), len(s.doc.Tables)
	s.load(j.section)
	for i := range table {
		if pass := &table[i]; pass.each != nil {
			j.tables, j.diags = s.doc.Tables[written:], s.sink.All()[said:]
			pass.each(s, j)
		}
	}
}

// forget drops what is not needed once the section is printed.
func (j *job) forget() {
	j.section.Body = nil
	for _, p := range j.programs {
		p.Reading = nil
	}
}
