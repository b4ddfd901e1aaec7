package html

import (
	"math/rand/v2"
	"testing"

	"github.com/runwisp/runwisp/emit/secret"
)

// TestPiecesHaveTheWorstMark: each byte of a line is marked with the worst of
// what was found about it, however the findings overlap.
func TestPiecesHaveTheWorstMark(t *testing.T) {
	const text = "abcdefghijklmnop"
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var marks []mark
		var want [len(text)]level
		for range random.IntN(6) {
			start := random.IntN(len(text))
			m := mark{secret.Interval{Start: start, End: start + 1 + random.IntN(len(text)-start)}, level(1 + random.IntN(int(failure)))}
			marks = append(marks, m)
			for i := m.Start; i < m.End; i++ {
				want[i] = max(want[i], m.level)
			}
		}
		at := 0
		for _, p := range pieces(text, marks, nil) {
			for i := range p.Text {
				if p.Mark != want[at+i] {
					t.Fatalf("%v: byte %d is marked %q, want %q", marks, at+i, p.Mark, want[at+i])
				}
			}
			at += len(p.Text)
		}
		if at != len(text) {
			t.Fatalf("%v: %d bytes are shown, want %d", marks, at, len(text))
		}
	}
}
