package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// lowerCommand writes the command as the source has it; the quote pass then
// makes shell text of it.
func lowerCommand(u *unit, row *optionRow, setting *ir.Setting) {
	words, reason := splitCommand(setting.Text, setting.Holes)
	switch {
	case reason != "":
		hint := "Close the quote, or escape it with a backslash."
		if strings.HasSuffix(setting.Text.String(), `\`) {
			hint = "Remove the backslash at the end."
		}
		u.tellTable(diag.UnbalancedQuote, setting, "command cannot be split into arguments: "+reason, hint)
		u.table.Disabled = true
	case len(words) == 0:
		setting.Option.Settle(ir.Noted, diag.EmptyCommand)
		u.tell(diag.EmptyCommand, setting, "command is empty", "Give the program a command, or remove the section.")
		u.table.Disabled = true
		return
	case strings.IndexByte(setting.Text.String(), 0) >= 0:
		u.tellTable(diag.NulByte, setting, "command holds a NUL, which no argument can", "Remove it.")
		u.table.Disabled = true
	}
	u.entry(row, setting, &ir.Command{Text: setting.Text, Holes: setting.Holes})
	u.tellCommand(setting, words)
	u.tellHoles(row, setting, words)
}

// tellHoles says what to write in place of each hole of a command. That
// depends on the quotes around it, so that holes alike can need several words.
func (u *unit) tellHoles(row *optionRow, setting *ir.Setting, words []word) {
	around := quotesAround(setting)
	misread := u.misreadWords(setting, words)
	said := map[string]bool{}
	for _, h := range setting.Holes {
		if h.Refused {
			continue
		}
		advice, ok := misread[h.Start]
		if !ok {
			advice = u.runAdvice(h, around[h.Start])
		}
		if key := h.Name + h.Format + advice; !said[key] {
			said[key] = true
			u.sink.Add(leftInPlace(u.program.Section, setting, h,
				diag.Target{Unit: u.program.Number, Key: row.target}, advice))
		}
	}
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

// misreadWords finds the words with holes that a shell would read otherwise
// than supervisord even once the holes are filled. For their holes, by place,
// it says how to write the whole word.
func (u *unit) misreadWords(setting *ir.Setting, words []word) map[int]string {
	out := map[int]string{}
	raw := setting.Text.String()
	for i, w := range words {
		if len(w.holes) == 0 || shellKeeps(withLetters(raw[w.start:w.end], holesIn(setting.Holes, w.start, w.end)), i == 0) {
			continue
		}
		advice := unknownValue
		if text, ok := u.quotedWord(w, setting.Holes); ok {
			advice = fmt.Sprintf("Write the whole word as `%s`.", text)
		}
		for _, h := range w.holes {
			out[h.at] = advice
		}
	}
	return out
}

// quotedWord writes a word in double quotes with its holes filled.
func (u *unit) quotedWord(w word, holes []ir.Hole) (string, bool) {
	q := quoting{quote: '"'}
	var b strings.Builder
	from := 0
	for _, h := range w.holes {
		b.WriteString(q.literal(w.value[from:h.start]))
		i := slices.IndexFunc(holes, func(hole ir.Hole) bool { return hole.Start == h.at })
		q.next = 0
		if h.end < len(w.value) {
			q.next = w.value[h.end]
		}
		text, ok := u.replacement(holes[i], q)
		if !ok {
			return "", false
		}
		b.WriteString(text)
		from = h.end
	}
	return `"` + b.String() + q.literal(w.value[from:]) + `"`, true
}

// A quoting says what is around a place in a command.
type quoting struct {
	quote   byte // the open quote, or 0
	next    byte // the character behind, or 0
	escaped bool // a backslash is in front
}

// quotesAround returns what is around each hole of a command.
func quotesAround(setting *ir.Setting) map[int]quoting {
	out := make(map[int]quoting, len(setting.Holes))
	text := setting.Text.String()
	quote := byte(0)
	escaped := false
	for _, g := range glyphs(setting.Text, setting.Holes) {
		switch {
		case g.r == holeRune:
			q := quoting{quote: quote, escaped: escaped}
			if g.end < len(text) {
				q.next = text[g.end]
			}
			out[g.start] = q
			escaped = false
		case escaped:
			escaped = false
		case g.r == '\\' && quote != '\'':
			escaped = true
		case quote == 0 && isQuote(g.r):
			quote = byte(g.r)
		case quote != 0 && g.r == rune(quote):
			quote = 0
		}
	}
	return out
}

// instanceIndex is the variable that RunWisp sets for each instance.
const instanceIndex = "RUNWISP_INSTANCE_INDEX"

// runAdvice says what to write in place of a hole in run.
func (u *unit) runAdvice(h ir.Hole, q quoting) string {
	if text, ok := u.replacement(h, q); ok {
		return fmt.Sprintf("Replace it with `%s`.", text)
	}
	return unknownValue
}

// replacement returns the shell text that stands for a hole.
func (u *unit) replacement(h ir.Hole, q quoting) (string, bool) {
	if h.Refused || q.escaped {
		return "", false // a backslash in front would change the meaning
	}
	if value, ok := u.constant(h, "command"); ok {
		return q.literal(value), true
	}
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && isIdentifier(name) {
		return q.variable(name, h.Format), true
	}
	if h.Name == "process_num" {
		return u.processNumber(h, q)
	}
	return "", false
}

// unknownValue is the advice where there is no exact replacement.
const unknownValue = "Write the value that supervisord has there today."

// literal writes a fixed value into the quotes that are open.
func (q quoting) literal(value string) string {
	switch {
	case q.quote == '\'':
		return strings.ReplaceAll(value, "'", `'\''`)
	case q.quote == '"':
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(value)
	case value != "" && shellKeeps(value, false) && !strings.ContainsAny(value, " \t\r\n'\"\\"):
		return value
	}
	return shellQuote(value)
}

// variable writes a variable of the environment into the quotes that are open.
func (q quoting) variable(name, format string) string {
	text := "$" + name
	switch {
	case format != "s":
		text = fmt.Sprintf(`$(printf '%%%s' "$%s")`, format, name)
	case q.quote == '"':
		return q.name(name)
	}
	switch q.quote {
	case '\'':
		return `'"` + text + `"'`
	case '"':
		return text
	}
	return `"` + text + `"`
}

// name writes "$X", with braces where the next character would belong to the
// name.
func (q quoting) name(name string) string {
	if !notInKey(rune(q.next)) {
		return "${" + name + "}"
	}
	return "$" + name
}

// processNumber writes the number of the process, which RunWisp counts from 0.
func (u *unit) processNumber(h ir.Hole, q quoting) (string, bool) {
	if u.task || !isSure(u.program.Setting("numprocs_start")) {
		return "", false
	}
	text := q.name(instanceIndex)
	if start := u.program.Setting("numprocs_start").IntOr(0); start != 0 {
		text = fmt.Sprintf("$((%s + %d))", instanceIndex, start)
	}
	switch verb := h.Format[len(h.Format)-1]; {
	case h.Format == "s" || h.Format == "d" || h.Format == "i" || h.Format == "u":
	case strings.IndexByte("sdiuoxX", verb) >= 0 && !strings.Contains(h.Format, "#"):
		if text[1] != '(' {
			text = "$" + instanceIndex
		}
		text = fmt.Sprintf(`$(printf %%%s "%s")`, h.Format, text)
	default:
		return "", false
	}
	if q.quote == '\'' {
		return `'"` + text + `"'`, true
	}
	return text, true
}
