package source

import "strings"

// A Builder puts a Text together from pieces of others. The zero Builder is
// ready to use. Pieces that lie side by side in the source are only written
// once they end, and not at all where the whole text is such a piece.
type Builder struct {
	str    strings.Builder
	runs   []run
	copied Span // the last run, while it may grow; it is not in str and runs
	span   Span // of all pieces
	// size and pieces are how much room is to be made once a piece is written.
	size, pieces int
}

// Len returns the number of decoded bytes added so far.
func (b *Builder) Len() int { return b.str.Len() + b.copied.Len() }

// Grow says that about size bytes are to come, in the given number of pieces. It is
// for a builder that nothing was added to.
func (b *Builder) Grow(size, pieces int) { b.size, b.pieces = size, pieces }

// Copy adds the source bytes of s as they stand.
func (b *Builder) Copy(s Span) {
	b.span = b.span.Union(s)
	b.copy(s)
}

// Synth adds a string that does not stand in the source, caused by s.
func (b *Builder) Synth(str string, s Span) {
	b.span = b.span.Union(s)
	b.synth(str, s)
}

// Append adds all of t.
func (b *Builder) Append(t Text) {
	b.span = b.span.Union(t.span)
	if t.decoded == nil {
		b.copy(t.span)
		return
	}
	for k, r := range t.decoded.runs {
		if r.copied {
			b.copy(r.span)
		} else {
			b.synth(t.decoded.str[r.at:t.decoded.runEnd(k)], r.span)
		}
	}
}

// copy adds a copied run, or grows the last one where they touch.
func (b *Builder) copy(s Span) {
	switch {
	case s.Len() == 0:
	case b.copied.Len() > 0 && b.copied.File == s.File && b.copied.End == s.Start:
		b.copied.End = s.End
	default:
		b.flush()
		b.copied = s
	}
}

func (b *Builder) synth(str string, s Span) {
	if str != "" {
		b.flush()
		b.write(str, run{span: s})
	}
}

// flush writes the last run.
func (b *Builder) flush() {
	if b.copied.Len() > 0 {
		b.write(b.copied.Text(), run{copied: true, span: b.copied})
		b.copied = Span{}
	}
}

func (b *Builder) write(str string, r run) {
	if b.runs == nil {
		b.str.Grow(b.size)
		b.runs = make([]run, 0, b.pieces)
	}
	r.at = int32(b.str.Len())
	b.runs = append(b.runs, r)
	b.str.WriteString(str)
}

// Text returns what was built. The builder must not be used afterwards.
func (b *Builder) Text() Text {
	if len(b.runs) == 0 && b.copied.Len() == b.span.Len() {
		return FromSpan(b.span)
	}
	b.flush()
	return Text{span: b.span, decoded: &decoded{str: b.str.String(), runs: b.runs}}
}
