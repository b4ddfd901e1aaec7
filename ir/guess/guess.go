// Package guess finds the known word that a mistyped one was meant to be.
package guess

import "strings"

// limits say how many slips a word may be away from what was meant, by its
// length in bytes: the first row that is long enough counts. Longer words than
// the last row has are not looked at, since comparing takes the square of their
// length.
var limits = []struct{ length, slips int }{
	{5, 1},
	{9, 2},
	{64, 3},
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
	best, limit := "", slipsIn(len(word))
	for _, c := range candidates {
		if abs(len(c)-len(word)) > limit {
			continue
		}
		if d := distance(lower, strings.ToLower(c)); d <= limit && 2*d < len(c) {
			best, limit = c, d-1
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// distance counts the bytes to insert, delete, replace or swap with their
// neighbour to get from a to b.
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
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
