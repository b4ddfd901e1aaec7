package diag

import (
	"slices"

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
	room    []Diagnostic // for the next ones
	tallies []tally      // of the foldable notes, by rule; nil before the first
	folded  []Folded
	last    Diagnostic // the last one that was not kept
}

// sinkRoom is how many diagnostics are allocated at a time at most.
const sinkRoom = 16

// A tally counts the notes of one code.
type tally struct {
	kept  []*Diagnostic
	count FoldedCount
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

// Add records d and returns it, so that the caller can attach related places.
// The severity is that of the rule, and so is what NeedsTODO and Verbose say.
func (s *Sink) Add(d Diagnostic) *Diagnostic {
	rule := d.Code.Rule()
	d.Severity, d.todo, d.verbose = rule.Severity, rule.TODO, rule.Verbose
	tally := s.tally(rule)
	switch {
	case s.Discard:
		s.last = d
		return &s.last
	case s.isFull(tally):
		s.fold(rule, tally, d.Span, d.Target)
		s.last = d
		return &s.last
	}
	if len(s.room) == 0 {
		s.room = make([]Diagnostic, min(len(s.list)+1, sinkRoom))
	}
	out := &s.room[0]
	s.room = s.room[1:]
	*out = d
	s.keep(out, tally)
	return out
}

// tally returns the tally of a rule, or nil where its notes are not folded.
func (s *Sink) tally(rule *Rule) *tally {
	if s.Fold == 0 || !rule.foldable() {
		return nil
	}
	if s.tallies == nil {
		s.tallies = make([]tally, len(all().rules))
	}
	return &s.tallies[rule.index]
}

// isFull reports whether the next note of a tally, which may be nil, is only
// counted.
func (s *Sink) isFull(t *tally) bool { return t != nil && len(t.kept) >= s.Fold }

// foldable holds for the notes of which a report for people shows the first
// few anyway.
func (r *Rule) foldable() bool { return r.Severity == Note && !r.TODO }

func (s *Sink) keep(d *Diagnostic, t *tally) {
	s.list = append(s.list, d)
	if t != nil {
		t.kept = append(t.kept, d)
	}
}

// fold counts a note that is not kept.
func (s *Sink) fold(rule *Rule, t *tally, span source.Span, target Target) {
	if !rule.Verbose {
		s.folded = append(s.folded, Folded{span, target})
	}
	t.count.All++
	if !slices.ContainsFunc(t.kept, func(k *Diagnostic) bool { return k.Span == span }) {
		t.count.Elsewhere++
	}
}

// OnlyCounts reports whether a diagnostic would not be kept, and counts it then: it
// need not be added, because nobody would read its message.
func (s *Sink) OnlyCounts(code Code, span source.Span, target Target) bool {
	if s.Discard {
		return true
	}
	rule := code.Rule()
	t := s.tally(rule)
	if !s.isFull(t) {
		return false
	}
	s.fold(rule, t, span, target)
	return true
}

// Join adds what another sink has collected, except the diagnostics for which
// drop returns true. If it is nil, all are added.
func (s *Sink) Join(other *Sink, drop func(*Diagnostic) bool) {
	for _, d := range other.list {
		rule := d.Code.Rule()
		tally := s.tally(rule)
		switch {
		case drop != nil && drop(d):
		case s.isFull(tally):
			s.fold(rule, tally, d.Span, d.Target)
		default:
			s.keep(d, tally)
		}
	}
	for i := range other.tallies {
		if n := other.tallies[i].count; n.All > 0 {
			count := &s.tally(&all().rules[i]).count
			count.All += n.All
			count.Elsewhere += n.Elsewhere
		}
	}
	s.folded = append(s.folded, other.folded...)
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
	for i := range s.tallies {
		if n := s.tallies[i].count; n.All > 0 {
			out[all().rules[i].Code] = n
		}
	}
	return out
}

// Sort puts the diagnostics in the order of the source: by file, by place,
// the worst first.
func (s *Sink) Sort() { Sort(s.list) }
