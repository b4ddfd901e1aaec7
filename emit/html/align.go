package html

import (
	"slices"
	"sort"
)

// unanchored is the anchor of a cell that came from nowhere.
const unanchored = -1

// align pads two columns of cells to the same height so that as many cells of
// the right as possible stand beside the cell of the left that they came from:
// anchors[j] is the index of it for the right cell j. The order of neither
// column changes, so the pairs are a longest rising subsequence of the anchors.
// What lies between two pairs is put side by side from the top.
func align(left, right []cell, anchors []int) (paddedLeft, paddedRight []cell) {
	i, j := 0, 0
	upTo := func(nextLeft, nextRight int) {
		height := max(nextLeft-i, nextRight-j)
		paddedLeft = pad(paddedLeft, left[i:nextLeft], height)
		paddedRight = pad(paddedRight, right[j:nextRight], height)
		i, j = nextLeft, nextRight
	}
	for _, pair := range longestRise(anchors) {
		upTo(anchors[pair], pair)
	}
	upTo(len(left), len(right))
	return paddedLeft, paddedRight
}

// pad appends cells and as many gaps as it takes to the height. The gaps go
// above the last blank line, so that comments and headers stay with what they
// stand above.
func pad(column, cells []cell, height int) []cell {
	at := len(cells)
	for k := len(cells) - 1; k > 0; k-- {
		if cells[k].isBlank() {
			at = k
			break
		}
	}
	column = append(column, cells[:at]...)
	column = append(column, make([]cell, height-len(cells))...)
	return append(column, cells[at:]...)
}

// longestRise returns the indexes of a longest strictly rising subsequence of
// the anchors, by patience sorting.
func longestRise(anchors []int) []int {
	var tops []int // tops[n] ends the lowest rise of length n+1
	below := make([]int, len(anchors))
	for j, anchor := range anchors {
		if anchor == unanchored {
			continue
		}
		n := sort.Search(len(tops), func(n int) bool { return anchors[tops[n]] >= anchor })
		switch {
		case n == len(tops):
			tops = append(tops, j)
		case anchors[tops[n]] == anchor:
			continue // of several lines from one, the first stands beside it
		}
		tops[n] = j
		below[j] = unanchored
		if n > 0 {
			below[j] = tops[n-1]
		}
	}
	if len(tops) == 0 {
		return nil
	}
	var rise []int
	for j := tops[len(tops)-1]; j != unanchored; j = below[j] {
		rise = append(rise, j)
	}
	slices.Reverse(rise)
	return rise
}
