package html

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/ir/diag"
)

// A level is a severity as it can be filtered: notes that the report shows only
// on request are a level of their own.
type level uint8

const (
	quiet level = iota + 1
	note
	warning
	failure
)

// levelOf returns the level of a diagnostic.
func levelOf(d *diag.Diagnostic) level {
	switch {
	case d.Severity == diag.Error:
		return failure
	case d.Severity == diag.Warning:
		return warning
	case d.Verbose():
		return quiet
	}
	return note
}

// String returns the class of the level in the page; "" for none.
func (l level) String() string { return [...]string{"", "quiet", "note", "warning", "error"}[l] }

// A piece is a part of a text that is shown in one way.
type piece struct {
	Text string
	// Mark is the worst level of what was found about the bytes.
	Mark level
	// Escaped is set for what stands in place of bytes that are not to be
	// shown as they are.
	Escaped bool
	// Masked is set in place of a secret, which has no Text.
	Masked bool
}

// A mark says that something was found about bytes of a line.
type mark struct {
	secret.Interval
	level level
}

// pieces cuts a text at the edges of its marks and masked ranges; the latter are
// in order.
func pieces(text string, marks []mark, masked []secret.Interval) []piece {
	var list []piece
	levels := byLevel(marks)
	cuts := cutPoints(len(text), marks, masked)
	for k := 0; k+1 < len(cuts); k++ {
		v := secret.Interval{Start: cuts[k], End: cuts[k+1]}
		for len(masked) > 0 && masked[0].End <= v.Start {
			masked = masked[1:]
		}
		switch {
		case len(masked) == 0 || !v.Overlaps(masked[0]):
			list = visible(list, text[v.Start:v.End], levels.worst(v))
		case v.Start == masked[0].Start:
			list = append(list, piece{Masked: true, Mark: levels.worst(masked[0])})
		}
	}
	return list
}

// cutPoints returns the edges of all intervals and of the text, in order.
func cutPoints(size int, marks []mark, masked []secret.Interval) []int {
	cuts := []int{0, size}
	for _, m := range marks {
		cuts = append(cuts, m.Start, m.End)
	}
	for _, v := range masked {
		cuts = append(cuts, v.Start, v.End)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// levelMarks are the marks of a line, level by level, in order and apart: a
// line may have any number of them.
type levelMarks [failure + 1][]secret.Interval

func byLevel(marks []mark) levelMarks {
	var l levelMarks
	for _, m := range marks {
		l[m.level] = append(l[m.level], m.Interval)
	}
	for i := range l {
		l[i] = secret.Merge(l[i])
	}
	return l
}

// worst returns the worst level of the marks that overlap v.
func (l *levelMarks) worst(v secret.Interval) level {
	for worst := failure; worst > 0; worst-- {
		list := l[worst]
		i := sort.Search(len(list), func(i int) bool { return list[i].End > v.Start })
		if i < len(list) && list[i].Overlaps(v) {
			return worst
		}
	}
	return 0
}

// visible appends a text as pieces, with escapes for what a browser would not
// show, or would obey: controls, changes of direction, bytes that are not UTF-8.
func visible(list []piece, text string, l level) []piece {
	for text != "" {
		plain := strings.IndexFunc(text, isHidden)
		if plain < 0 {
			plain = len(text)
		}
		if plain > 0 {
			list = append(list, piece{Text: text[:plain], Mark: l})
			text = text[plain:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		list = append(list, piece{Text: escape(r, text[:size]), Mark: l, Escaped: true})
		text = text[size:]
	}
	return list
}

// isHidden holds for characters that need an escape. The replacement character
// is one, because bytes that are not UTF-8 look like it.
func isHidden(r rune) bool { return r == utf8.RuneError || emit.Hidden(r) }

// escape writes a character, or a byte that is none, as Go would.
func escape(r rune, encoded string) string {
	switch {
	case r == '\t':
		return `\t`
	case len(encoded) == 1:
		return fmt.Sprintf(`\x%02x`, encoded[0])
	case r > 0xFFFF:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// plain writes a text with its escapes where there is no room for pieces, such
// as an attribute.
func plain(text string) string {
	var b strings.Builder
	for _, p := range visible(nil, text, 0) {
		b.WriteString(p.Text)
	}
	return b.String()
}
