package passes

import (
	"slices"
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
	for _, c := range comments {
		i, isBehind := w.commented(c.Span)
		at := -1
		if i >= 0 {
			name := w.setting.Pairs[i].Name.String()
			at = slices.IndexFunc(t.Entries, func(e ir.Entry) bool { return e.Key == name })
		}
		switch {
		case at < 0:
			t.Above = append(t.Above, c)
		case isBehind:
			t.Entries[at].Behind = &c
		default:
			t.Entries[at].Above = append(t.Entries[at].Above, c)
		}
	}
}

// commented returns the pair that a comment is about, or -1 if there is none, and
// whether it is alone with it on its line.
func (w *envWriter) commented(comment source.Span) (pair int, isBehind bool) {
	if comment.Start < w.setting.Option.KeySpan.Start {
		return -1, false
	}
	line := int32(strings.LastIndexAny(comment.File.Content[:comment.Start], "\r\n") + 1)
	onLine, next := []int(nil), -1
	for i := range w.setting.Pairs {
		switch start := w.start(i); {
		case start > comment.Start:
			if next < 0 || start < w.start(next) {
				next = i
			}
		case start >= line:
			onLine = append(onLine, i)
		}
	}
	switch {
	case len(onLine) == len(w.setting.Pairs):
		return -1, false // all stand on its line
	case len(onLine) > 0:
		return onLine[0], len(onLine) == 1
	case lexer.Trim(comment.File.Content[line:comment.Start]) == "":
		return next, false
	}
	return -1, false
}

// start returns where a pair starts.
func (w *envWriter) start(pair int) int32 { return w.setting.Pairs[pair].Name.Span().Start }
