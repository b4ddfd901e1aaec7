package html

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// column makes lines of a text with a letter for each; a blank is a blank line.
func column(letters string) []cell {
	var list []cell
	for i, c := range letters {
		l := line{ID: string(c), Number: i}
		if c != ' ' {
			l.Pieces = []piece{{Text: string(c)}}
		}
		list = append(list, cell{Lines: []line{l}})
	}
	return list
}

// letters is the opposite, with "." for gaps.
func letters(list []cell) string {
	var b strings.Builder
	for _, c := range list {
		if c.IsGap() {
			b.WriteByte('.')
		} else {
			b.WriteString(c.Lines[0].ID)
		}
	}
	return b.String()
}

// anchorsOf anchors each letter of the right at the same letter of the left.
func anchorsOf(left, right string) []int {
	var anchors []int
	for _, c := range strings.ToLower(right) {
		if c == ' ' {
			c = '.' // nowhere
		}
		anchors = append(anchors, strings.IndexRune(left, c))
	}
	return anchors
}

func TestAlign(t *testing.T) {
	for _, tt := range []struct{ name, left, right, wantLeft, wantRight string }{
		{"the same", "abc", "abc", "abc", "abc"},
		{"nothing of it", "abc", "", "abc", "..."},
		{"from nothing", "", "xyz", "...", "xyz"},
		{"left out", "abcd", "ad", "abcd", "a..d"},
		{"added", "ab", "axyb", "a..b", "axyb"},
		{"another order", "abcd", "cabd", ".abcd", "cab.d"},
		{"blank lines stay with what follows", "abc  d", "a d", "abc  d", "a... d"},
		{"gaps above the last blank line", "abcdefg", "ax yg", "abcdefg", "ax.. yg"},
		{"two lines of one", "ab", "aAb", "a.b", "aAb"},
	} {
		left, right := align(column(tt.left), column(tt.right), anchorsOf(tt.left, tt.right))
		if letters(left) != tt.wantLeft || letters(right) != tt.wantRight {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", tt.name, letters(left), letters(right), tt.wantLeft, tt.wantRight)
		}
	}
}

// TestAlignKeepsOrder: whatever the anchors, no line is lost or moved, and the
// columns are of one height.
func TestAlignKeepsOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		l, r := random.IntN(8), random.IntN(8)
		anchors := make([]int, r)
		for j := range anchors {
			anchors[j] = random.IntN(l+1) - 1
		}
		all := column(strings.Repeat("x", max(l, r)))
		left, right := align(all[:l], all[:r], anchors)
		if len(left) != len(right) {
			t.Fatalf("%v: heights %d and %d", anchors, len(left), len(right))
		}
		beside := 0
		for k := range left {
			if !left[k].IsGap() && !right[k].IsGap() && anchors[right[k].Lines[0].Number] == left[k].Lines[0].Number {
				beside++
			}
		}
		if beside < longest(anchors) {
			t.Fatalf("%v: %d lines stand beside their source, want %d", anchors, beside, longest(anchors))
		}
		for _, side := range []struct {
			column []cell
			lines  int
		}{{left, l}, {right, r}} {
			lines := slices.DeleteFunc(side.column, cell.IsGap)
			for i, c := range lines {
				if n := c.Lines[0].Number; n != i {
					t.Fatalf("%v: line %d is in place %d", anchors, n, i)
				}
			}
			if len(lines) != side.lines {
				t.Fatalf("%v: %d lines are left of %d", anchors, len(lines), side.lines)
			}
		}
	}
}

// longest is the length of a longest rising subsequence, found the slow way.
func longest(anchors []int) int {
	best := 0
	lengths := make([]int, len(anchors))
	for j, a := range anchors {
		if a == unanchored {
			continue
		}
		lengths[j] = 1
		for i := range j {
			if anchors[i] != unanchored && anchors[i] < a {
				lengths[j] = max(lengths[j], lengths[i]+1)
			}
		}
		best = max(best, lengths[j])
	}
	return best
}

func TestLineList(t *testing.T) {
	for want, lines := range map[string][]int{
		"line 4":           {4},
		"line 5":           {5, 5},
		"lines 4, 6":       {6, 4},
		"lines 1-3, 7-8":   {1, 2, 3, 7, 8},
		"lines 1-2, 4, 10": {2, 1, 4, 10},
	} {
		if got := lineList(lines); got != want {
			t.Errorf("%v is %q, want %q", fmt.Sprint(lines), got, want)
		}
	}
}
