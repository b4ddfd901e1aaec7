package diag

import (
	"slices"
	"sync/atomic"

	"github.com/runwisp/runwisp/ir/source"
)

// A Sink collects diagnostics. The zero Sink is ready to use.
type Sink struct {
	// Fold, where it is not 0, is how many notes of each code are kept. The
	// others are counted, and only what they concern is remembered: a large
	// configuration can give rise to one at every other line.
	Fold int
	// Discard makes the sink forget everything.
	Discard bool

	list    []*Diagnostic
	room    []Diagnostic // holds the last ones of the list, and has space for more
	tallies []*tally     // of the foldable notes, by rule; nil before the first
	folded  []Folded
	last    Diagnostic // the last one that was not kept
	// full says, by rule, of which notes the sink has enough; only NewSink makes
	// it. The forks see it as theirs.
	full, theirs []atomic.Bool
}

// NewSink returns a sink that keeps so many notes of each code, or all if fold is
// 0. Only the forks of such a sink know of which notes it has enough; those of
// another keep as many as it does.
func NewSink(fold int) *Sink {
	s := &Sink{Fold: fold}
	if fold > 0 {
		s.full = make([]atomic.Bool, len(all().rules))
	}
	return s
}

// sinkRoom is how many diagnostics are allocated at a time at most.
const sinkRoom = 16

// A tally counts the notes of one code.
type tally struct {
	// first are the places of the first notes, as many as are kept.
	first []source.Span
	// left are those of them that a fork did not keep, because the sink that it
	// is joined to would not.
	left  []source.Span
	count FoldedCount // of those behind the first
}

// A FoldedCount counts the folded notes of one code.
type FoldedCount struct {
	// All is all of them, Elsewhere those at other places than the notes
	// that were kept.
	All, Elsewhere int
}

// Folded is what is left of a note that was folded.
type Folded struct {
	Span   source.Span
	Target Target
}

// Fork returns an empty sink that folds like s, for work that goes on beside
// other work: s.Join adds what it has collected. Of the notes that s would not
// keep it keeps only the places. Forks may be made and used while others are joined.
func (s *Sink) Fork() *Sink { return &Sink{Fold: s.Fold, theirs: s.full} }

// Add records d and returns it, so that the caller can attach related places.
// The severity is that of the rule, and so is what NeedsTODO and Verbose say.
func (s *Sink) Add(d Diagnostic) *Diagnostic {
	rule := d.Code.Rule()
	d.Severity, d.todo, d.verbose = rule.Severity, rule.TODO, rule.Verbose
	tally := s.tally(rule)
	if s.Discard || s.onlyCounts(rule, tally, d.Span, d.Target) {
		s.last = d
		return &s.last
	}
	if len(s.room) == cap(s.room) {
		s.room = make([]Diagnostic, 0, min(len(s.list)+1, sinkRoom))
	}
	s.room = append(s.room, d)
	out := &s.room[len(s.room)-1]
	s.keep(out, rule, tally)
	return out
}

// Clear forgets the diagnostics of a sink that does not fold. The next ones take
// the memory of the last of them, which nobody may look at any more.
func (s *Sink) Clear() { s.list, s.room = s.list[:0], s.room[:0] }

// tally returns the tally of a rule, or nil where its notes are not folded.
func (s *Sink) tally(rule *Rule) *tally {
	if s.Fold == 0 || !rule.foldable() {
		return nil
	}
	if s.tallies == nil {
		s.tallies = make([]*tally, len(all().rules))
	}
	if s.tallies[rule.index] == nil {
		s.tallies[rule.index] = &tally{}
	}
	return s.tallies[rule.index]
}

// foldable holds for the notes of which a report for people shows the first
// few anyway.
func (r *Rule) foldable() bool { return r.Severity == Note && !r.TODO }

// onlyCounts counts the next note of a rule where it is not to be kept, and reports
// whether it is not. The tally may be nil.
func (s *Sink) onlyCounts(rule *Rule, t *tally, span source.Span, target Target) bool {
	switch {
	case t == nil:
		return false
	case len(t.first) >= s.Fold:
		t.add(span)
	case s.theirs != nil && s.theirs[rule.index].Load():
		t.first = append(t.first, span)
		t.left = append(t.left, span)
	default:
		return false
	}
	if !rule.Verbose {
		s.folded = append(s.folded, Folded{span, target})
	}
	return true
}

// add counts a note behind the first.
func (t *tally) add(span source.Span) {
	t.count.All++
	if !slices.Contains(t.first, span) {
		t.count.Elsewhere++
	}
}

// keep keeps a diagnostic, with the tally of its rule or nil.
func (s *Sink) keep(d *Diagnostic, rule *Rule, t *tally) {
	s.list = append(s.list, d)
	if t == nil {
		return
	}
	t.first = append(t.first, d.Span)
	if len(t.first) == s.Fold && s.full != nil {
		s.full[rule.index].Store(true)
	}
}

// OnlyCounts reports whether a diagnostic would not be kept, and counts it then: it
// need not be added, because nobody would read its message.
func (s *Sink) OnlyCounts(code Code, span source.Span, target Target) bool {
	if s.Discard {
		return true
	}
	rule := code.Rule()
	return s.onlyCounts(rule, s.tally(rule), span, target)
}

// Join adds what another sink has collected, except the diagnostics for which
// drop returns true. If it is nil, all are added.
func (s *Sink) Join(other *Sink, drop func(*Diagnostic) bool) {
	for _, d := range other.list {
		rule := d.Code.Rule()
		tally := s.tally(rule)
		if (drop == nil || !drop(d)) && !s.onlyCounts(rule, tally, d.Span, d.Target) {
			s.keep(d, rule, tally)
		}
	}
	for i, t := range other.tallies {
		if t != nil {
			s.tally(&all().rules[i]).join(t)
		}
	}
	s.folded = append(s.folded, other.folded...)
}

// join adds what another tally has counted.
func (t *tally) join(other *tally) {
	for _, span := range other.left {
		t.add(span)
	}
	t.count.All += other.count.All
	t.count.Elsewhere += other.count.Elsewhere
}

// All returns the diagnostics in the order in which they were added.
func (s *Sink) All() []*Diagnostic { return s.list }

// TakeFolded returns what is left of the notes that were folded since the last
// call, verbose ones aside.
func (s *Sink) TakeFolded() []Folded {
	out := s.folded
	s.folded = s.folded[:0]
	return out
}

// FoldedCounts returns how many notes of each code were folded.
func (s *Sink) FoldedCounts() map[Code]FoldedCount {
	out := map[Code]FoldedCount{}
	for i, t := range s.tallies {
		if t != nil && t.count.All > 0 {
			out[all().rules[i].Code] = t.count
		}
	}
	return out
}

// Sort puts the diagnostics in the order of the source: by file, by place,
// the worst first.
func (s *Sink) Sort() { Sort(s.list) }
