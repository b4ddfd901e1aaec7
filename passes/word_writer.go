package passes

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/passes/shell"
)

// A wordWriter fills in the holes of the words of a command.
type wordWriter struct {
	*unit
	setting *ir.Setting
	around  []quoting       // of each hole
	escaped bool            // the command holds what TOML takes only as an escape
	advised strings.Builder // what was advised to write that holds quotes
}

// aroundAt returns what is around the hole that starts at an offset.
func (w *wordWriter) aroundAt(start int) quoting {
	holes := w.setting.Holes
	return w.around[sort.Search(len(holes), func(i int) bool { return holes[i].Start >= start })]
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
	if first && w.namesJob(word) {
		return filledWord{whole: true}
	}
	if !shell.Keeps(withLetters(raw, inRaw), first) {
		return w.quoted(word)
	}
	var b strings.Builder
	b.Grow(len(raw) + longWord)
	from, bare := 0, false
	for _, h := range inRaw {
		q := w.aroundAt(word.start + h.Start)
		text, fixed, ok := w.filling(h, q)
		if !ok {
			return filledWord{}
		}
		bare = bare || fixed && q.quote == 0
		b.WriteString(raw[from:h.Start])
		b.WriteString(text)
		from = h.End
	}
	b.WriteString(raw[from:])
	if bare && !keepsAll(w.foreseen(raw, word, inRaw), first) {
		return w.quoted(word)
	}
	if first && b.Len() == 0 {
		return filledWord{whole: true} // the next word comes first then
	}
	return filledWord{text: b.String(), exact: true}
}

// keepsAll reports whether a shell keeps what is to be read as one word or, where
// a value of several stands in it, as these.
func keepsAll(text string, first bool) bool {
	start, _, several := strings.Cut(text, " ")
	return shell.Keeps(text, first) && !(several && first && !shell.Keeps(start, first))
}

// namesJob reports whether a word starts with a fixed value for which bash takes
// it for a job.
func (w *wordWriter) namesJob(word word) bool {
	if word.holes[0].start > 0 {
		return false
	}
	value, ok := w.constant(holesAt(w.setting.Holes, word)[0], "command")
	return ok && shell.NamesJob(value)
}

// foreseen returns a word with those holes filled whose values can mean something
// to a shell together with what is around: fixed ones outside quotes. A letter
// takes the place of the others.
func (w *wordWriter) foreseen(raw string, word word, inRaw []ir.Hole) string {
	return replaceHoles(raw, inRaw, func(h ir.Hole) string {
		q := w.aroundAt(word.start + h.Start)
		if text, fixed, _ := w.filling(h, q); fixed && q.quote == 0 {
			return text
		}
		return string(anyLetter)
	})
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
	around := w.aroundAt(h.Start)
	if _, ok := w.replacement(h, around); !ok || around.quote != 0 {
		return ok
	}
	if value, ok := w.constant(h, "command"); ok {
		return !strings.ContainsAny(value, around.breaking())
	}
	return !padsWithBlanks(h.Format)
}

// padsWithBlanks reports whether a format may write blanks around a number.
func padsWithBlanks(format string) bool {
	return strings.ContainsAny(format, " 123456789") && (format[0] != '0' || strings.Contains(format, "-"))
}

// An advice says what to write in place of a hole.
type advice struct {
	text  string // where that is known, with what it joins
	words string
}

// advise says what to write in place of a hole of a word, or of the whole word.
func (w *wordWriter) advise(h ir.Hole, word word, filled filledWord) advice {
	text, ok := w.replacement(h, w.aroundAt(h.Start))
	_, fixed := w.constant(h, "command")
	switch {
	case !shows(filled.text) || !pastes(filled.text) || w.escaped && filled.exact && strings.ContainsAny(filled.text, quotesAndEscapes):
		return advice{words: onlyResolve}
	case filled.exact && filled.whole:
		return advice{filled.text, fmt.Sprintf("Write the whole word as `%s`%s%s.", filled.text, asResolve, w.proviso(h, word))}
	case filled.exact:
		return advice{inWord(text, filled.text), replaceWith(h, text, asResolve+w.proviso(h, word))}
	case ok && !filled.whole:
		return advice{text, replaceWith(h, text, w.proviso(h, word))}
	case fixed:
		return advice{words: onlyResolve}
	case filled.whole && w.unknownAdvice(h) == unknownValue:
		return advice{words: "Write the whole word as supervisord has it today, quoted for the shell."}
	}
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && w.changes(name) != "" {
		return advice{words: fmt.Sprintf("Write the value that supervisord has there today: %s.", w.changes(name))}
	}
	return advice{words: w.unknownAdvice(h)}
}

// inWord returns what is advised for a hole in the word that comes of it: quotes
// join those around them. Without quotes there is nothing to join.
func inWord(text, word string) string {
	if strings.ContainsAny(text, quotesAndEscapes) {
		return word
	}
	return text
}

// pastes reports whether there is a TOML string into which a text can be pasted:
// one without escapes, that does not end in it.
func pastes(text string) bool {
	return !strings.Contains(text, "'''") || !strings.Contains(text, `"""`) && !strings.Contains(text, `\`)
}

// quotesAndEscapes are what TOML cannot hold in every string as it stands.
const quotesAndEscapes = "\"'\\"

// proviso says which values of a variable its replacement is not exact for:
// supervisord fills the value in first, and then reads it as a part of the
// command.
func (w *wordWriter) proviso(h ir.Hole, word word) string {
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if !isVariable {
		return ""
	}
	q := w.aroundAt(h.Start)
	if _, fixed, _ := w.filling(h, q); fixed {
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

// A leftHole is a hole that is left in place, with what to write there.
type leftHole struct {
	ir.Hole
	advice advice
}

// leave says what is left in place: each expansion once with the same advice and,
// where there are several for one, which of them it means.
func (w *wordWriter) leave(left []leftHole) {
	if len(left) == 1 {
		w.leaveOne(&left[0], "")
		return
	}
	type said struct{ text, words string }
	places := map[said][]int{}
	count := map[string]int{} // by text
	key := func(h *leftHole) said { return said{h.Span.Text(), h.advice.words} }
	for i := range left {
		h := &left[i]
		count[h.Span.Text()]++
		places[key(h)] = append(places[key(h)], count[h.Span.Text()])
	}
	for i := range left {
		h := &left[i]
		meant := places[key(h)]
		if meant == nil {
			continue // it was said
		}
		places[key(h)] = nil
		which := ""
		if all := count[h.Span.Text()]; len(meant) < all {
			which = fmt.Sprintf(" (%s of %d)", numbers(meant), all)
		}
		w.leaveOne(h, which)
	}
}

// leaveOne says that a hole is left in place, and which of several alike it is.
func (w *wordWriter) leaveOne(h *leftHole, which string) {
	if strings.ContainsAny(h.advice.text, quotesAndEscapes) {
		w.advised.WriteString(h.advice.text + " ")
	}
	w.sink.Add(leftInPlace(w.program.Section, w.setting, h.Hole, which, w.target(w.setting), h.advice.words))
}

// numbers lists which of several are meant.
func numbers(list []int) string {
	text := make([]string, len(list))
	for i, n := range list {
		text[i] = strconv.Itoa(n)
	}
	if len(text) == 1 {
		return "number " + text[0]
	}
	return "numbers " + strings.Join(text, ", ")
}
