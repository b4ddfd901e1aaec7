package passes

import (
	"math"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/parser"
)

// load puts the options of a section together, and finds its comments.
func (s *state) load(sec *ir.Section) {
	l := loader{state: s, sec: sec, wanted: allOptions, withComments: !s.opts.NoComments}
	l.run()
	if l.withComments {
		first := &s.recipes.of(sec.Number)[0] // what opened the section is always a part of a file
		sec.Above = s.commentsAtHeader(s.reads[first.read].tree, int(first.part))
	}
}

// loadSome puts those options of a section together that have a bit in a set,
// without comments.
func (s *state) loadSome(sec *ir.Section, wanted uint64) {
	l := loader{state: s, sec: sec, wanted: wanted}
	l.run()
}

// run takes the steps of the recipe.
func (l *loader) run() {
	s, sec := l.state, l.sec
	steps := s.recipes.of(sec.Number)
	sec.Body = s.arena.bodies.one()
	*sec.Body = ir.Body{Options: s.arena.options.take(l.countOptions(steps))[:0]}
	for _, st := range steps {
		if st.inherited == nil {
			l.part(st)
		} else {
			l.inherit(st.inherited)
		}
	}
	if sec.Kind == ir.UnknownSection {
		return // supervisord does not look at it
	}
	options := sec.Options // find has to see only those: no key of [DEFAULT] is there twice
	for i := range s.inherited {
		if o := &s.inherited[i]; l.wanted&bit(o.Known) != 0 && l.find(o.Key, o.Known) < 0 {
			options = append(options, *o)
		}
	}
	sec.Options = options
}

// countOptions returns how many wanted options the section can have at most.
func (l *loader) countOptions(steps recipe) int {
	n := 0
	if l.sec.Kind != ir.UnknownSection {
		n = len(l.inherited)
	}
	if l.wanted&1 == 0 {
		n = min(n, len(programOptions)) // there is more in [DEFAULT] that is not wanted
	}
	for _, st := range steps {
		if st.inherited != nil {
			n++
			continue
		}
		t := l.reads[st.read].tree
		n += t.CountOptions(&t.Sections[st.part])
	}
	return n
}

// A loader puts the options of a section together.
type loader struct {
	*state
	sec *ir.Section
	// wanted has a bit for each known option that is looked for; bit 0 is
	// for all others.
	wanted       uint64
	withComments bool
	// known has a bit for each known option that the section has.
	known uint64
	index map[string]int // by key; nil while the section is short
}

// allOptions is the set of all options.
const allOptions = math.MaxUint64

// bit stands for a number of knownRows, or 0, in a set of them.
func bit(known uint8) uint64 { return 1 << (known % 64) }

// maxUnindexed is the number of options up to which a section has no index:
// looking at each beats one.
const maxUnindexed = 24

// part adds the options of a part of a file.
func (l *loader) part(st step) {
	r := &l.reads[st.read]
	t := r.tree
	nodes := t.Nodes(&t.Sections[st.part])
	for i := range nodes {
		n := &nodes[i]
		if n.Kind != parser.OptionNode {
			continue
		}
		span := t.Span(n.Text)
		key, known := fold(span.Text())
		if l.wanted&bit(known) == 0 {
			continue
		}
		o, earlier := l.set(key, known, span)
		*o = ir.Option{} // a literal with all of this would be made on the stack and copied
		o.Key, o.Known, o.KeySpan, o.Value, o.Earlier = key, known, span, t.Value(n), earlier
		if r.here != "" && l.sec.Name != defaultSection && strings.Contains(o.Value.String(), hereFormat) {
			o.Here = r.fixed
		}
		if l.withComments {
			l.comments(o, t, nodes, i)
		}
	}
}

// comments finds the comments of an option, which is the node i.
func (l *loader) comments(o *ir.Option, t *parser.Tree, nodes []parser.Node, i int) {
	if i > 0 && nodes[i-1].Kind == parser.CommentNode {
		o.Above = l.commentsAbove(t, nodes[:i])
	}
	if nodes[i].IsPlain() {
		return
	}
	lines := t.ValueLines(&nodes[i])
	if len(lines) > 1 {
		o.Above = append(o.Above, commentsInside(t, lines[1:])...)
	}
	o.Behind = l.commentBehind(t, lines[0])
}

// set returns where an option of a key is to be put: in place of one that came
// before, whose keys it also returns, or behind all others.
func (l *loader) set(key string, known uint8, span source.Span) (o *ir.Option, earlier []source.Span) {
	at := l.find(key, known)
	if at < 0 {
		return l.add(key, known), nil
	}
	o = &l.sec.Options[at]
	if o.Inherited || o.KeySpan == span {
		return o, nil
	}
	return o, append(o.Earlier, o.KeySpan)
}

// inherit gives the section a copy of an option of [DEFAULT], unless it has
// one of its own.
func (l *loader) inherit(o *ir.Option) {
	if l.find(o.Key, o.Known) < 0 {
		*l.add(o.Key, o.Known) = *o
	}
}

// add returns the place of a new option, behind all others.
func (l *loader) add(key string, known uint8) *ir.Option {
	at := len(l.sec.Options)
	if l.index != nil {
		l.index[key] = at
	}
	l.known |= bit(known)
	if at == cap(l.sec.Options) { // in [DEFAULT], whose options nobody has counted
		l.sec.Options = slices.Grow(l.sec.Options, 1)
	}
	l.sec.Options = l.sec.Options[:at+1]
	return &l.sec.Options[at]
}

// find returns where the option of a key is, or -1.
func (l *loader) find(key string, known uint8) int {
	if known != 0 && l.known&bit(known) == 0 {
		return -1
	}
	if len(l.sec.Options) <= maxUnindexed {
		for i := range l.sec.Options {
			if l.sec.Options[i].Key == key {
				return i
			}
		}
		return -1
	}
	if l.index == nil {
		l.index = make(map[string]int, 2*len(l.sec.Options))
		for i := range l.sec.Options {
			l.index[l.sec.Options[i].Key] = i
		}
	}
	if i, ok := l.index[key]; ok {
		return i
	}
	return -1
}
