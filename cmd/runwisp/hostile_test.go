package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// escapes are what terminals obey: sequences that start with ESC or with the
// C1 control of the same meaning, a change of direction, and what hides.
const escapes = "\x1b]0;owned\a\x1b[31m\u009b2J\b\x7f\u0085\u2028\u202e\u200b\U000e0041"

// checkHarmless reports what a terminal would obey or hide in a text.
func checkHarmless(t *testing.T, what, text string) {
	t.Helper()
	for i, r := range text {
		if r != '\n' && (!unicode.IsPrint(r) || r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD")) {
			t.Errorf("%s holds %q: %q", what, r, text[max(0, i-40):min(len(text), i+20)])
			return
		}
	}
}

// hostileConf has terminal escapes in everything that has a name or a value.
func hostileConf() string {
	conf := "; comment X\n" +
		"[include]\nfiles=conf.d/* no*X\n" +
		"[supervisord]\nenvironment=AX=\"X\"\nbogusX=X\n" +
		"; TODO X\n[program:nameX]\ncommand=/bin/xX 'X' %(ENV_AX)s ; inline X\nenvironment=KX=\"X\",B=\"X%(ENV_B)s\"\n" +
		"stopsignal=X\ndirectory=/X\nuser=X\numask=X\nnumprocs=X\nexitcodes=X\nbogusX=X\n" +
		"[program:goneX]\ncommand='X\n[program:same]\ncommand=/bin/X\n[program:same]\ncommand=/bin/Y\n" +
		"[eventlistener:X]\ncommand=/bin/x\nevents=X\n[group:gX]\nprograms=nameX,X\n[sectionX]\nlineX\n[open X\n"
	return strings.ReplaceAll(conf, "X", escapes)
}

// TestTerminalEscapes: whatever the command says, about whatever, no terminal
// obeys it.
func TestTerminalEscapes(t *testing.T) {
	name := "n\n[services.evil]\n" + escapes
	dir := writeFiles(t, files{
		"x.conf":         hostileConf(),
		"conf.d/" + name: "[program:inc]\ncommand=/bin/x %(ENV_NO)s\nbogus=1\n",
		name:             oneConf,
		"x.toml":         "# X\n[services.\"a" + strings.Repeat("é", 3) + "\"]\nrun = \"" + escapes + "\"\nbogus" + escapes + " = 1\n",
		"y.toml":         "[services.\"\\u001b[31m\\u009b\"]\nrun = \"\\u009bx\"\n\"bo\\u001b\\u009bgus\" = \"\\u202e\"\nstop_signal = \"\\u009b\"\n",
		"ok" + name:      "",
		"old" + name:     "# " + escapes + "\n",
	})
	long := "import supervisord x.conf -v --format "
	for _, tt := range []struct {
		outcome string
		args    []string
	}{
		{"exit 1", strings.Fields(long + "text")},
		{"exit 1", strings.Fields(long + "json")},
		{"exit 1", strings.Fields(long + "sarif")},
		{"exit 1", strings.Fields(long + "short")},
		{"exit 1", strings.Fields(long + "text --annotate --resolve --per-process --explicit-defaults")},
		{"exit 1", []string{"import", "supervisord", "x.conf", "-o", "new" + name}},
		{"exit 0", []string{"import", "supervisord", name}},
		{"exit 2", []string{"import", "supervisord", "no" + name}},
		{"exit 2", []string{"import", "supervisord", name, "-o", name}},
		{"exit 2", []string{"import", "supervisord", name, "-o", "old" + name}},
		{"exit 2", []string{"import", "supervisord", name, "-o", "no" + name + "/x"}},
		{"exit 2", []string{"import", "supervisord", name, "--" + name}},
		{"exit 2", []string{"import", "supervisord", name, "--strict=" + name}},
		{"exit 2", []string{"import", "supervisord", name, "--format", name}},
		{"exit 2", []string{"import", "supervisord", name, "--color", name}},
		{"exit 2", []string{"import", "supervisord", name, "--allow", name}},
		{"exit 2", []string{"import", "supervisord", name, "--verify", "--supervisord", "/no/" + name}},
		{"exit 2", []string{"import", name}},
		{"exit 2", []string{name}},
		{"exit 2", []string{"explain", name}},
		{"exit 2", []string{"validate", name + "x"}},
		{"exit 2", []string{"validate", "x.toml", "--format", name}},
		{"exit 1", []string{"validate", name}},
		{"exit 1", []string{"validate", "x.toml"}},
		{"exit 1", []string{"validate", "x.toml", "--json"}},
		{"exit 1", []string{"validate", "x.toml", "--format", "sarif"}},
		{"exit 1", []string{"validate", "y.toml"}},
		{"exit 1", []string{"validate", "y.toml", "--json"}},
		{"exit 1", []string{"validate", "y.toml", "--format", "sarif"}},
		{"exit 1", []string{"validate", "old" + name}},
		{"exit 0", []string{"validate", "ok" + name}},
	} {
		stdout, stderr := runCommand(t, dir, tt.outcome, tt.args...)
		if stdout+stderr == "" {
			t.Errorf("%q: it says nothing", tt.args)
		}
		checkHarmless(t, fmt.Sprintf("standard output of %q", tt.args), stdout)
		checkHarmless(t, fmt.Sprintf("standard error of %q", tt.args), stderr)
		if tt.outcome == "exit 2" && strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: it says more than a line: %q", tt.args, stderr)
		}
	}
	checkHarmless(t, "the output", readFile(t, dir, "new"+name))
}

// TestDifferenceIsExact: a difference that goes into a file can be applied.
func TestDifferenceIsExact(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "old.toml": "# " + escapes + "\n"})
	stdout, _ := runCommand(t, dir, "exit 0", "import", "supervisord", "one.conf", "-o", "old.toml", "--diff")
	if !strings.Contains(stdout, "\n-# "+escapes+"\n") {
		t.Errorf("the difference is %q", stdout)
	}
}

// TestJSONKeepsWhatItEscapes: machines get every character.
func TestJSONKeepsWhatItEscapes(t *testing.T) {
	dir := writeFiles(t, files{"x.conf": "[program:x" + escapes + "]\ncommand=/bin/x\n"})
	_, stderr := runCommand(t, dir, "exit 0", "import", "supervisord", "x.conf", "--format", "json")
	var report struct{ Programs []struct{ Name string } }
	if err := json.Unmarshal([]byte(stderr), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Programs) != 1 || report.Programs[0].Name != "x"+escapes {
		t.Errorf("programs are %q", report.Programs)
	}
}

// injections are what could end a value, a comment or a header of TOML.
var injections = []string{
	`"`, `""`, `"""`, `'`, `'''`, `"""'''`, `\`, `\\`, `\"`, `\u0022`, `"\`, `'"""\`,
	`" # x`, `]`, `] #`, `"]`, `[[evil]]`, `[services.evil]`, `a.b`, `=`, `a = 1`, `{`, `#`, `#"`, `,`,
	"\x1b", "\x00", "\x7f", "\u0085", "\u2028", "\ufeff", "\t#", "\v", "\f", "\xff",
}

// inlineComment matches what supervisord cuts off a value.
var inlineComment = regexp.MustCompile(`\s#.*`)

// decode reads TOML.
func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if _, err := toml.Decode(text, &doc); err != nil {
		t.Fatalf("the output is no TOML: %v\n%.2000q", err, text)
	}
	return doc
}

// TestTOMLInjection: what stands in values comes out as their bytes, and what
// stands elsewhere changes nothing.
func TestTOMLInjection(t *testing.T) {
	var conf strings.Builder
	want := map[string]any{}
	for i, text := range injections {
		name := fmt.Sprintf("p%d", i)
		fmt.Fprintf(&conf, "; %s\n[program:%s]\n# %s\ncommand=/bin/x\ndirectory=/a%sz\n", text, name, text, text)
		read := inlineComment.ReplaceAllString("/a"+text+"z", "")
		want[name] = map[string]any{"run": "/bin/x", "working_dir": strings.ToValidUTF8(read, "\uFFFD")}
		if strings.Contains(text, "\x00") {
			delete(want, name) // commented out, as it could not start
		}
	}
	dir := writeFiles(t, files{"x.conf": conf.String()})
	for _, flags := range [][]string{nil, {"--annotate"}, {"--no-comments"}} {
		stdout, _ := runCommand(t, dir, "exit 1", append([]string{"import", "supervisord", "x.conf"}, flags...)...)
		if diff := cmp.Diff(map[string]any{"services": want}, decode(t, stdout)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", flags, diff)
		}
	}
}

// TestTOMLInjectionThroughNames: of programs, groups, variables, options and
// files. Nothing is added but what they name.
func TestTOMLInjectionThroughNames(t *testing.T) {
	for _, text := range append([]string{"\r[services.evil]"}, injections...) {
		conf := strings.ReplaceAll("[program:pX]\ncommand=/bin/x '%(ENV_X)s'\nenvironment=KX=\"1\",L=\"2\"\noptX=1\n"+
			"[group:gX]\nprograms=pX\n[include]\nfiles=d/*\n[sectionX]\na=b\n", "X", text)
		name := strings.ReplaceAll("f\n[services.evil]\nX", "X", strings.ReplaceAll(text, "\x00", ""))
		dir := writeFiles(t, files{"x.conf": conf, "d/" + name: "[program:q]\ncommand=/bin/q %(ENV_X)s\n"})
		p := newProcess(t, dir, "import", "supervisord", "x.conf", "--annotate")
		p.start(t)
		if got := p.outcome(); got != "exit 0" && got != "exit 1" {
			t.Errorf("%q: %s: %s", text, got, p.stderr.String())
			continue
		}
		checkHarmless(t, "the output", p.stdout.String())
		doc := decode(t, p.stdout.String())
		services, _ := doc["services"].(map[string]any)
		if keys := slices.Collect(maps.Keys(doc)); !slices.Equal(keys, []string{"services"}) || len(services) > 2 {
			t.Errorf("%q: the output has %v with %d services:\n%s", text, keys, len(services), p.stdout.String())
		}
		for unit, table := range services {
			for key := range table.(map[string]any) {
				if !slices.Contains([]string{"run", "env", "group"}, key) {
					t.Errorf("%q: %s has a %q:\n%s", text, unit, key, p.stdout.String())
				}
			}
		}
	}
}

// markups are what could end a text or an attribute of the page.
var markups = []string{
	`<img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `'><b id='x`, `</code></title></style><script>alert(1)</script>`,
	`<!--`, `-->`, `]]>`, `&lt;i&gt;`, "`${alert(1)}`", `javascript:alert(1)`, `{{.}}`, "\u2028</script>",
}

// TestHTMLInjection: the page has the elements and the attributes that it has
// for a harmless text, and nothing else.
func TestHTMLInjection(t *testing.T) {
	conf := "; X\n[include]\nfiles=d/*\n[program:pX]\ncommand=/bin/x 'X' %(ENV_X)s ; X\nenvironment=K=\"X\",PASSWORD=\"X\"\n" +
		"directory=/X\numask=X\noptX=X\n[group:gX]\nprograms=pX,X\n[sectionX]\nX\n"
	page := func(text string) (string, pageShape) {
		name := strings.ReplaceAll(text, "/", "")
		dir := writeFiles(t, files{"x.conf": strings.ReplaceAll(conf, "X", text), "d/" + name: "[program:q]\ncommand=/bin/x %(ENV_X)s\n"})
		runCommand(t, dir, "exit 1", "import", "supervisord", "x.conf", "-o", name+".toml", "--html", "page.html")
		content := readFile(t, dir, "page.html")
		return content, shapeOf(t, content)
	}
	_, want := page("harmless")
	for _, text := range markups {
		content, got := page(text)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q makes another page (-want +got):\n%s", text, diff)
		}
		if shown := html.EscapeString(text); text[0] == '<' && !strings.Contains(content, strings.ReplaceAll(shown, "'", "&#39;")) {
			t.Errorf("%q is not shown", text)
		}
	}
}

// A pageShape is what a page is made of, apart from how often: the attributes
// of each element, where its links lead, and its scripts and styles.
type pageShape struct {
	Attributes map[string][]string
	Links      []string
	Code       []string
}

func shapeOf(t *testing.T, page string) pageShape {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	shape := pageShape{Attributes: map[string][]string{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		keys := shape.Attributes[n.Data]
		for _, a := range n.Attr {
			keys = append(keys, a.Key)
			if a.Key == "href" || a.Key == "src" {
				shape.Links = append(shape.Links, a.Val[:1])
			}
		}
		slices.Sort(keys)
		shape.Attributes[n.Data] = slices.Compact(keys)
		if n.Data == "script" || n.Data == "style" {
			code, _, _ := strings.Cut(n.FirstChild.Data, "@media screen and (min-width: 801px), print") // has the height
			shape.Code = append(shape.Code, code)
		}
	}
	shape.Links = slices.Compact(shape.Links)
	return shape
}

// TestVeryLongLines: of 10 MB and more. Everything is written, and what is said
// about it fits a screen.
func TestVeryLongLines(t *testing.T) {
	long := strings.Repeat("a", 1<<18/shrink)
	huge := strings.Repeat(long, 40)
	conf := "; " + long + "\n" +
		"[program:cmd]\ncommand=/bin/x " + huge + " %(ENV_X)s\n" +
		"[program:bad]\ncommand=/bin/x\numask=" + long + "\nstopsignal=" + strings.ReplaceAll(long, "a", "\x1b") + "\n" + long + "=1\n" + long + " " + long + "\n" +
		"[program:tail]" + long + "\ncommand=/bin/x\n" +
		"[eventlistener:" + long + "]\ncommand=/bin/x\n" +
		"[group:g]\nprograms=cmd," + long + "\n[section" + long + "]\n[include]\nfiles=" + long + "\n"
	dir := writeFiles(t, files{"x.conf": conf})
	for _, format := range []string{"text", "short"} {
		runCommand(t, dir, "exit 1", "import", "supervisord", "x.conf", "-v", "--format", format, "--report", "report", "-o", "out.toml")
		for line := range strings.Lines(readFile(t, dir, "report")) {
			if n := utf8.RuneCountInString(line); n > 1200 {
				t.Errorf("%s: a line has %d columns: %.200q", format, n, line)
			}
		}
	}
	if out := readFile(t, dir, "out.toml"); !strings.Contains(out, "\n# run = '/bin/x "+huge+" %(ENV_X)s'\n") {
		t.Errorf("the command is not in the output: %.1000q", out)
	}
}

// TestLongLinesOfManyParts: of very many words, variables, members and patterns
// of one line each that needs a human is told, once.
func TestLongLinesOfManyParts(t *testing.T) {
	const many = 10_000 / shrink
	join := func(sep string, part func(i int) string) string {
		parts := make([]string, many)
		for i := range parts {
			parts[i] = part(i)
		}
		return strings.Join(parts, sep)
	}
	number := func(prefix, suffix string) func(int) string {
		return func(i int) string { return prefix + strconv.Itoa(i) + suffix }
	}
	for _, tt := range []struct {
		name, conf, outcome string
		todos               int
	}{
		{"expansions", "command=/bin/x " + join(" ", func(int) string { return "%(ENV_X)s" }), "exit 0", 1}, // they say the same
		{"words", "command=/bin/x " + join(" ", number("$a", "")), "exit 0", 0},
		{"variables", "command=/bin/x\nenvironment=" + join(",", number("K", "=\"%(ENV_Y)s\"")), "exit 0", many},
		{"members", "command=/bin/x\n[group:g]\nprograms=" + join(",", number("m", "")), "exit 1", many},
		{"patterns", "command=/bin/x\n[include]\nfiles=" + join(" ", number("/nowhere/", "")), "exit 0", many},
	} {
		dir := writeFiles(t, files{"x.conf": "[program:x]\n" + tt.conf + "\n"})
		runCommand(t, dir, tt.outcome, "import", "supervisord", "x.conf", "--report", "report.txt", "-o", "out.toml")
		if got := strings.Count(readFile(t, dir, "out.toml"), "# TODO "); got != tt.todos {
			t.Errorf("%s: there are %d TODOs, want %d", tt.name, got, tt.todos)
		}
	}
}

// TestHugeFolders: with ten thousand files in one folder, and as many in
// folders in folders.
func TestHugeFolders(t *testing.T) {
	side := 22 // its cube is more than ten thousand
	if shrink > 1 {
		side = 10
	}
	dir := writeFiles(t, files{
		"x.conf":          "[include]\nfiles=flat/9*.conf deep/*/*/*.conf\n",
		"flat/9x.conf":    oneConf,
		"deep/5/5/x.conf": twoConf,
	})
	var errs []error
	for i := range side {
		for j := range side {
			folder := filepath.Join(dir, "deep", strconv.Itoa(i), strconv.Itoa(j))
			errs = append(errs, os.MkdirAll(folder, 0o755))
			for k := range side {
				errs = append(errs,
					os.WriteFile(filepath.Join(folder, strconv.Itoa(k)), nil, 0o644),
					os.WriteFile(filepath.Join(dir, "flat", fmt.Sprintf("%d.%d.%d", i, j, k)), nil, 0o644))
			}
		}
	}
	// A folder that holds itself.
	errs = append(errs, os.Symlink(".", filepath.Join(dir, "deep", "loop")))
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		patterns string
		services []string
	}{
		{"flat/9*.conf deep/*/*/*.conf", []string{"one", "two"}},
		{"flat/*", []string{"one"}},
		{"deep/*/*/*", []string{"two"}},
	} {
		if err := os.WriteFile(filepath.Join(dir, "x.conf"), []byte("[include]\nfiles="+tt.patterns+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		stdout, _ := runCommand(t, dir, "exit 0", "import", "supervisord", "x.conf", "--report", "report.json")
		services, _ := decode(t, stdout)["services"].(map[string]any)
		if got := slices.Sorted(maps.Keys(services)); !slices.Equal(got, tt.services) {
			t.Errorf("%s: services are %v, want %v", tt.patterns, got, tt.services)
		}
	}
}

// TestIncludesOutsideTheTree: they are followed as supervisord does, named in
// full, and only read.
func TestIncludesOutsideTheTree(t *testing.T) {
	outside := writeFiles(t, files{"a.conf": oneConf, "b.conf": "[program:two]\ncommand=/bin/two %(ENV_X)s\n"})
	dir := writeFiles(t, files{
		"etc/x.conf": "[include]\nfiles=" + outside + "/a.conf ../up.conf link.conf\n",
		"up.conf":    "[program:three]\ncommand=/bin/three\n",
	})
	if err := os.Symlink(filepath.Join(outside, "b.conf"), filepath.Join(dir, "etc/link.conf")); err != nil {
		t.Fatal(err)
	}
	before, outsideBefore := takeSnapshot(t, filepath.Join(dir, "etc")), takeSnapshot(t, outside)
	stdout, stderr := runCommand(t, dir, "exit 0", "import", "supervisord", "etc/x.conf", "--format", "json", "--annotate")
	services, _ := decode(t, stdout)["services"].(map[string]any)
	if got := slices.Sorted(maps.Keys(services)); !slices.Equal(got, []string{"one", "three", "two"}) {
		t.Errorf("services are %v", got)
	}
	for _, place := range []string{outside + "/a.conf:1", "etc/../up.conf:1", "etc/link.conf:2"} {
		if !strings.Contains(stdout, "# "+place+"\n") {
			t.Errorf("%s is not named:\n%s", place, stdout)
		}
	}
	var report struct{ Source []string }
	if err := json.Unmarshal([]byte(stderr), &report); err != nil {
		t.Fatal(err)
	}
	if want := []string{"etc/x.conf", outside + "/a.conf", "etc/../up.conf", "etc/link.conf"}; !slices.Equal(report.Source, want) {
		t.Errorf("sources are %v, want %v", report.Source, want)
	}
	before.check(t, filepath.Join(dir, "etc"))
	outsideBefore.check(t, outside)
}

// TestIncludesThatAreNoFiles: none of them keeps the run waiting, or fills the
// memory.
func TestIncludesThatAreNoFiles(t *testing.T) {
	dir := writeFiles(t, files{"d/z.conf": oneConf, "d/folder/x": ""})
	makePipe(t, filepath.Join(dir, "d", "pipe"))
	socket, err := net.Listen("unix", filepath.Join(dir, "d", "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	sparse := filepath.Join(dir, "d", "sparse")
	if err := errors.Join(
		os.WriteFile(sparse, nil, 0o644), os.Truncate(sparse, 1<<42),
		os.Symlink("nowhere", filepath.Join(dir, "d", "dangling")),
		os.Symlink("circle", filepath.Join(dir, "d", "circle")),
	); err != nil {
		t.Fatal(err)
	}
	includes := "d/* /dev/zero /dev/tty"
	if err := os.WriteFile(filepath.Join(dir, "x.conf"), []byte("[include]\nfiles="+includes+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, _ := runCommand(t, dir, "exit 0", "import", "supervisord", "x.conf")
	for reason, count := range map[string]int{
		"is not a regular file": 4, "is a directory": 1, "file is larger than 2 GiB": 1,
		"no such file or directory": 1, "too many levels of symbolic links": 1,
	} {
		if got := strings.Count(stdout, reason+". Make it readable"); got != count {
			t.Errorf("%d files are told to fail with %q, want %d", got, reason, count)
		}
	}
	if !strings.Contains(stdout, "[services.one]") {
		t.Error("the file among them is not read")
	}

	config := "[daemon]\ninclude = [\"d/pipe\", \"/dev/zero\"]\n[services.a]\nrun = \"x\"\nstop_signal = \"${file:d/pipe}${file:/dev/zero}\"\n"
	if err := os.WriteFile(filepath.Join(dir, "x.toml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr := runCommand(t, dir, "exit 1", "validate", "x.toml")
	if got := strings.Count(strings.Join(strings.Fields(stderr), " "), "is not a regular file"); got != 4 {
		t.Errorf("%d files are told to be no regular file, want 4:\n%s", got, stderr)
	}
}
