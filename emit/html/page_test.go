package html_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tree "golang.org/x/net/html"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/html"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A document is a parsed page.
type document struct {
	*testing.T
	root *tree.Node
	byID map[string]*tree.Node
}

func parse(t *testing.T, page string) *document {
	t.Helper()
	root, err := tree.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{T: t, root: root, byID: map[string]*tree.Node{}}
	for n := range root.Descendants() {
		id := attribute(n, "id")
		if d.byID[id] != nil {
			t.Errorf("the id %q is there twice", id)
		}
		if id != "" {
			d.byID[id] = n
		}
	}
	return d
}

// all returns the elements below n that have the tag and class; "" is any.
func all(n *tree.Node, tag, class string) []*tree.Node {
	var list []*tree.Node
	for c := range n.Descendants() {
		if c.Type == tree.ElementNode && (tag == "" || c.Data == tag) &&
			(class == "" || slices.Contains(strings.Fields(attribute(c, "class")), class)) {
			list = append(list, c)
		}
	}
	return list
}

func attribute(n *tree.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *tree.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == tree.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// line returns the element of a line.
func (d *document) line(id string) *tree.Node {
	d.Helper()
	n := d.byID[id]
	if n == nil {
		d.Fatalf("no line %s", id)
	}
	return n
}

// code returns the text of a line, without its number and findings.
func (d *document) code(id string) string {
	d.Helper()
	return textOf(all(d.line(id), "code", "")[0])
}

// linked reports whether the line from names the line to as its partner.
func (d *document) linked(from, to string) bool {
	d.Helper()
	return slices.Contains(strings.Fields(attribute(d.line(from), "data-to")), to)
}

// sourceID returns the id of the line on which a span starts.
func sourceID(in html.Input, span source.Span) string {
	i := slices.Index(in.Files, span.File)
	line := span.StartPosition().Line
	for ; line > 1; line-- { // nothing follows the last line end
		if text, start := span.File.Line(line); text != "" || start < span.File.Size() {
			break
		}
	}
	return fmt.Sprintf("s%d-L%d", i+1, line)
}

// asShown writes a text as the page does, where it needs escapes.
func asShown(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\t':
			b.WriteString(`\t`)
		case size == 1 && (r == utf8.RuneError || !unicode.IsPrint(r)):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case r > 0xFFFF && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case r == utf8.RuneError || !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

func TestEveryLineIsShown(t *testing.T) {
	eachCase(t, func(t *testing.T, in html.Input) {
		in.ShowSecrets = true
		d := parse(t, render(t, in))
		lines := 0
		for i, f := range in.Files {
			for n := 1; n <= f.LineNumber(f.Size()); n++ {
				text, start := f.Line(n)
				if n > 1 && start == f.Size() {
					break
				}
				lines++
				if got := d.code(fmt.Sprintf("s%d-L%d", i+1, n)); got != asShown(text) {
					t.Errorf("%s:%d is shown as %q, want %q", f.Name, n, got, asShown(text))
				}
			}
		}
		toml := strings.Split(strings.TrimSuffix(string(in.Output.TOML), "\n"), "\n")
		for i, text := range toml {
			if got := d.code(fmt.Sprintf("t-L%d", i+1)); got != asShown(text) {
				t.Errorf("TOML line %d is shown as %q, want %q", i+1, got, asShown(text))
			}
		}
		if got := len(all(d.root, "div", "line")); got != lines+len(toml) {
			t.Errorf("%d lines, want %d", got, lines+len(toml))
		}
	})
}

func TestEveryLineIsLinked(t *testing.T) {
	eachCase(t, func(t *testing.T, in html.Input) {
		d := parse(t, render(t, in))
		for _, line := range in.Output.Lines {
			if !line.Origin.IsValid() {
				continue
			}
			toml, src := fmt.Sprintf("t-L%d", line.Last), sourceID(in, line.Origin)
			if !d.linked(toml, src) || !d.linked(src, toml) {
				t.Errorf("%s and %s are not linked both ways", toml, src)
			}
		}
		for n := range d.root.Descendants() {
			ids := strings.Fields(attribute(n, "data-to"))
			if href := attribute(n, "href"); href != "" {
				ids = append(ids, strings.TrimPrefix(href, "#"))
			}
			for _, id := range ids {
				if d.byID[id] == nil {
					t.Errorf("a link goes to %q, which does not exist", id)
				}
			}
		}
	})
}

func TestColumnsAreOfOneHeight(t *testing.T) {
	eachCase(t, func(t *testing.T, in html.Input) {
		page := render(t, in)
		d := parse(t, page)
		left, right := cells(d.byID["source"]), cells(d.byID["toml"])
		if left != right || !strings.Contains(page, fmt.Sprintf("repeat(%d, auto)", left)) {
			t.Errorf("the columns have %d and %d rows", left, right)
		}
	})
}

func cells(n *tree.Node) int {
	count := 0
	for c := range n.ChildNodes() {
		if c.Type == tree.ElementNode {
			count++
		}
	}
	return count
}

func TestFindingsStandAtTheirLines(t *testing.T) {
	eachCase(t, func(t *testing.T, in html.Input) {
		in.ShowSecrets = true
		d := parse(t, render(t, in))
		for _, finding := range in.Diagnostics {
			line := d.line(sourceID(in, finding.Span))
			if !slices.ContainsFunc(all(line, "div", "finding"), func(n *tree.Node) bool {
				text := textOf(n)
				return strings.Contains(text, asShown(finding.Message)) && strings.Contains(text, string(finding.Code)) &&
					strings.Contains(text, asShown(finding.Hint))
			}) {
				t.Errorf("%s is not at its line", finding.Code)
			}
			checkMarks(t, line, finding)
		}
	})
}

// checkMarks checks that the bytes of a finding are underlined.
func checkMarks(t *testing.T, line *tree.Node, finding *diag.Diagnostic) {
	t.Helper()
	text, start := finding.Span.File.Line(finding.Span.StartPosition().Line)
	from := int(finding.Span.Start - start)
	to := min(int(finding.Span.End-start), len(text))
	if from >= to {
		return
	}
	var marked strings.Builder
	for _, n := range all(line, "mark", "") {
		marked.WriteString(textOf(n))
	}
	if want := asShown(text[from:to]); !strings.Contains(marked.String(), want) {
		t.Errorf("%s: marked is %q, want %q in it", finding.Code, marked.String(), want)
	}
}

func TestUnderlinesAreExact(t *testing.T) {
	d := parse(t, render(t, importText("x.conf", "[supervisord]\n[program:a]\ncommand=/bin/a\nstopsignal=NOPE ; why\n")))
	marks := all(d.line("s1-L4"), "mark", "")
	if len(marks) != 1 || textOf(marks[0]) != "NOPE" || attribute(marks[0], "class") != "error" {
		t.Errorf("%d marks in %q", len(marks), d.code("s1-L4"))
	}
}

func TestFindingWithoutAPlace(t *testing.T) {
	in := importText("x.conf", "[supervisord]\n")
	other := source.NewFile("other.conf", "text")
	in.Diagnostics = append(in.Diagnostics, &diag.Diagnostic{Code: diag.InvalidValue, Severity: diag.Error, Span: other.Span(0, 4), Message: "elsewhere"})
	d := parse(t, render(t, in))
	general := all(all(d.root, "header", "")[0], "div", "finding")
	if len(general) != 1 || !strings.Contains(textOf(general[0]), "elsewhere") {
		t.Error("a finding about no line of the source is not at the top")
	}
}

func TestSeveralLinesBelongTogether(t *testing.T) {
	in := importText("x.conf", "[supervisord]\n[program:a]\ncommand=/bin/a\nenvironment=\n  A=one,\n  B=two\nautorestart=false\n")
	d := parse(t, render(t, in))
	lines := map[string]string{}
	for i, text := range strings.Split(string(in.Output.TOML), "\n") {
		lines[text] = fmt.Sprintf("t-L%d", i+1)
	}
	for _, tt := range []struct{ toml, src string }{
		{"[tasks.a.env]", "s1-L5"},
		{"[tasks.a.env]", "s1-L6"},
		{`A = "one"`, "s1-L5"},
		{`B = "two"`, "s1-L6"},
		{`restart = "never"`, "s1-L7"},
		{`run_on_start = true`, "s1-L7"},
	} {
		if toml := lines[tt.toml]; toml == "" || !d.linked(toml, tt.src) || !d.linked(tt.src, toml) {
			t.Errorf("%s and %s are not linked:\n%s", tt.toml, tt.src, in.Output.TOML)
		}
	}
}

func TestLinesOfOneValueShareTheirSource(t *testing.T) {
	in := importText("x.conf", "[supervisord]\n[program:a]\ncommand=/bin/sh -c 'echo one\n  echo two'\nuser=root\n")
	if !strings.Contains(string(in.Output.TOML), `"""`) {
		t.Fatalf("no value of several lines in\n%s", in.Output.TOML)
	}
	d := parse(t, render(t, in))
	inside := false
	for i, text := range strings.Split(string(in.Output.TOML), "\n") {
		starts := strings.HasPrefix(text, "run = ")
		if id := fmt.Sprintf("t-L%d", i+1); (inside || starts) && !(d.linked(id, "s1-L3") && d.linked(id, "s1-L4")) {
			t.Errorf("line %d, %q, is not linked", i+1, text)
		}
		inside = starts || inside && !strings.HasSuffix(text, `"""`)
	}
}

// hostile is text that must be shown, and not obeyed.
const hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\u2066\x00\x1b[31m\xff\u0085"

func hostileInput() html.Input {
	in := importText(hostile+".conf", "; "+hostile+"\n[program:"+hostile+"]\ncommand=/bin/a "+hostile+"\n"+
		hostile+"="+hostile+"\nenvironment=A=\""+hostile+"\"\nstopsignal="+hostile+"\n[x"+hostile+"]\n")
	in.Target = hostile
	in.Programs = []emit.Program{{Name: hostile, Detail: hostile}}
	return in
}

func TestHostileText(t *testing.T) {
	page := render(t, hostileInput())
	if !utf8.ValidString(page) {
		t.Error("the page is not UTF-8")
	}
	if i := strings.IndexFunc(page, func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) }); i >= 0 {
		t.Errorf("the page holds %q", page[max(0, i-20):min(len(page), i+20)])
	}
	d := parse(t, page)
	if got := d.code("s1-L1"); !strings.Contains(got, `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202e\u2066\x00\x1b[31m\xff\u0085`) {
		t.Errorf("shown as %q", got)
	}
	checkSelfContained(d)
}

// checkSelfContained checks that nothing but the page's own style and script
// is there, and that the policy allows these and nothing else.
func checkSelfContained(d *document) {
	d.Helper()
	var policy string
	for n := range d.root.Descendants() {
		if attribute(n, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(n, "content")
		}
		if slices.Contains([]string{"img", "link", "iframe", "object", "embed", "base", "form", "svg"}, n.Data) && n.Type == tree.ElementNode {
			d.Errorf("the page has a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				d.Errorf("the page has %s=%q", a.Key, a.Val)
			}
		}
	}
	styles, scripts := all(d.root, "style", ""), all(d.root, "script", "")
	if len(styles) != 1 || len(scripts) != 1 {
		d.Fatalf("%d styles, %d scripts", len(styles), len(scripts))
	}
	want := fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'",
		hashOf(styles[0]), hashOf(scripts[0]))
	if policy != want {
		d.Errorf("policy is %s\nwant %s", policy, want)
	}
}

func hashOf(n *tree.Node) string {
	sum := sha256.Sum256([]byte(textOf(n)))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func TestPagesAreSelfContainedAndTheSameEachTime(t *testing.T) {
	eachCase(t, func(t *testing.T, in html.Input) {
		page := render(t, in)
		checkSelfContained(parse(t, page))
		if render(t, in) != page {
			t.Error("the page differs from run to run")
		}
	})
}

func TestSummary(t *testing.T) {
	in := importExample(t)
	in.Programs[0].Status, in.Programs[0].Detail = emit.HasTODO, "service, 1 TODO"
	d := parse(t, render(t, in))
	programs := all(all(d.root, "ul", "programs")[0], "li", "")
	if len(programs) != len(in.Programs) {
		t.Fatalf("%d programs", len(programs))
	}
	if got := strings.Join(strings.Fields(textOf(programs[0])), " "); got != "! web service, 1 TODO" {
		t.Errorf("the first program is %q", got)
	}
	link := all(programs[0], "a", "")[0]
	if header := d.code(strings.TrimPrefix(attribute(link, "href"), "#")); header != "[program:web]" {
		t.Errorf("the first program links to %q", header)
	}
	if label := attribute(all(programs[0], "span", "state")[0], "aria-label"); label != "has a TODO" {
		t.Errorf("the mark is called %q", label)
	}
	urgent := all(all(d.root, "nav", "")[0], "li", "warning")
	if got := len(urgent); got != 2 {
		t.Errorf("%d findings need a human", got)
	}
}

// TestCountOfTODOs: it is that of the lines in the output, also where several of
// them say the same.
func TestCountOfTODOs(t *testing.T) {
	in := importText("x.conf", "[program:a]\ncommand=/bin/a\nautorestart=false\nstopsignal=STOP\nnumprocs=3\nprocess_name=%(process_num)s\n")
	want := strings.Count(string(in.Output.TOML), "# TODO ")
	if want != 3 {
		t.Fatalf("%d TODOs in\n%s", want, in.Output.TOML)
	}
	d := parse(t, render(t, in))
	if got := textOf(all(d.root, "span", "count")[0]); got != fmt.Sprintf("%d TODOs", want) {
		t.Errorf("the page has %q, the output %d", got, want)
	}
}

func TestFilters(t *testing.T) {
	in := importText("x.conf", "[supervisord]\n[program:a]\ncommand=/bin/a\nstopsignal=NOPE\nnonsense=1\nuser=root\n[eventlistener:b]\ncommand=/bin/b\nevents=TICK_5\n")
	d := parse(t, render(t, in))
	counts := map[string]int{}
	for _, f := range all(d.root, "div", "finding") {
		counts[strings.Fields(attribute(f, "class"))[1]]++
	}
	for _, level := range []string{"error", "warning", "note", "quiet"} {
		box := d.byID["show-"+level]
		if box == nil || counts[level] == 0 {
			t.Fatalf("nothing to filter by %s: %v", level, counts)
		}
		if want := fmt.Sprint(counts[level]); strings.Fields(textOf(box.Parent))[0] != want {
			t.Errorf("%s: counted %q, want %s", level, textOf(box.Parent), want)
		}
		checked := slices.ContainsFunc(box.Attr, func(a tree.Attribute) bool { return a.Key == "checked" })
		if checked == (level == "quiet") {
			t.Errorf("%s: checked is %t", level, checked)
		}
	}
	clean := parse(t, render(t, html.Input{}))
	if boxes := all(clean.root, "input", ""); len(boxes) != 0 {
		t.Errorf("%d filters where there is nothing to filter", len(boxes))
	}
}

func TestPageReportsWriteErrors(t *testing.T) {
	r, w := io.Pipe()
	r.Close() // nobody reads any more
	if err := html.Page(w, importExample(t)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the error is %v", err)
	}
}

func FuzzPage(f *testing.F) {
	f.Add("x.conf", secretText)
	f.Add(hostile, hostile)
	f.Add("", "[program:a]\ncommand=/bin/a\nenvironment=KEY=',,\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		in := importText(name, text)
		in.Programs = append(in.Programs, emit.Program{Name: text, Detail: name})
		checkSelfContained(parse(t, render(t, in)))
	})
}
