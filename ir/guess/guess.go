// Package guess finds the known word that a mistyped one was meant to be.
package guess

import (
	"math/bits"
	"strings"
)

// longest is the most bytes of a word that is looked at: comparing takes the
// square of that.
const longest = 64

// mostSlips is how many slips the longest words may hold.
const mostSlips = 3

// limits say how many slips a word may be away from what was meant, by its
// length in bytes: the first row that is long enough counts.
var limits = []struct{ length, slips int }{
	{5, 1},
	{9, 2},
	{longest, mostSlips},
}

// slipsIn returns how many slips a word of a length may hold, or -1.
func slipsIn(length int) int {
	for _, l := range limits {
		if length <= l.length {
			return l.slips
		}
	}
	return -1
}

// Nearest returns the candidate that a word was most likely meant to be, or "":
// the first of those that are the fewest slips away, whatever the case of their
// letters. Words have to agree in more than half of them.
func Nearest(word string, candidates []string) string {
	lower := strings.ToLower(word)
	best, limit := "", slipsIn(len(lower))
	for _, c := range candidates {
		other := strings.ToLower(c)
		if abs(len(other)-len(lower)) > limit || apart(lower, other) > limit {
			continue
		}
		if d := distance(lower, other); d <= limit && 2*d < len(c) {
			best, limit = c, d-1
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// apart returns a number of slips that two words are at least away from each
// other: each mends at most one byte that the other word does not have.
func apart(a, b string) int {
	inA, inB := bytesOf(a), bytesOf(b)
	return max(bits.OnesCount64(inA&^inB), bits.OnesCount64(inB&^inA))
}

// bytesOf returns which bytes a word holds, by their lower six bits.
func bytesOf(word string) (set uint64) {
	for i := range len(word) {
		set |= 1 << (word[i] % 64)
	}
	return set
}

// distances is a row of the table of distances, with a place for each prefix of
// a candidate: it is near enough in length to the longest word.
type distances [longest + mostSlips + 1]int

// distance counts the bytes to insert, delete, replace or swap with their
// neighbour to get from a to b.
func distance(a, b string) int {
	var rows [3]distances
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		row[j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

func differ(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}
