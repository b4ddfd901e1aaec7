package passes

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// lowerCommand writes the command as the source has it; the quote pass then
// makes shell text of it, unless it is that already.
func lowerCommand(u *unit, row *optionRow, setting *ir.Setting) {
	raw := setting.Text.String()
	plain := isPlainInShell(raw)
	words, reason := u.notableWords(setting, plain)
	switch {
	case reason != "":
		hint := "Close the quote, or escape it with a backslash."
		if reason == noEscaped {
			hint = "Remove the backslash at the end."
		}
		u.tellTable(diag.UnbalancedQuote, setting, "command cannot be split into arguments: "+reason, hint)
		u.table.Disabled = true
	case len(words) == 0:
		setting.Option.Settle(ir.Noted, diag.EmptyCommand)
		u.tell(diag.EmptyCommand, setting, "command is empty", "Give the program a command, or remove the section.")
		u.table.Disabled = true
		return
	case strings.IndexByte(raw, 0) >= 0:
		u.tellTable(diag.NulByte, setting, "command holds a NUL, which no argument can", "Remove it.")
		u.table.Disabled = true
	case len(raw) > maxArgument:
		u.tellTable(diag.OutOfRange, setting,
			fmt.Sprintf("command is %d bytes long; a shell takes it as one argument, of which Linux allows %d", len(raw), maxArgument),
			"Put it into a script, and run that.")
		u.table.Disabled = true
	}
	u.tellCommand(setting, words)
	if plain {
		u.entry(row, setting, ir.String(raw))
		return
	}
	command := u.arena.commands.one()
	*command = ir.Command{Text: setting.Text, Holes: setting.Holes}
	u.entry(row, setting, ir.Value{Kind: ir.CommandValue, Command: command})
	u.finishWords(row, setting, command, words)
}

// maxArgument is how many bytes an argument has at most under Linux, which counts
// a NUL behind them. supervisord hands on each word as an argument of its own.
const maxArgument = 128<<10 - 1

// notableWords returns those words of a command of which there can be more to say
// than that they are there: the first, and those with expansions or line feeds,
// which a plain command has none of.
func (u *unit) notableWords(setting *ir.Setting, plain bool) (words []word, reason string) {
	words = u.arena.words[:0]
	if plain {
		raw := setting.Text.String()
		first, _, _ := strings.Cut(raw, " ")
		u.arena.words = append(words, word{end: len(first), value: first})
		return u.arena.words, ""
	}
	r := newCommandReader(setting.Text, setting.Holes)
	for r.nextWord() {
		if len(words) == 0 || len(r.word.holes) > 0 || r.word.lineBreak {
			words = append(words, r.word)
		}
	}
	u.arena.words = words
	return words, r.reason
}

// tellCommand notes what is worth knowing of a command that can be split.
func (u *unit) tellCommand(setting *ir.Setting, words []word) {
	if len(words) == 0 {
		return
	}
	first := words[0]
	span := setting.Text.SpanOf(first.start, first.end)
	switch {
	case len(first.holes) > 0:
	case isRelativePath(first.value):
		u.tellAt(diag.RelativeCommand, span, setting, fmt.Sprintf("command %q is relative: supervisord looks for it from its own directory, RunWisp from that of the unit", first.value),
			"Write the whole path.")
	case isBuiltin(first.value):
		u.tellAt(diag.ShellBuiltin, span, setting, fmt.Sprintf("%s is built into the shell, which runs its own in place of the program", first.value),
			fmt.Sprintf("Write \"exec %s\" to run the program on PATH.", first.value))
	}
	if i := strings.Index(setting.Text.String(), supervisorPrefix); i >= 0 {
		end := i + len(supervisorPrefix)
		for end < setting.Text.Len() && !notInKey(rune(setting.Text.String()[end])) {
			end++
		}
		u.tellAt(diag.SupervisorVariable, setting.Text.SpanOf(i, end), setting,
			fmt.Sprintf("%s is set by supervisord, and not by RunWisp", setting.Text.String()[i:end]),
			"Set it in the env of the unit, if the program needs it.")
	}
	for _, w := range words {
		if w.lineBreak {
			u.tellAt(diag.TrailingBackslash, setting.Text.SpanOf(w.start, w.end), setting,
				"backslash at the end of a line makes the line feed a part of the next argument",
				"Remove the backslash: lines are joined without it.")
			return
		}
	}
}

// supervisorPrefix starts the variables that supervisord sets for its children.
const supervisorPrefix = "SUPERVISOR_"

// finishWords settles the words that hold expansions: they are finished where
// that can be done exactly and is asked for, and are left in place otherwise,
// with a TODO for each of their holes.
func (u *unit) finishWords(row *optionRow, setting *ir.Setting, command *ir.Command, words []word) {
	if len(setting.Holes) == 0 {
		return
	}
	w := wordWriter{unit: u, setting: setting, around: quotesAround(setting)}
	said := map[string]bool{}
	var advised strings.Builder
	for i, word := range words {
		if len(word.holes) == 0 {
			continue
		}
		text, whole, exact := w.finish(word, i == 0)
		if exact && u.opts.Resolve {
			command.Finished = append(command.Finished, ir.FinishedWord{Start: word.start, Text: text})
			u.tellResolved(setting, holesAt(setting.Holes, word))
			continue
		}
		for _, h := range holesAt(setting.Holes, word) {
			if h.Refused {
				continue
			}
			replacement, advice := w.advice(h, word)
			switch {
			case whole && exact:
				replacement, advice = text, fmt.Sprintf("Write the whole word as `%s`, as --resolve does%s.", text, w.proviso(h, word))
			case whole:
				replacement, advice = "", w.unknownAdvice(h)
			}
			if key := h.Name + h.Format + advice; !said[key] {
				said[key] = true
				if strings.ContainsAny(replacement, "\"'\\") {
					advised.WriteString(replacement)
				}
				u.sink.Add(leftInPlace(u.program.Section, setting, h,
					diag.Target{Unit: u.program.Number, Key: row.target}, advice))
			}
		}
	}
	command.Advised = advised.String()
}

// tellResolved notes, once a unit, that variables stand in place of holes.
func (u *unit) tellResolved(setting *ir.Setting, holes []ir.Hole) {
	for _, h := range holes {
		if strings.HasPrefix(h.Name, envPrefix) && u.isFirst(diag.ResolvedExpansion) {
			u.tellAt(diag.ResolvedExpansion, h.Span, setting,
				fmt.Sprintf("a variable stands in place of %s: the same for a value of one word without quotes and backslashes", h.Span.Text()), "")
		}
	}
}

// holesAt returns the holes of a word, as they stand in the whole text.
func holesAt(holes []ir.Hole, w word) []ir.Hole {
	first := sort.Search(len(holes), func(i int) bool { return holes[i].Start >= w.holes[0].at })
	return holes[first : first+len(w.holes)]
}

// A wordWriter fills in the holes of words.
type wordWriter struct {
	*unit
	setting *ir.Setting
	around  map[int]quoting
}

// finish returns a word with its holes filled. Where a shell would read the
// rest of it otherwise than supervisord, the whole word is written anew.
func (w *wordWriter) finish(word word, first bool) (text string, whole, exact bool) {
	raw := w.setting.Text.String()[word.start:word.end]
	inRaw := holesIn(w.setting.Holes, word.start, word.end)
	if !shellKeeps(withLetters(raw, inRaw), first) {
		text, exact = w.quoted(word)
		return text, true, exact
	}
	var b strings.Builder
	b.Grow(len(raw) + longWord)
	from, fixed := 0, 0
	for i, h := range holesAt(w.setting.Holes, word) {
		q := w.around[h.Start]
		replacement, isFixed, ok := w.filling(h, q)
		if !ok {
			return "", false, false
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
	if fixed > 0 && !shellKeeps(foreseen, first) {
		text, exact = w.quoted(word)
		return text, true, exact
	}
	return b.String(), false, true
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
func (w *wordWriter) quoted(word word) (string, bool) {
	q := quoting{quote: '"'}
	var b strings.Builder
	from := 0
	for i, h := range holesAt(w.setting.Holes, word) {
		at := word.holes[i]
		b.WriteString(inDoubleQuotes.Replace(word.value[from:at.start]))
		q.next = 0
		if at.end < len(word.value) {
			q.next = word.value[at.end]
		}
		text, ok := w.replacement(h, q)
		if !ok || !w.staysWhole(h) {
			return "", false
		}
		b.WriteString(text)
		from = at.end
	}
	return `"` + b.String() + inDoubleQuotes.Replace(word.value[from:]) + `"`, true
}

// staysWhole reports whether what supervisord fills in is a part of the word:
// outside quotes it would be split.
func (w *wordWriter) staysWhole(h ir.Hole) bool {
	around := w.around[h.Start]
	if _, ok := w.replacement(h, around); !ok || around.quote != 0 {
		return ok
	}
	if value, ok := w.constant(h, "command"); ok {
		return !strings.ContainsAny(value, " \t\r\n'\"\\")
	}
	return h.Format[0] == '0' || !strings.ContainsAny(h.Format, " 123456789")
}

// advice says what to write in place of one hole of a word, where that is known
// as text and in any case in words.
func (w *wordWriter) advice(h ir.Hole, word word) (replacement, words string) {
	if text, ok := w.replacement(h, w.around[h.Start]); ok {
		return text, replaceWith(h, text, w.proviso(h, word))
	}
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && w.changes(name) != "" {
		return "", fmt.Sprintf("Write the value that supervisord has there today: %s.", w.changes(name))
	}
	return "", w.unknownAdvice(h)
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
	return fmt.Sprintf(", unless %s %s", name, values)
}

// replacement returns the shell text that stands for a hole.
func (u *unit) replacement(h ir.Hole, q quoting) (string, bool) {
	text, _, ok := u.filling(h, q)
	return text, ok
}

// filling returns the same, and whether it is a fixed value, which the shell reads
// together with what is around.
func (u *unit) filling(h ir.Hole, q quoting) (text string, fixed, ok bool) {
	if h.Refused || q.escaped {
		return "", false, false // a backslash in front would change the meaning
	}
	if value, ok := u.constant(h, "command"); ok {
		text, ok = q.literal(value)
		return text, true, ok
	}
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && isIdentifier(name) && q.takesText(h.Format) && u.changes(name) == "" {
		return q.variable(name, h.Format), false, true
	}
	if h.Name == "process_num" {
		text, ok = u.instanceNumber(h, q)
	}
	return text, false, ok
}

// identity are the variables that RunWisp, unlike supervisord, sets to those of
// the user of a unit.
var identity = []string{"HOME", "USER", "LOGNAME"}

// changes says who gives a variable another value in the command than the daemon
// has, or "".
func (u *unit) changes(name string) string {
	user := u.program.Setting("user")
	_, own := u.ownVariable(name, "command")
	switch {
	case isShellVariable(name):
		return "the shell sets " + name + " itself"
	case slices.Contains(identity, name) && user.IsSet() && user.State != ir.Invalid && !own:
		return "RunWisp sets " + name + " to that of the user"
	}
	return ""
}

// unknownValue is the advice where there is no exact replacement, importAgain
// where none can be written into the output.
const (
	unknownValue = "Write the value that supervisord has there today."
	importAgain  = "Write the value that supervisord has there today into supervisord.conf, and import again."
)

// instanceNumber writes the number of the process, which RunWisp counts from 0,
// and without gaps.
func (u *unit) instanceNumber(h ir.Hole, q quoting) (string, bool) {
	start := u.program.Setting("numprocs_start")
	if u.task || !start.IsSure() || len(u.lost[u.program]) > 0 {
		return "", false
	}
	text, ok := q.instance(h.Format, start.IntOr(0))
	if ok && q.quote == '\'' {
		return `'"` + text + `"'`, true
	}
	return text, ok
}
