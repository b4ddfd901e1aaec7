package secret

import (
	"slices"
	"sort"
)

// An Interval is a half-open range of bytes of a text.
type Interval struct{ Start, End int }

// Overlaps reports whether two intervals share a byte.
func (v Interval) Overlaps(w Interval) bool { return v.Start < w.End && w.Start < v.End }

// Within returns the parts of intervals, which are in order, that lie inside v,
// relative to it.
func Within(list []Interval, v Interval) []Interval {
	first := sort.Search(len(list), func(i int) bool { return list[i].End > v.Start })
	var inside []Interval
	for _, w := range list[first:] {
		if !v.Overlaps(w) {
			break
		}
		inside = append(inside, Interval{max(w.Start, v.Start) - v.Start, min(w.End, v.End) - v.Start})
	}
	return inside
}

// Merge sorts intervals, in place, and returns them with those joined that touch.
func Merge(list []Interval) []Interval {
	slices.SortFunc(list, func(v, w Interval) int { return v.Start - w.Start })
	var merged []Interval
	for _, v := range list {
		if n := len(merged); n > 0 && v.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, v.End)
			continue
		}
		merged = append(merged, v)
	}
	return merged
}
