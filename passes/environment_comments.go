package passes

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// placeComments gives the comments inside an environment of several lines to the
// variables that they stand behind or above. All others belong to the whole table.
func (w *envWriter) placeComments(t *ir.Table) {
	comments := slices.Clone(w.setting.Option.Above)
	if behind := w.setting.Option.Behind; behind != nil {
		comments = append(comments, *behind)
	}
	pairs := slices.Clone(w.setting.Pairs)
	slices.SortFunc(pairs, func(a, b ir.Pair) int { return cmp.Compare(start(a), start(b)) })
	index := map[string]int{}
	for i, e := range t.Entries {
		index[e.Key] = i
	}
	for _, c := range comments {
		about, isBehind := w.commented(pairs, c.Span)
		i, ok := index[about]
		switch {
		case !ok:
			t.Above = append(t.Above, c)
		case isBehind:
			t.Entries[i].Behind = &c
		default:
			t.Entries[i].Above = append(t.Entries[i].Above, c)
		}
	}
}

// commented returns which variable a comment is about, "" for none, and whether it
// is alone with it on its line. The pairs are in the order of the source.
func (w *envWriter) commented(pairs []ir.Pair, comment source.Span) (name string, isBehind bool) {
	if comment.Start < w.setting.Option.KeySpan.Start {
		return "", false
	}
	line := int32(strings.LastIndexAny(comment.File.Content[:comment.Start], "\r\n") + 1)
	first := sort.Search(len(pairs), func(i int) bool { return start(pairs[i]) >= line })
	next := sort.Search(len(pairs), func(i int) bool { return start(pairs[i]) > comment.Start })
	switch {
	case next-first == len(pairs):
		return "", false // all stand on its line
	case next > first:
		return pairs[first].Name.String(), next-first == 1
	case next < len(pairs) && lexer.Trim(comment.File.Content[line:comment.Start]) == "":
		return pairs[next].Name.String(), false
	}
	return "", false
}

// start returns where a pair starts.
func start(p ir.Pair) int32 { return p.Name.Span().Start }
