package source

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// longLine is the length in bytes from which columns are not counted from the
// start of the line each time: a file of one line may have many findings.
const longLine = 1 << 14

// markStep is about how many bytes there are between two marks.
const markStep = 1 << 12

// A mark says how many code points of its line are in front of an offset.
type mark struct {
	offset int32
	count  int
}

// longLines are the marks of the long lines that were asked about, by their
// starts.
type longLines struct {
	mu    sync.Mutex
	marks map[int32][]mark
}

// before returns the last mark of a line that is not behind an offset.
func (l *longLines) before(f *File, start, offset int32) mark {
	l.mu.Lock()
	defer l.mu.Unlock()
	marks, ok := l.marks[start]
	if !ok {
		marks = marksOf(f, start)
		if l.marks == nil {
			l.marks = map[int32][]mark{}
		}
		l.marks[start] = marks
	}
	return marks[sort.Search(len(marks), func(i int) bool { return marks[i].offset > offset })-1]
}

// marksOf makes the marks of the line that starts at an offset. None of them
// is inside a character.
func marksOf(f *File, start int32) []mark {
	text, _ := f.Line(f.LineNumber(start))
	marks := []mark{{offset: start}}
	count, from := 0, 0
	for to := markStep; to < len(text); to += markStep {
		for i := 0; i < utf8.UTFMax && to < len(text) && !utf8.RuneStart(text[to]); i++ {
			to++
		}
		count += utf8.RuneCountInString(text[from:to])
		marks = append(marks, mark{start + int32(to), count})
		from = to
	}
	return marks
}
