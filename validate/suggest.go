package validate

import "strings"

// longestGuess is the longest name that is worth a guess. No key is near it.
const longestGuess = 40

// nearest returns the word that name is most likely a slip for, or "". The
// first of equally near ones wins.
func nearest(name string, words []string) string {
	if len(name) > longestGuess {
		return ""
	}
	best, limit := "", max(1, len(name)/3)+1
	for _, w := range words {
		if d := distance(strings.ToLower(name), w); d < limit {
			best, limit = w, d
		}
	}
	return best
}

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
