package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/passes/shell"
)

// A wordWriter fills in the holes of the words of a command.
type wordWriter struct {
	*unit
	setting *ir.Setting
	around  map[int]quoting
	advised strings.Builder // what was advised to write that holds quotes
}

// A filledWord is a word with its holes filled.
type filledWord struct {
	text  string
	exact bool // it is what supervisord would make of it; else there is no text
	whole bool // it is written anew, and not only in place of the holes
}

// fill fills the holes of a word. Where a shell would read the rest of it
// otherwise than supervisord, the whole word is written anew.
func (w *wordWriter) fill(word word, first bool) filledWord {
	raw := w.setting.Text.String()[word.start:word.end]
	inRaw := holesIn(w.setting.Holes, word.start, word.end)
	if !shell.Keeps(withLetters(raw, inRaw), first) {
		return w.quoted(word)
	}
	var b strings.Builder
	b.Grow(len(raw) + longWord)
	from, fixed := 0, 0
	for i, h := range holesAt(w.setting.Holes, word) {
		q := w.around[h.Start]
		replacement, isFixed, ok := w.filling(h, q)
		if !ok {
			return filledWord{}
		}
		if isFixed && q.quote == 0 {
			fixed++
		}
		b.WriteString(raw[from:inRaw[i].Start])
		b.WriteString(replacement)
		from = inRaw[i].End
	}
	b.WriteString(raw[from:])
	foreseen := b.String()
	if 0 < fixed && fixed < len(inRaw) {
		foreseen = w.foreseen(raw, word, inRaw)
	}
	if fixed > 0 && !shell.Keeps(foreseen, first) {
		return w.quoted(word)
	}
	return filledWord{text: b.String(), exact: true}
}

// foreseen returns a word with those holes filled whose values can mean something
// to a shell together with what is around, and a letter in place of the others.
func (w *wordWriter) foreseen(raw string, word word, inRaw []ir.Hole) string {
	var b strings.Builder
	from := 0
	for i, h := range holesAt(w.setting.Holes, word) {
		q := w.around[h.Start]
		text, fixed, _ := w.filling(h, q)
		if !fixed || q.quote != 0 {
			text = "x"
		}
		b.WriteString(raw[from:inRaw[i].Start] + text)
		from = inRaw[i].End
	}
	return b.String() + raw[from:]
}

// quoted writes a word in double quotes with its holes filled.
func (w *wordWriter) quoted(word word) filledWord {
	q := quoting{quote: '"'}
	var b strings.Builder
	from := 0
	for i, h := range holesAt(w.setting.Holes, word) {
		at := word.holes[i]
		b.WriteString(shell.InDoubleQuotes(word.value[from:at.start]))
		switch {
		case i+1 < len(word.holes) && word.holes[i+1].start == at.end:
			q.next = anyLetter
		case at.end < len(word.value):
			q.next = word.value[at.end]
		default:
			q.next = 0
		}
		text, ok := w.replacement(h, q)
		if !ok || !w.staysWhole(h) {
			return filledWord{whole: true}
		}
		b.WriteString(text)
		from = at.end
	}
	text := `"` + b.String() + shell.InDoubleQuotes(word.value[from:]) + `"`
	return filledWord{text: text, exact: true, whole: true}
}

// staysWhole reports whether what supervisord fills in is a part of the word:
// outside quotes it would be split.
func (w *wordWriter) staysWhole(h ir.Hole) bool {
	around := w.around[h.Start]
	if _, ok := w.replacement(h, around); !ok || around.quote != 0 {
		return ok
	}
	if value, ok := w.constant(h, "command"); ok {
		return !strings.ContainsAny(value, around.breaking())
	}
	return h.Format[0] == '0' || !strings.ContainsAny(h.Format, " 123456789")
}

// An advice says what to write in place of a hole.
type advice struct {
	text  string // where that is known
	words string
}

// advise says what to write in place of a hole of a word, or of the whole word.
func (w *wordWriter) advise(h ir.Hole, word word, filled filledWord) advice {
	switch {
	case filled.whole && filled.exact && len(filled.text) > maxConstant:
		return advice{words: fmt.Sprintf("Use --resolve, which writes the whole word in another way%s.", w.proviso(h, word))}
	case filled.whole && filled.exact:
		return advice{filled.text, fmt.Sprintf("Write the whole word as `%s`, as --resolve does%s.", filled.text, w.proviso(h, word))}
	case filled.whole:
		return advice{words: w.unknownAdvice(h)}
	}
	if text, ok := w.replacement(h, w.around[h.Start]); ok {
		return advice{text, replaceWith(h, text, w.proviso(h, word))}
	}
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && w.changes(name) != "" {
		return advice{words: fmt.Sprintf("Write the value that supervisord has there today: %s.", w.changes(name))}
	}
	return advice{words: w.unknownAdvice(h)}
}

// proviso says which values of a variable its replacement is not exact for:
// supervisord fills the value in first, and then reads it as a part of the
// command.
func (w *wordWriter) proviso(h ir.Hole, word word) string {
	q := w.around[h.Start]
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if _, fixed, _ := w.filling(h, q); fixed || !isVariable {
		return ""
	}
	values := "holds blanks, quotes or backslashes"
	switch {
	case q.quote == '\'':
		values = "holds single quotes"
	case q.quote == '"':
		values = "holds double quotes or backslashes"
	case word.end-word.start == h.End-h.Start:
		values = "is empty or " + values
	}
	if h.Format != "s" {
		values += ", or is not all ASCII" // of which printf counts the bytes, not the characters
	}
	return fmt.Sprintf(", unless %s %s", name, values)
}

// leave says that a hole is left in place.
func (w *wordWriter) leave(h ir.Hole, a advice) {
	if strings.ContainsAny(a.text, "\"'\\") {
		w.advised.WriteString(a.text)
	}
	w.sink.Add(leftInPlace(w.program.Section, w.setting, h, w.target(w.setting), a.words))
}
