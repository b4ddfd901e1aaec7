package passes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes/percent"
	"github.com/runwisp/runwisp/passes/shell"
)

// literalText writes a text for a key in which RunWisp substitutes ${NAME}:
// every key but run.
func literalText(s string) string {
	if strings.IndexByte(s, '$') < 0 {
		return s // as nearly always, and found out much faster
	}
	return strings.ReplaceAll(s, "${", "$${")
}

// text returns the value of a textual option, and tells what is left in place.
func (u *unit) text(setting *ir.Setting) string {
	text, left := u.fill(setting)
	for _, h := range distinct(left) {
		u.sink.Add(leftInPlace(u.program.Section, setting, h, "", u.target(setting), u.textAdvice(h, setting.Key, "")))
	}
	return text
}

// fill returns the value of a textual option with what is left in place.
func (u *unit) fill(setting *ir.Setting) (text string, left []ir.Hole) {
	if len(setting.Holes) == 0 {
		return literalText(setting.Text.String()), nil
	}
	f := filler{resolve: u.opts.Resolve, replace: func(h ir.Hole) (string, bool) { return u.textReplacement(h, setting.Key) }}
	text = f.fill(setting.Text.String(), setting.Holes)
	return text, f.left
}

// A filler puts replacements in place of the holes of a text, where that is
// asked for and there are any.
type filler struct {
	resolve bool
	replace func(ir.Hole) (string, bool)
	left    []ir.Hole // those that stay
	filled  []ir.Hole // the others
}

func (f *filler) fill(text string, holes []ir.Hole) string {
	var b strings.Builder
	from := 0
	for _, h := range holes {
		b.WriteString(literalText(text[from:h.Start]))
		from = h.End
		h.AfterDollar = strings.HasSuffix(b.String(), "$")
		if replacement, ok := f.replace(h); ok && f.resolve && !h.Refused && !joinsDollar(h, replacement) {
			b.WriteString(replacement)
			f.filled = append(f.filled, h)
			continue
		}
		f.left = append(f.left, h)
		b.WriteString(text[h.Start:h.End])
	}
	return b.String() + literalText(text[from:])
}

// joinsDollar reports whether RunWisp would read a replacement together with the
// dollar sign in front: as the escape of a substitution, or as one.
func joinsDollar(h ir.Hole, replacement string) bool {
	return h.AfterDollar && (strings.HasPrefix(replacement, "{") || strings.HasPrefix(replacement, "${"))
}

// leftInPlace says that a hole is left in place, and which of several alike it is,
// or "" where all of them are.
func leftInPlace(sec *ir.Section, setting *ir.Setting, h ir.Hole, which string, target diag.Target, advice string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.UnresolvedExpansion,
		Span:    h.Span,
		Subject: optionName(sec, setting.Key),
		Message: h.Span.Text() + which + " is left in place",
		Hint:    advice,
		Target:  target,
	}
}

// distinct returns the first hole of each text: one TODO says it for all. What
// supervisord refuses anyway needs no further word.
func distinct(holes []ir.Hole) []ir.Hole {
	type looks struct {
		name, format string
		afterDollar  bool
	}
	var out []ir.Hole
	seen := map[looks]bool{}
	for _, h := range holes {
		if l := (looks{h.Name, h.Format, h.AfterDollar}); !h.Refused && !seen[l] {
			seen[l] = true
			out = append(out, h)
		}
	}
	return out
}

// textAdvice says what to write in place of a hole in an option, unless that
// is the command. Unless is added to where a replacement is advised.
func (u *unit) textAdvice(h ir.Hole, key, unless string) string {
	if text, ok := u.textReplacement(h, key); ok {
		return replaceWith(h, text, asResolve+unless)
	}
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	switch {
	case isVariable && h.Format == "s":
		return fmt.Sprintf("Write out what %s holds: RunWisp substitutes only from the daemon's own environment.", name)
	case u.needsNumber(h, key):
		return u.numberAdvice(h, key)
	case isProcessNumber(h):
		return u.unknownAdvice(h)
	}
	return unknownValue
}

// needsNumber reports whether a hole stands for the number of the process, and there
// is no replacement for it in its option. In an environment one that is padded may
// end the value.
func (u *unit) needsNumber(h ir.Hole, key string) bool {
	if !isProcessNumber(h) || key == "environment" && padsWithBlanks(h.Format) {
		return false
	}
	_, ok := u.textReplacement(h, key)
	return !ok
}

// numberAdvice says how a unit does in run what an option asks for in which
// RunWisp has no process number.
func (u *unit) numberAdvice(h ir.Hole, key string) string {
	text, ok := u.instanceNumber(h, quoting{quote: '"'})
	way := inRun[key]
	if !ok || way == "" {
		return u.unknownAdvice(h)
	}
	advice := fmt.Sprintf("RunWisp has no process number here. "+way, text)
	if u.program.Setting("numprocs").IsSure() {
		advice += ", or use --per-process"
	}
	return advice + "."
}

// inRun says for options how the shell does in run what they ask for.
var inRun = map[string]string{
	"directory":   "Write `cd \"DIRECTORY\" &&` in front of the command in run instead, with `%s` in the directory",
	"environment": "Write `env NAME=\"VALUE\"` in front of the command in run instead, with `%s` in the value",
}

// advisedForRun returns what numberAdvice says to write in front of the command, with
// a blank behind each; "" where it says nothing, as nearly always.
func (u *unit) advisedForRun() string {
	if u.spec.process != nil {
		return "" // whose number is filled in
	}
	var b strings.Builder
	add := func(key string, holes []ir.Hole) {
		for _, h := range holes {
			if !u.needsNumber(h, key) {
				continue
			}
			if text, ok := u.instanceNumber(h, quoting{quote: '"'}); ok {
				b.WriteString(`"` + text + `" `)
			}
		}
	}
	add("directory", u.program.Setting("directory").Holes)
	for _, p := range u.program.Setting("environment").Pairs {
		add("environment", p.Holes)
	}
	return b.String()
}

// unknownAdvice says what to do about a hole that has no exact replacement.
func (u *unit) unknownAdvice(h ir.Hole) string {
	if h.Name != "process_num" {
		return unknownValue
	}
	for _, key := range []string{"numprocs_start", "numprocs"} {
		switch setting := u.program.Setting(key); {
		case len(setting.Holes) > 0:
			return fmt.Sprintf("Write the value that %s has today into the source, and import again.", key)
		case !setting.IsSure():
			return unknownValue // it is too large to be calculated with
		}
	}
	return "Use --per-process, which writes the number of each process."
}

// asResolve is added to what --resolve writes as it is advised.
const asResolve = ", as --resolve does"

// onlyResolve is the advice for what is known, but cannot be said in a line.
const onlyResolve = "Use --resolve, which fills it in."

// shows reports whether all of a text can be seen in a comment, so that it can be
// copied from there.
func shows(text string) bool {
	return len(text) <= maxConstant && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// replaceWith says what to write where there is a replacement, and who else does
// so, and unless when. No spelling of it is exact where a dollar sign in front
// changes what it means.
func replaceWith(h ir.Hole, text, proviso string) string {
	if joinsDollar(h, text) {
		return "Write the value that supervisord has there today, and a `${` that then stands there as `$${`."
	}
	if strings.IndexByte(text, 0) >= 0 {
		return "It stands for a NUL, which nothing can hold; remove it."
	}
	switch {
	case text == "":
		return fmt.Sprintf("Remove it%s.", proviso)
	case !shows(text):
		return onlyResolve
	}
	return fmt.Sprintf("Replace it with `%s`%s.", text, proviso)
}

// mayFail reports whether something is left in place of which the configuration
// makes nothing, or characters in which supervisord may find the end of the
// program.
func (u *unit) mayFail(setting *ir.Setting, bad string) bool {
	return slices.ContainsFunc(setting.Holes, func(h ir.Hole) bool {
		value, ok := u.constant(h, setting.Key)
		own, _ := u.ownVariable(strings.TrimPrefix(h.Name, envPrefix), setting.Key)
		return len(own.Holes) > 0 || ok && (value == "" || strings.ContainsAny(value, bad))
	})
}

// filled reads an option with all filled in that the configuration fixes.
func (u *unit) filled(row *optionRow, setting *ir.Setting, sink *diag.Sink) (out ir.Setting) {
	f := *u.state
	if !f.world.isClosed() { // in which nothing is left open but what each process fills in
		f.world = f.fixed
	}
	f.scopeOf(u.program, u.spec.process).read(&out, row, setting.Option, sink)
	return out
}

// textReplacement returns what stands for a hole in any key but run.
func (u *unit) textReplacement(h ir.Hole, key string) (string, bool) {
	if value, ok := u.constant(h, key); ok {
		return literalText(value), true
	}
	name := strings.TrimPrefix(h.Name, envPrefix)
	if _, own := u.ownVariable(name, key); own || u.mayName(name, key) {
		return "", false
	}
	return substitution(h)
}

// substitution returns the ${NAME} that stands for a hole, where it is for a
// variable as it is. Not every name will do: RunWisp takes "file:x" for a file,
// and "}" for the end.
func substitution(h ir.Hole) (string, bool) {
	name, isVariable := strings.CutPrefix(h.Name, envPrefix)
	if !isVariable || h.Format != "s" || !shell.IsName(name) {
		return "", false
	}
	return "${" + name + "}", true
}

// constant returns what supervisord fills into a hole, where that is the same
// for every process and does not depend on its environment.
func (u *unit) constant(h ir.Hole, key string) (string, bool) {
	p := u.program
	var v percent.Value
	switch name := h.Name; {
	case name == "here":
		if v.Str = cmp.Or(h.Here, p.Section.Here); v.Str == "" {
			return "", false
		}
	case name == "group_name":
		v.Str = p.Group.Name
	case name == "host_node_name":
		v.Str = u.opts.Node
	case isNumber(name):
		var ok bool
		if v, ok = fixedNumber(p.Setting("numprocs"), p.Setting("numprocs_start")).value(name); !ok {
			return "", false
		}
	case strings.HasPrefix(name, envPrefix):
		own, ok := u.ownVariable(strings.TrimPrefix(name, envPrefix), key)
		if !ok || len(own.Holes) > 0 {
			return "", false
		}
		v.Str = own.Value.String()
	default:
		return "", false
	}
	if len(v.Str) > maxConstant {
		return "", false
	}
	v.IsNum = isNumber(h.Name)
	return renderHole(h, v)
}

// maxConstant bounds what is written in place of a hole as such: it stands in a
// comment, for each hole again.
const maxConstant = 4 << 10

// renderHole converts a value as the hole asks. What is not UTF-8, as the path in a
// %(here)s may be, cannot be written in TOML.
func renderHole(h ir.Hole, v percent.Value) (string, bool) {
	if !utf8.ValidString(v.Str) {
		return "", false
	}
	if h.Format == "s" && !v.IsNum { // as nearly always
		return v.Str, true
	}
	text := "%(" + h.Name + ")" + h.Format
	var room [1]percent.Piece
	pieces, failure := percent.Parse(room[:0], text)
	if failure != nil || len(pieces) != 1 || pieces[0].Conversion.Check(v, true, text) != "" {
		return "", false
	}
	return pieces[0].Conversion.Render(v), true
}
