// Package confgen makes up supervisord configurations: nasty ones, of which a
// good part is accepted all the same, for tests that hold our reading of a
// configuration against that of supervisord; and large ones to measure with.
package confgen

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// A Config is a made-up configuration.
type Config struct {
	// Main is the path of the main file.
	Main string
	// Files are the content of all files by their slash-separated paths.
	Files map[string]string
}

// New returns a made-up configuration. The same r gives the same one.
func New(r *rand.Rand) Config {
	g := &generator{Rand: r, files: map[string]string{}, wild: r.IntN(2) == 0}
	if g.one(15) {
		g.dir = g.pick("sp ace/", "per%cent/", "[b]/", "%(ENV_ONE)s/", "%%/", "é/", "-/", "%(here)s/", "it's/", "%s/")
	}
	g.main()
	for _, name := range slices.Sorted(maps.Keys(g.files)) {
		g.files[name] = g.spoil(g.files[name])
	}
	return Config{Main: g.dir + "supervisord.conf", Files: g.files}
}

// Environ returns a made-up environment, with the variables that the
// configurations of New ask for. The same r gives the same variables.
func Environ(r *rand.Rand) map[string]string {
	environ := map[string]string{"HOME": "/home/app", "PATH": "/usr/bin:/bin"}
	for _, v := range variables {
		environ[v.name] = v.values[r.IntN(len(v.values))]
	}
	return environ
}

var variables = []struct {
	name   string
	values []string
}{
	{"WORD", []string{"x", "web", "4", "é", "$HOME", "a;b", "true", "8"}},
	{"NUM", []string{"0", "1", "3", "7"}},
	{"BOOL", []string{"true", "off", "Yes"}},
	{"ONE", []string{"x", "ß", "%", " "}},
	{"TEXT", []string{
		"two words", "a,b", "it's", `"q"`, "50%", "%(here)s", "x\ny", "a #b", "é ü", "", "a;b ;c", `back\slash`, "tab\there",
	}},
}

// A generator writes one configuration.
type generator struct {
	*rand.Rand
	files map[string]string
	// wild configurations have a chance of text that supervisord refuses.
	wild bool

	dir      string          // of the main file, with a slash behind
	out      strings.Builder // the file at hand
	indent   string          // of most of its sections
	programs []string        // the names of the programs so far
}

// one reports true once in n times.
func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

// slip reports, once in n times of a wild configuration, that something wrong
// is to be written.
func (g *generator) slip(n int) bool { return g.wild && g.one(n) }

// pick returns one of the choices.
func (g *generator) pick(choices ...string) string { return choices[g.IntN(len(choices))] }

// times returns a number from low to high.
func (g *generator) times(low, high int) int { return low + g.IntN(high-low+1) }

// indentFile chooses how far the sections of a file are indented.
func (g *generator) indentFile() {
	g.indent = ""
	if g.one(10) {
		g.indent = g.pick(" ", "\t", "  ")
	}
}

// main writes the main file and those that it includes.
func (g *generator) main() {
	g.indentFile()
	if g.one(8) {
		g.section("DEFAULT", g.defaultOptions())
	}
	if !g.slip(30) {
		g.section("supervisord", g.daemonOptions())
	}
	g.sections(g.times(1, 4))
	include := g.one(4)
	if include {
		g.section("include", g.includeOptions())
		g.sections(g.times(0, 1))
	}
	g.files[g.dir+"supervisord.conf"] = g.out.String()
	if include {
		g.included()
	}
}

// included writes files for [include] to find.
func (g *generator) included() {
	for range g.times(1, 3) {
		g.out.Reset()
		g.indentFile()
		if g.one(6) {
			g.section("DEFAULT", g.defaultOptions())
		}
		g.sections(g.times(1, 2))
		dir := g.pick("conf.d/", "conf.d/", "more/", "conf.d/sub/")
		file := g.pick("a.conf", "b.conf", "B.conf", "10.conf", "2.conf", ".x.conf", "a.conf~", "a[1].conf", "é.conf", "a b.conf", "-.conf")
		g.files[g.dir+dir+file] = g.out.String()
	}
}

// sections writes sections of any kind.
func (g *generator) sections(count int) {
	for range count {
		switch g.IntN(16) {
		case 0, 1:
			g.group()
		case 2:
			g.section("eventlistener:"+g.label(), append(g.programOptions(), g.listenerOptions()...))
		case 3:
			g.fastcgi()
		case 4:
			g.section(g.pick("unix_http_server", "unix_http_server:x", "unix_http_serverX"), g.unixOptions())
		case 5:
			g.section(g.pick("inet_http_server", "inet_http_server:x"), g.inetOptions())
		case 6:
			g.section("rpcinterface:"+g.label(), g.rpcOptions())
		case 7:
			g.section(g.pick("supervisorctl", "Program:x", "program", "ctlplugin:x", "other", "supervisord", " program:a",
				"default", "program :a", "[program:a"), g.anyOptions())
		default:
			g.program()
		}
	}
}

func (g *generator) program() {
	label := g.label()
	g.section("program:"+label, g.programOptions())
	g.programs = append(g.programs, label)
}

func (g *generator) fastcgi() {
	label := g.label()
	g.section("fcgi-program:"+label, append(g.programOptions(), g.socketOptions()...))
	if g.one(2) {
		g.programs = append(g.programs, label)
	}
}

func (g *generator) group() {
	var members []string
	for range g.times(0, 3) {
		if len(g.programs) > 0 {
			members = append(members, g.programs[g.IntN(len(g.programs))])
		}
	}
	if g.slip(8) {
		members = append(members, g.pick("nobody", "", "a b"))
	}
	options := []option{{"programs", strings.Join(members, g.pick(",", ", ", " ,", ",\n  "))}}
	if g.one(3) {
		options = append(options, option{"priority", g.integer(hereOnly)})
	}
	g.section("group:"+g.label(), options)
}

// label returns the name of a program or group. There are few of them, so that
// some meet.
func (g *generator) label() string {
	if g.one(12) {
		return g.pick(" a", "b ", "a[1]", "x%y", "", "\u00a0a", "é", "a;b", "a#b", "tab\tbed", "x]y", "%(here)s", "\U0001F600", "a,b", "ı", "\x1ca")
	}
	if g.slip(30) {
		return g.pick("a b", "a:b", "a/b")
	}
	return g.pick("a", "b", "c", "d", "web", "worker", "A")
}

// An option is a key and its value, which may run over lines.
type option struct{ key, value string }

// section writes a header and its options, in any order and maybe several
// times.
func (g *generator) section(name string, options []option) {
	indent := g.indent
	if g.slip(20) {
		indent += g.pick(" ", "\t")
	}
	g.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	fmt.Fprintf(&g.out, "%s[%s]%s\n", indent, name, g.behind("", " tail", "]", " = x"))
	for _, o := range options {
		g.between(indent)
		g.option(indent, o)
	}
	g.between(indent)
}

// between writes what may stand between two options.
func (g *generator) between(indent string) {
	if g.one(10) {
		g.out.WriteString(g.pick("\n", ";comment\n", "# comment\n", "  \n", "\t; x=y\n", indent+";[section]\n"))
	}
	if g.slip(60) {
		g.out.WriteString(g.pick("nonsense\n", "=x\n", "[]\n", "[broken\n", "// x\n", " [a] ;\n"))
	}
}

// behind returns a comment or one of the choices, or most often nothing.
func (g *generator) behind(choices ...string) string {
	switch {
	case g.one(10):
		return g.pick(" ;c", " # c", "\t; a=b", " ; a # b", "\u00a0;c", " ;", " ;c # d;e", " #c ;d")
	case g.one(20):
		return g.pick(choices...)
	}
	return ""
}

// freeText are keys whose values may run on over lines without being refused
// for it.
var freeText = []string{"command", "directory", "stdout_logfile", "serverurl", "unknown_key"}

// option writes an option as people write it.
func (g *generator) option(indent string, o option) {
	key := o.key
	if g.one(20) {
		key = strings.ToUpper(key)
	}
	value := strings.ReplaceAll(o.value, "\n", "\n"+indent)
	loose := slices.Contains(freeText, o.key) || g.slip(10)
	if loose && g.one(20) {
		value = "\n" + indent + "  " + value
	}
	if loose && g.one(15) {
		value += g.pick(";glued", "#glued ;c", ";a #b ;c", ";a;b ;c", "#;", ";x # y")
	}
	fmt.Fprintf(&g.out, "%s%s%s%s%s\n", indent, key, g.pick("=", "=", "=", " = ", ":", ": ", "\t=\t", " ="), value, g.behind("", " ", "\u3000"))
	if loose && g.one(20) {
		g.out.WriteString(indent + g.pick("  more\n", "\tx=y\n", "  ;gone\n", "\n  behind\n", "  \"\n", "   #x\n  z\n"))
	}
}
