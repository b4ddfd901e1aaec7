package passes

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/runwisp/runwisp/internal/byteset"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes/shell"
)

// lowerCommand writes the command as the source has it; the quote pass then
// makes shell text of it, unless it is that already.
func lowerCommand(u *unit, row *optionRow, setting *ir.Setting) {
	if u.mayFail(setting, "'\"\\\x00") {
		if filled := u.filled(row, setting, &u.arena.quiet); u.fails(&filled) || u.fails(setting) {
			setting = &filled
		}
	}
	raw := setting.Text.String()
	plain := shell.IsPlain(raw)
	words, reason := u.notableWords(setting, plain)
	switch {
	case reason != "":
		hint := "Close the quote, or escape it with a backslash."
		if reason == noEscaped {
			hint = "Remove the backslash at the end."
		}
		u.cannotRun(diag.UnbalancedQuote, setting, "command cannot be split into arguments: "+reason, hint)
	case len(words) == 0:
		setting.Option.Settle(ir.Noted, diag.EmptyCommand)
		u.tell(diag.EmptyCommand, setting, "command is empty", "Give the program a command, or remove the section.")
		u.table.Disabled = true
		return
	case strings.IndexByte(raw, 0) >= 0:
		u.cannotRun(diag.NulByte, setting, "command holds a NUL, which no argument can", "Remove it.")
	case len(raw) > maxArgument:
		u.cannotRun(diag.OutOfRange, setting,
			fmt.Sprintf("command is %d bytes long; a shell takes it as one argument, of which Linux allows %d", len(raw), maxArgument),
			"Put it into a script, and run that.")
	}
	u.tellCommand(setting, words)
	advised := u.advisedForRun()
	if plain && advised == "" {
		u.entry(row, setting, ir.String(raw))
		return
	}
	command := u.arena.commands.one()
	*command = ir.Command{Text: setting.Text, Holes: setting.Holes, Advised: advised}
	u.entry(row, setting, ir.Value{Kind: ir.CommandValue, Command: command})
	u.finishWords(setting, command, words)
}

// fails reports whether supervisord cannot split a command, or what that makes of
// it cannot be run.
func (u *unit) fails(setting *ir.Setting) bool {
	words, reason := u.notableWords(setting, false)
	return reason != "" || len(words) == 0 || strings.IndexByte(setting.Text.String(), 0) >= 0
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
	r := newCommandReader(setting.Text.String(), setting.Holes)
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
	case isRelativePath(first.value) && first.value[0] == '~':
		u.tellAt(diag.RelativeCommand, span, setting, fmt.Sprintf("command %q is relative: supervisord expands no tilde, and neither does the output", first.value),
			"Write the whole path.")
	case isRelativePath(first.value):
		u.tellAt(diag.RelativeCommand, span, setting, fmt.Sprintf("command %q is relative to the directory of the program, and supervisord starts it only if its own directory holds it too", first.value),
			"Write the whole path.")
	case shell.IsBuiltin(first.value):
		hint := fmt.Sprintf("Write \"exec %s\" in run to start the program on PATH.", first.value)
		if !shell.HasProgram(first.value) {
			hint = "Check that it starts today: few machines have a program of that name."
		}
		u.tellAt(diag.ShellBuiltin, span, setting,
			fmt.Sprintf("%s is built into the shell, which runs its own in place of the program", first.value), hint)
	}
	u.tellSupervisorVariables(setting)
	u.tellSupervisorPrograms(setting)
	for _, w := range words {
		if w.lineBreak {
			u.tellAt(diag.TrailingBackslash, setting.Text.SpanOf(w.start, w.end), setting,
				"backslash at the end of a line makes the line feed a part of the next argument",
				"Remove the backslash: lines are joined without it.")
			return
		}
	}
}

func isRelativePath(name string) bool {
	return strings.Contains(name, "/") && !strings.HasPrefix(name, "/")
}

// supervisorPrefix starts the supervisorVariables, which supervisord sets for its
// children.
const supervisorPrefix = "SUPERVISOR_"

var supervisorVariables = [...]string{
	supervisorPrefix + "ENABLED",
	supervisorPrefix + "SERVER_URL",
	supervisorPrefix + "PROCESS_NAME",
	supervisorPrefix + "GROUP_NAME",
}

// tellSupervisorVariables warns of variables that nobody sets any more. One that the
// configuration sets has its value from there, under supervisord too.
func (u *unit) tellSupervisorVariables(setting *ir.Setting) {
	text := setting.Text.String()
	if !strings.Contains(text, supervisorPrefix) {
		return // as nearly always
	}
	for _, name := range supervisorVariables {
		i := indexWord(text, name, inName)
		if i < 0 || u.setsItself(name) {
			continue
		}
		u.tellAt(diag.SupervisorVariable, setting.Text.SpanOf(i, i+len(name)), setting,
			name+" is set by supervisord, and not by RunWisp", "Set it in the env of the unit, if the program needs it.")
	}
}

// setsItself reports whether a variable is in the environment of the program, or in
// that of [supervisord].
func (u *unit) setsItself(name string) bool {
	_, ok := u.ownVariable(name, "command")
	return ok
}

// supervisorPrograms are the programs that come with supervisor and that other
// programs call, and what to do about a call.
var supervisorPrograms = [...]struct{ name, effect, hint string }{
	{"supervisorctl", "reaches supervisord, and not RunWisp", "Use RunWisp's REST API in its place."},
	{"pidproxy", "is a part of supervisor", "Keep supervisor installed as long as a command needs it."},
}

// tellSupervisorPrograms warns of calls of what comes with supervisor.
func (u *unit) tellSupervisorPrograms(setting *ir.Setting) {
	text := setting.Text.String()
	for _, p := range supervisorPrograms {
		if i := indexWord(text, p.name, inFileName); i >= 0 {
			u.tellAt(diag.SupervisorProgram, setting.Text.SpanOf(i, i+len(p.name)), setting, p.name+" "+p.effect, p.hint)
		}
	}
}

// indexWord returns where a word stands first in a text, or -1. A byte beside it that
// is in a word makes another one of it.
func indexWord(text, word string, in func(byte) bool) int {
	for end := 0; ; {
		i := strings.Index(text[end:], word)
		if i < 0 {
			return -1
		}
		start := end + i
		end = start + len(word)
		if (start == 0 || !in(text[start-1])) && (end == len(text) || !in(text[end])) {
			return start
		}
	}
}

// inName and inFileName report whether a byte can be in the name of a variable, and
// in that of a program.
func inName(c byte) bool     { return shell.InName(rune(c)) }
func inFileName(c byte) bool { return inName(c) || c == '-' || c == '.' }

// finishWords settles the words that hold expansions: they are finished where
// that can be done exactly and is asked for, and are left in place otherwise,
// with a TODO for each of their holes.
func (u *unit) finishWords(setting *ir.Setting, command *ir.Command, words []word) {
	if len(setting.Holes) == 0 {
		return
	}
	w := wordWriter{unit: u, setting: setting, around: quotesAround(setting), escaped: needsEscapes(setting.Text.String())}
	var left []leftHole
	for i, word := range words {
		if len(word.holes) == 0 {
			continue
		}
		holes, filled := holesAt(setting.Holes, word), w.fill(word, i == 0)
		if filled.exact && u.opts.Resolve {
			command.Finished = append(command.Finished, ir.FinishedWord{Start: word.start, Text: filled.text})
			u.tellResolved(setting, holes)
			continue
		}
		for _, h := range holes {
			if !h.Refused {
				left = append(left, leftHole{h, w.advise(h, word, filled)})
			}
		}
	}
	w.leave(left)
	command.Advised += w.advised.String()
}

// needsEscapes reports whether no string of TOML can hold a text as it stands.
func needsEscapes(text string) bool {
	return !byteset.Printable.HasAll(text) && strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) }) >= 0
}

// tellResolved notes, once a unit, that variables stand in place of holes, and
// each that printf cuts or pads.
func (u *unit) tellResolved(setting *ir.Setting, holes []ir.Hole) {
	for _, h := range holes {
		switch {
		case !strings.HasPrefix(h.Name, envPrefix):
		case h.Format != "s":
			u.tellAt(diag.ResolvedExpansion, h.Span, setting,
				fmt.Sprintf("printf stands in place of %s: the same for a value of one word in ASCII without quotes and backslashes", h.Span.Text()), "")
		case u.isFirst(diag.ResolvedExpansion):
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
	if name, ok := strings.CutPrefix(h.Name, envPrefix); ok && shell.IsName(name) && q.takesText(h.Format) && u.changes(name) == "" && !u.breaks(name, q) {
		return q.variable(name, h.Format), false, true
	}
	if h.Name == "process_num" {
		text, ok = u.instanceNumber(h, q)
	}
	return text, false, ok
}

// breaks reports whether what is known of a variable that the configuration sets
// might, filled into the quotes that are open, not stay a part of one word.
func (u *unit) breaks(name string, q quoting) bool {
	own, _ := u.ownVariable(name, "command")
	if own.Value.Len() > maxConstant {
		return true // nobody looks through it for each hole again
	}
	return strings.ContainsAny(withLetters(own.Value.String(), own.Holes), q.breaking())
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
	case shell.SetsVariable(name):
		return "the shell sets " + name + " itself"
	case name == instanceIndex:
		return "RunWisp sets " + name + " itself"
	case slices.Contains(identity, name) && user.IsSet() && user.State != ir.Invalid && !own:
		return "RunWisp sets " + name + " to that of the user"
	case !own && u.mayName(name, "command"):
		return "a variable whose name is filled in may be " + name
	}
	return ""
}

// unknownValue is the advice where there is no exact replacement, importAgain
// where none can be written into the output.
const (
	unknownValue = "Write the value that supervisord has there today."
	importAgain  = "Write the value that supervisord has there today into the source, and import again."
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
