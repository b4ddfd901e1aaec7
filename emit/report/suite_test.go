package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
)

// suite returns the inputs of the conformance suite.
func suite(t *testing.T) map[string]*testCase {
	t.Helper()
	all := map[string]*testCase{}
	for _, c := range seeds.Cases(t, "../..") {
		files := memfs.FS{}
		for name, content := range c.Files {
			files["/"+name] = content
		}
		all[c.Name] = &testCase{files: files, inputs: c.Inputs}
	}
	return all
}

// write returns what one of the writers gives.
func write(t *testing.T, c *testCase, what string) string {
	t.Helper()
	var b bytes.Buffer
	if err := writers[what](&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTextIsSafe: no control character of a source reaches the terminal, and
// colour adds nothing but escape sequences.
func TestTextIsSafe(t *testing.T) {
	painted := regexp.MustCompile("\x1b\\[[0-9;]+m")
	for name, c := range suite(t) {
		for _, what := range []string{"text", "verbose", "secrets", "short"} {
			for i, r := range write(t, c, what) {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Errorf("%s: %s has %q at byte %d", name, what, r, i)
				}
			}
		}
		if plain := painted.ReplaceAllString(write(t, c, "color"), ""); plain != write(t, c, "text") {
			t.Errorf("%s: colour changes the text", name)
		}
	}
}

// TestTextFits: no line is wider than a terminal, unless it is one word behind
// its head, or the row of a program with a long name.
func TestTextFits(t *testing.T) {
	head := regexp.MustCompile(`^ *([a-z]+\[[a-z0-9-]+\]: |= (help: )?|--> |[✓~!-] .*)?`)
	for name, c := range suite(t) {
		for line := range strings.Lines(write(t, c, "verbose")) {
			line = strings.TrimSuffix(line, "\n")
			word := strings.TrimPrefix(line, head.FindString(line))
			if displaywidth.String(line) > report.DefaultWidth && strings.Contains(word, " ") {
				t.Errorf("%s: line is too wide: %s", name, line)
			}
		}
	}
}

// TestAnyWidth: there is no width at which a report cannot be printed.
func TestAnyWidth(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/layout.txtar")
	if err != nil {
		t.Fatal(err)
	}
	im := newCase(archive).imported()
	for width := 1; width < 120; width++ {
		var b bytes.Buffer
		if err := report.Text(&b, im, report.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "| "); n < 2*len(im.Config.Programs) {
			t.Errorf("width %d: only %d lines of snippets", width, n)
		}
	}
}

// TestCarets: the carets of every finding stand under its bytes and no others.
func TestCarets(t *testing.T) {
	checked := 0
	for name, c := range suite(t) {
		im := c.imported()
		for _, d := range im.Diagnostics {
			if !plainSpan(d) {
				continue
			}
			checked++
			// Blanks at the end of a line are not printed.
			want := strings.TrimRight(d.Span.Text(), " ")
			if got := strings.TrimRight(underlined(t, im, d), " "); got != want {
				t.Errorf("%s: %s underlines %q, not %q", name, d.Code, got, want)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d findings were checked", checked)
	}
}

// plainSpan reports whether a finding is about a part of one line in which a
// character is a byte and a column.
func plainSpan(d *diag.Diagnostic) bool {
	line, _ := d.Span.File.Line(d.Span.StartPosition().Line)
	plain := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) < 0
	return plain && utf8.ValidString(line) && strings.TrimSpace(d.Span.Text()) != "" &&
		d.Span.StartPosition().Line == d.Span.EndPosition().Line
}

// underlined returns what stands above the first carets in the report of one
// finding alone.
func underlined(t *testing.T, im report.Import, d *diag.Diagnostic) string {
	t.Helper()
	im.Diagnostics = []*diag.Diagnostic{d}
	var b bytes.Buffer
	if err := report.Text(&b, im, report.Options{Verbose: true, ShowSecrets: true, Width: 10000}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		if from := strings.IndexByte(line, '^'); from > 0 && strings.Trim(line, " |^") == "" {
			to := strings.LastIndexByte(line, '^') + 1
			return lines[i-1][from:min(to, len(lines[i-1]))]
		}
	}
	return ""
}

// sarifLog is what is read back of a log.
type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			PartialFingerprints map[string]string
			Fixes               []sarifFix
		}
	}
}

type sarifFix struct {
	Description     struct{ Text string }
	ArtifactChanges []struct {
		ArtifactLocation struct{ URI string }
		Replacements     []struct {
			DeletedRegion   struct{ StartLine, StartColumn, EndLine, EndColumn int }
			InsertedContent struct{ Text string }
		}
	}
}

// TestSARIF: every log is what SARIF demands, its results name their rules, and
// no two of them have one fingerprint.
func TestSARIF(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range suite(t) {
		text := write(t, c, "sarif")
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		checkLog(t, name, text)
	}
}

func checkLog(t *testing.T, name, text string) {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	seen := map[string]bool{}
	for _, r := range run.Results {
		if id := run.Tool.Driver.Rules[r.RuleIndex].ID; id != r.RuleID {
			t.Errorf("%s: result of %s has the index of %s", name, r.RuleID, id)
		}
		print := r.PartialFingerprints["runwisp/v1"]
		if print == "" || seen[print] {
			t.Errorf("%s: fingerprint %q of %s is not its own", name, print, r.RuleID)
		}
		seen[print] = true
	}
}

// TestSARIFFixes: applied by its lines and columns, each fix of a log changes
// the source as that of the finding does.
func TestSARIFFixes(t *testing.T) {
	checked := 0
	for name, c := range suite(t) {
		var log sarifLog
		if err := json.Unmarshal([]byte(write(t, c, "sarif")), &log); err != nil {
			t.Fatal(err)
		}
		for i, d := range c.imported().Diagnostics {
			fixes := log.Runs[0].Results[i].Fixes
			if d.Fix == nil {
				if fixes != nil {
					t.Errorf("%s: %s has a fix out of nowhere", name, d.Code)
				}
				continue
			}
			checked++
			span := d.Fix.Span
			want := span.File.Content[:span.Start] + d.Fix.Text + span.File.Content[span.End:]
			if got := fixed(t, span.File, fixes); got != want {
				t.Errorf("%s: %s becomes\n%s\nwant\n%s", name, d.Code, got, want)
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d fixes were checked", checked)
	}
}

// fixed applies the one replacement of the one fix to a file.
func fixed(t *testing.T, file *source.File, fixes []sarifFix) string {
	t.Helper()
	if len(fixes) != 1 || len(fixes[0].ArtifactChanges) != 1 || len(fixes[0].ArtifactChanges[0].Replacements) != 1 {
		t.Fatalf("not one replacement: %v", fixes)
	}
	change := fixes[0].ArtifactChanges[0]
	if change.ArtifactLocation.URI != file.Name || fixes[0].Description.Text == "" {
		t.Errorf("fix is %+v", fixes[0])
	}
	r := change.Replacements[0]
	start := offsetOf(file, r.DeletedRegion.StartLine, r.DeletedRegion.StartColumn)
	end := offsetOf(file, r.DeletedRegion.EndLine, r.DeletedRegion.EndColumn)
	return file.Content[:start] + r.InsertedContent.Text + file.Content[end:]
}

// offsetOf finds the byte at a line and a column, which counts code points.
func offsetOf(file *source.File, line, column int) int {
	text, start := file.Line(line)
	for i := range text {
		if column--; column == 0 {
			return int(start) + i
		}
	}
	return int(start) + len(text)
}

// TestFileURIs: paths become URIs, relative where they are.
func TestFileURIs(t *testing.T) {
	for name, want := range map[string]string{
		"supervisord.conf":       "supervisord.conf",
		"./conf.d/a b%#?.conf":   "conf.d/a%20b%25%23%3F.conf",
		"../café.conf":           "../caf%C3%A9.conf",
		"a:b.conf":               "./a:b.conf",
		"/etc/supervisor/x.conf": "file:///etc/supervisor/x.conf",
		"<stdin>":                "stdin",
	} {
		var b bytes.Buffer
		d := &diag.Diagnostic{Code: diag.NoPrograms, Span: source.NewFile(name, "").Span(0, 0)}
		if err := report.SARIF(&b, []*diag.Diagnostic{d}, report.Options{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), `"uri": "`+want+`"`) {
			t.Errorf("the URI of %q is not %q:\n%s", name, want, b.String())
		}
	}
}

// TestWithoutPlace: a finding about no place at all can be reported.
func TestWithoutPlace(t *testing.T) {
	im := newCase(&txtar.Archive{}).imported()
	im.Diagnostics = []*diag.Diagnostic{{Code: diag.NoPrograms, Message: "nothing"}, {Code: diag.NoPrograms, Message: "nothing"}}
	for format, write := range reports {
		var b bytes.Buffer
		if err := write(&b, im, report.Options{}); err != nil || !strings.Contains(b.String(), "nothing") {
			t.Errorf("%s: error %v, report:\n%s", format, err, b.String())
		}
	}
}

// TestLongSubject: each finding about a section with a very long name stays
// shorter than the name.
func TestLongSubject(t *testing.T) {
	im := newCase(&txtar.Archive{}).imported()
	subject := diag.Subject{Section: "program:" + strings.Repeat("x", 5000), Key: "startsecs"}
	im.Diagnostics = []*diag.Diagnostic{{Code: diag.NoPrograms, Message: "nothing", Subject: subject}}
	var b bytes.Buffer
	if err := report.JSON(&b, im, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`"subject": "program:x{500,1000} … x+\.startsecs"`).Match(b.Bytes()) {
		t.Errorf("report is:\n%s", b.String())
	}
}

// TestLongTarget: the place of a finding in the output is spelled as there, also
// where a variable has a longer name than a unit may have.
func TestLongTarget(t *testing.T) {
	path := "services.x.env." + strings.Repeat("X", 200)
	c := newCase(&txtar.Archive{Files: []txtar.File{{
		Name: "supervisord.conf",
		Data: []byte("[program:x]\ncommand=/bin/x\nenvironment=" + strings.Repeat("X", 200) + "=\"%(ENV_Y)s\"\n"),
	}}})
	if text := write(t, c, "json"); !strings.Contains(text, `"path": "`+path+`"`) {
		t.Errorf("report is:\n%s", text)
	}
}

// TestManyRows: of programs that need no human 1,000 of each status have a row,
// unless the report is verbose, and all of those that need one.
func TestManyRows(t *testing.T) {
	var conf strings.Builder
	for i := range 1002 {
		fmt.Fprintf(&conf, "[program:clean%d]\ncommand=/bin/x\n[program:todo%d]\ncommand=/bin/x %%(ENV_Y)s\n", i, i)
	}
	c := newCase(&txtar.Archive{Files: []txtar.File{{Name: "supervisord.conf", Data: []byte(conf.String())}}})
	for _, tt := range []struct {
		what, row string
		want      int
	}{
		{"text", "✓ clean", 1000},
		{"text", "✓ and 2 more (-v shows each)", 1},
		{"text", "! todo", 1002},
		{"verbose", "✓ clean", 1002},
		{"verbose", "✓ and", 0},
	} {
		if got := strings.Count(write(t, c, tt.what), "\n  "+tt.row); got != tt.want {
			t.Errorf("%s: %d rows start with %q, not %d", tt.what, got, tt.row, tt.want)
		}
	}
}

// TestManyRelated: of many related places the later ones have no source lines,
// and neither has a long one.
func TestManyRelated(t *testing.T) {
	file := source.NewFile("x.conf", "first\nsecond\nthird\nfourth\n")
	related := []diag.Related{
		{Span: file.Span(0, 5), Message: "shown"},
		{Span: file.Span(6, 18), Message: "of two lines"},
		{Span: file.Span(19, 25), Message: "one too many"},
	}
	im := newCase(&txtar.Archive{}).imported()
	im.Diagnostics = []*diag.Diagnostic{{Code: diag.NoPrograms, Message: "nothing", Related: related}}
	var b bytes.Buffer
	if err := report.Text(&b, im, report.Options{}); err != nil {
		t.Fatal(err)
	}
	const want = `note: shown
  --> x.conf:1:1
   |
 1 | first
   | ^^^^^
note: of two lines
  --> x.conf:2:1
note: one too many
  --> x.conf:4:1

`
	if !strings.Contains(b.String(), want) {
		t.Errorf("report is:\n%s", b.String())
	}
}

// TestExplanations: every rule can be explained, in lines that fit.
func TestExplanations(t *testing.T) {
	for _, rule := range diag.Rules() {
		var b bytes.Buffer
		if err := (report.Explanation{Rule: &rule}).Text(&b, report.Options{}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if strings.IndexFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
				t.Errorf("%s: line is not to be printed: %q", rule.Code, line)
			}
			if displaywidth.String(line) > report.DefaultWidth {
				t.Errorf("%s: line is too wide: %s", rule.Code, line)
			}
		}
	}
}

// TestFingerprintsStay: lines that move, and files that do, change no
// fingerprint; another text does.
func TestFingerprintsStay(t *testing.T) {
	prints := func(content string) string {
		c := &testCase{files: memfs.FS{"/supervisord.conf": content}}
		var log sarifLog
		if err := json.Unmarshal([]byte(write(t, c, "sarif")), &log); err != nil {
			t.Fatal(err)
		}
		for _, r := range log.Runs[0].Results {
			if r.RuleID == string(diag.InvalidValue) {
				return r.PartialFingerprints["runwisp/v1"]
			}
		}
		t.Fatalf("no finding in %q", content)
		return ""
	}
	first := prints("[program:web]\ncommand=/bin/web\nstartsecs=soon\n")
	if moved := prints("; more\n\n[program:web]\nuser=www\ncommand=/bin/web\nstartsecs = soon\n"); moved != first {
		t.Errorf("fingerprint %s became %s when its line moved", first, moved)
	}
	if other := prints("[program:web]\ncommand=/bin/web\nstartsecs=late\n"); other == first {
		t.Error("another value has the same fingerprint")
	}
}
