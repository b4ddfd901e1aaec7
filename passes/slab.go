package passes

import (
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes/percent"
)

// A slab gets firstChunk values, then twice as many as before, up to lastChunk:
// a small configuration needs few.
const (
	firstChunk = 8
	lastChunk  = 256
)

// A slab hands out values from chunks, so that the many small ones of a
// configuration cost few allocations. The zero slab is ready to use.
type slab[T any] struct {
	chunk []T
	used  int
}

// take returns n values that follow each other, with no room behind them. Once
// the slab was reset they may hold anything: whoever takes them sets them.
func (s *slab[T]) take(n int) []T {
	if s.used+n > len(s.chunk) {
		s.chunk, s.used = make([]T, max(n, firstChunk, min(2*len(s.chunk), lastChunk))), 0
	}
	out := s.chunk[s.used : s.used+n : s.used+n]
	s.used += n
	return out
}

// one returns a value, to be set as a whole.
func (s *slab[T]) one() *T { return &s.take(1)[0] }

// reset lets the slab hand out its last chunk again. What it has handed out
// must not be used any more. Clearing it here would take longer than some passes.
func (s *slab[T]) reset() { s.used = 0 }

// An arena holds what is made of sections while they go through the passes.
type arena struct {
	bodies   slab[ir.Body]
	options  slab[ir.Option]
	comments slab[ir.Comment]
	readings slab[ir.Reading]
	settings slab[ir.Setting]
	pairs    slab[ir.Pair]
	tables   slab[ir.Table]
	entries  slab[ir.Entry]
	paths    slab[string]
	commands slab[ir.Command]
	subs     slab[*ir.Table]
	units    slab[unit]
	several  slab[ir.Several] // kept by programs, so that reset leaves them
	names    slab[string]     // and these
	words    []word           // the notable ones of the command at hand
	pieces   []percent.Piece  // those of the value at hand
	// scope and reader are for the option at hand, where it is not plain.
	scope  scope
	reader settingReader
	// quiet takes what was said before, or is not to be said.
	quiet diag.Sink
	// scratch takes what is said of a program that was read before, or of one more
	// of its processes, until it is known what of it is new.
	scratch diag.Sink
	// guesses are the known options that unknown ones of [DEFAULT] are a slip
	// away from, by the kind of section; see nearest.
	guesses [ir.FastCGISection + 1]map[string]*optionRow
}

func newArena() *arena { return &arena{quiet: diag.Sink{Discard: true}} }

// reset frees all that the arena holds of sections.
func (a *arena) reset() {
	a.bodies.reset()
	a.options.reset()
	a.comments.reset()
	a.readings.reset()
	a.settings.reset()
	a.pairs.reset()
	a.tables.reset()
	a.entries.reset()
	a.paths.reset()
	a.commands.reset()
	a.subs.reset()
	a.units.reset()
}
