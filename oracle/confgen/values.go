package confgen

import (
	"fmt"
	"strings"
)

// A scope is a set of names that supervisord fills in.
type scope uint8

const (
	nothing scope = iota // but variables
	hereOnly
	inSection
	inProcess
)

// names returns the names that stand for strings.
func (s scope) names() []string {
	names := []string{"ENV_WORD", "ENV_TEXT", "ENV_ONE", "ENV_NUM", "ENV_HOME"}
	if s >= hereOnly {
		names = append(names, "here", "here")
	}
	if s >= inSection {
		names = append(names, "program_name", "group_name", "host_node_name", "program_name")
	}
	return names
}

var words = []string{"x", "web", "/bin/cat", "a-b", "c_d", "4", "é", "日本", "$HOME", "~", "*.log", "a=b", "a;b",
	"a#b", "`x`", "\u00ad", "\ue000", "\U0001F600", "e\u0301", "\u0600", "\x7f", "\x1b", "{a,b}", "!x", "<in", "&",
	"|", "(", "\u00a0", "\u200b", "\u0085", "\x0b", "\x00"}

// word returns a word of any kind.
func (g *generator) word() string {
	if g.one(8) {
		return g.pick(words...)
	}
	return g.pick("x", "web", "/bin/cat", "--port", "80", "a-b")
}

// text returns words and expansions, with blanks between or none.
func (g *generator) text(s scope) string {
	var b strings.Builder
	for range g.times(0, 3) {
		switch {
		case g.one(4):
			b.WriteString(g.expansion(s))
		case g.one(12):
			b.WriteString(g.pick("'", `"`, `\`, ",", "=", ":", "%%", "\n  ", "''", ";", "#", "[", "]"))
		default:
			b.WriteString(g.word())
		}
		b.WriteString(g.pick("", " ", "/"))
	}
	return b.String()
}

// expansion returns a conversion, a good one unless by a slip.
func (g *generator) expansion(s scope) string {
	if g.slip(12) {
		return g.pick("%", "%d", "%s", "% s", "%.3s", "%5r", "%(here", "%(here)", "%(nope)s", "%(ENV_NOPE)s", "%(here)d",
			"%*s", "%(here)*s", "%r", "%(HERE)s", "%( here )s", "%%(here)s", "%(process_num)s", "%c", "%(ENV_ONE)q", "%()s",
			"%(ENV_)s", "%(ENV_(A))s", "%(here)hhs", "%(here)2-s", "%(here).-1s", "%(here)99999999999999999999s", "%(process_num)c",
			"%(numprocs)c", "%(here)\u00e9", "%(here)", "%(\n)s")
	}
	if s == inProcess && g.one(3) {
		return g.numberConversion(g.pick("process_num", "numprocs"))
	}
	name := s.names()[g.IntN(len(s.names()))]
	verb := "s"
	if g.one(8) {
		verb = g.pick("r", "a", "s")
	}
	if name == "ENV_ONE" && g.one(3) {
		verb = "c"
	}
	return fmt.Sprintf("%%(%s)%s%s", name, g.modifiers(), verb)
}

// numberConversion returns a conversion of a number.
func (g *generator) numberConversion(name string) string {
	return fmt.Sprintf("%%(%s)%s%s", name, g.modifiers(), g.pick("s", "s", "d", "d", "i", "u", "o", "x", "X", "e",
		"f", "g", "E", "F", "G", "r", "a", "c"))
}

// modifiers returns flags, a width, a precision and a length, or most often
// nothing.
func (g *generator) modifiers() string {
	if !g.one(4) {
		return ""
	}
	return g.pick("", "", "-", "+", " ", "0", "#", "-0", "#0", "+0", "0+", "##", "+ ", "- ", " 0") +
		g.pick("", "", "2", "02", "5", "12", "0", "300") +
		g.pick("", "", "", ".", ".0", ".3", ".12") +
		g.pick("", "", "", "l", "h", "L")
}

func (g *generator) integer(s scope) string {
	switch {
	case g.slip(8):
		return g.pick("1.5", "abc", "", "1 2", "_1", "1__0", "0x10", "1_", "--1", "+ 1", "\u00b2", "1e3")
	case g.one(8):
		return g.pick("007", "+3", "-5", "1_0", "٣", "１２", "99999999999999999999", "\u00a05", "\x1f5", "5\x1c", "-0",
			"+٣", "𝟗", "0_0", "\u30005 ", "%(ENV_NUM)s")
	case s == inProcess && g.one(8):
		return g.pick("%(numprocs)s", "%(numprocs)03d", "%(numprocs)+d", "1%(process_num)02d")
	}
	return g.pick("0", "1", "2", "5", "10", "50", "999")
}

func (g *generator) boolean(s scope) string {
	switch {
	case g.slip(8):
		return g.pick("maybe", "", "2", "'true'", "t", "enabled", "yeſ", "ｔrue", "truE\u00a0", "tr ue", "\n true")
	case g.one(12):
		return g.pick("%(ENV_BOOL)s", "YES", "oN", "fAlse", "%(ENV_BOOL)s")
	}
	return g.pick("true", "false", "yes", "no", "on", "off", "1", "0")
}

func (g *generator) autorestart() string {
	switch {
	case g.slip(8):
		return g.pick("always", "", "never", "unexpected x")
	case g.one(3):
		return g.pick("unexpected", "UNEXPECTED", "Unexpected")
	}
	return g.boolean(inSection)
}

func (g *generator) signal() string {
	if g.slip(6) {
		return g.pick("35", "FOO", "", "-9", "SIGRTMIN+1", "63", "65", "sigsig", "T ERM", "ßegv", "SIGnals", "signal", "_", "SIG", "\x1c9")
	}
	return g.pick("TERM", "sigterm", "9", "INT", " HUP", "USR1", "RTMIN", "SIGRTMAX", "64", "stkflt", "CLD", "POLL",
		"_DFL", "SIG_IGN", "0", "+2", "sIg_block", "KILL", "ﬆop", "ſigint", "٩", "1_5", "\u3000HUP\u00a0")
}

func (g *generator) exitcodes() string {
	if g.slip(6) {
		return g.pick("256", "-1", "0 2", "0,", ",", "x", "0;2")
	}
	return g.pick("0", "0,2", " 0 , 255", "", "0,0", "1_0,٣", "0,\n 2")
}

func (g *generator) umask() string {
	if g.slip(6) {
		return g.pick("8", "022x", "", "0x12", "u=rwx", "-", "0_o7", "0o", "0b1", "0o0o7", "9")
	}
	return g.pick("022", "0o77", "0O7", "7777", "-22", "0_22", "0o٧", "٧", "+0o17", "-0o1", "\u00a07", " 27", "0o_7", "%(ENV_NUM)s", "00")
}

func (g *generator) size(s scope) string {
	if g.slip(6) {
		return g.pick("1K", "1MiB", "1.5MB", "MB", "", "1TB", "1 M B")
	}
	if g.one(4) {
		return g.integer(s)
	}
	return g.pick("1MB", "0", "10kb", "5 Gb", "-1MB", "1_0MB", "50Mb", "٣\u3000Kb", "1\u212ab", "\u00a01mb", "1\x0bmb")
}

func (g *generator) user() string {
	if g.slip(6) {
		return g.pick("app:www", "a b", "", "a/b", "\n app")
	}
	return g.pick("app", "root", "0", "1000", "%(ENV_WORD)s", "%(program_name)s", "www-data", "é", "+5", "1_0", "٣", "-1", "a\u200bb", "a=b")
}

func (g *generator) logfile() string {
	if g.one(3) {
		return g.pick("NONE", "off", "AUTO", "syslog", "", "/var/log/out")
	}
	return g.pick("/tmp/%(program_name)s.log", "%(here)s/x.log", "/tmp/%(process_num)02d", "a%%%%b", "/tmp/x y", g.text(inProcess))
}

// processName returns a name that is checked before it is expanded.
func (g *generator) processName() string {
	if g.slip(6) {
		return g.pick("a b", "a:b", "a/b", "%(nope)s", "% s")
	}
	return g.pick("p", "%(program_name)s", "%(group_name)s_%(program_name)s", "%(ENV_TEXT)s", "%(ENV_WORD)-5s", "",
		"p%(process_num)s", "p%%(process_num)s", "%(host_node_name)s", "é", "%(numprocs)s")
}

// command returns a command line.
func (g *generator) command() string {
	var b strings.Builder
	for i := range g.times(1, 4) {
		if i > 0 {
			b.WriteString(g.pick(" ", " ", "  ", "\t", "\n  ", " \\\n  "))
		}
		b.WriteString(g.argument())
	}
	if g.one(20) {
		return g.pick("", `""`, `"`, `\`, "'a", "#x", " ")
	}
	return b.String()
}

// argument returns a word of a command, quoted in some way.
func (g *generator) argument() string {
	w := g.word()
	if g.one(4) {
		w = g.expansion(inProcess)
	}
	switch g.IntN(10) {
	case 0:
		return "'" + w + "'"
	case 1:
		return `"` + w + g.pick("", " x", `\"`, `\\`, `\$`, "'", "\n   y") + `"`
	case 2:
		return `\` + w
	case 3:
		return w + g.pick("''", `"a b"`, `\ `, `'a;b'`, "#", ";x", `\'`)
	case 4:
		return g.text(inProcess)
	}
	return w
}

// environment returns NAME=VALUE pairs, as people write them.
func (g *generator) environment(s scope) string {
	var b strings.Builder
	count := g.times(0, 4)
	for i := range count {
		b.WriteString(g.pick("A", "B", "PATH", "WORD", "NUM", "ONE", "BOOL", "a.b", "X-Y", "A_", "(x)"))
		if s == inProcess && g.one(10) {
			b.WriteString("%(process_num)s")
		}
		b.WriteString(g.pick("=", "=", "=", " = "))
		b.WriteString(g.variable(s))
		if i < count-1 {
			b.WriteString(g.pick(",", ",", ", ", ",\n  ", ",\n", ";", "|"))
		}
	}
	b.WriteString(g.pick("", "", "", ",", " "))
	if g.slip(8) {
		b.WriteString(g.pick(",,", "x", "=", "'", `"`, "A", "A=", "A B", " #c", "\\"))
	}
	return b.String()
}

// variable returns the value of a variable.
func (g *generator) variable(s scope) string {
	switch g.IntN(8) {
	case 0:
		return `"` + g.text(s) + `"`
	case 1:
		return "'" + g.text(s) + "'"
	case 2:
		return `"` + g.expansion(s) + `"`
	case 3:
		return g.expansion(s)
	case 4:
		return g.pick(`""`, "''", `"x"y`, `x"y z"w`, "it's", `"'x'"`, "a#b\n  c", "$HOME", "a:b/c+d(e)-f", "日本", `"a\"b"`, `'a\b'`, "~", "http://x/?q=1")
	}
	return g.word()
}
