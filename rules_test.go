package runwisp_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
)

// importText imports a configuration that has no files around it.
func importText(text string) *runwisp.Imported {
	return runwisp.Import(
		[]passes.Input{{File: source.NewFile("supervisord.conf", text), Path: "supervisord.conf", Dir: caseDir}},
		passes.Options{
			Files:     memfs.FS{},
			LookupEnv: func(string) (string, bool) { return "", false },
			Node:      node,
		})
}

// importRules returns the rules that an import can raise.
func importRules() []diag.Rule {
	return slices.DeleteFunc(slices.Clone(diag.Rules()), func(r diag.Rule) bool { return r.Input != diag.Supervisord })
}

// TestRuleExamples: the example of each rule raises its code, and nothing else
// that is as bad or worse, but the reason why a file was not read.
func TestRuleExamples(t *testing.T) {
	for _, rule := range importRules() {
		t.Run(string(rule.Code), func(t *testing.T) {
			raised := false
			for _, d := range explanation(t, &rule).Diagnostics {
				raised = raised || d.Code == rule.Code
				if rule.Code == diag.UnreadMember && d.Code == diag.IncludeStdin {
					continue
				}
				if d.Code != rule.Code && d.Severity > diag.Note && d.Severity >= rule.Severity {
					t.Errorf("example raises %s too: %s", d.Code, d.Message)
				}
			}
			if !raised {
				t.Errorf("example does not raise the code:\n%s", rule.ExampleText())
			}
		})
	}
}

// TestScenesMatter: what is around an example is there for a reason; without it
// the code is not raised.
func TestScenesMatter(t *testing.T) {
	for _, rule := range diag.Rules() {
		alone := rule
		alone.Scene = diag.Scene{}
		for _, d := range explanation(t, &alone).Diagnostics {
			if d.Code == rule.Code && !reflect.DeepEqual(rule.Scene, diag.Scene{}) {
				t.Errorf("the example of %s needs no scene", rule.Code)
			}
		}
	}
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestRulesAreComplete(t *testing.T) {
	seen := map[diag.Code]bool{}
	for _, rule := range diag.Rules() {
		if !kebab.MatchString(string(rule.Code)) || seen[rule.Code] {
			t.Errorf("code %q is taken or not in kebab case", rule.Code)
		}
		seen[rule.Code] = true
		if rule.ExampleText() == "" {
			t.Errorf("%s needs an example", rule.Code)
		}
		if rule.Title == "" || !strings.HasSuffix(rule.Explanation, ".") {
			t.Errorf("%s needs a title, and an explanation in sentences", rule.Code)
		}
		if rule.Verbose && (rule.Severity != diag.Note || rule.TODO) {
			t.Errorf("%s is hidden although it matters", rule.Code)
		}
	}
}

// TestSuiteIsComplete: every code of the importer and every option that it
// knows occurs in a conformance case.
func TestSuiteIsComplete(t *testing.T) {
	codes, options := map[diag.Code]bool{}, map[string]bool{}
	for _, name := range cases(t) {
		im := readCase(t, name).importCase()
		for _, d := range im.Diagnostics {
			codes[d.Code] = true
		}
		for _, s := range im.Config.Sections {
			for _, o := range s.Options {
				if s.Kind.MakesProcesses() {
					options[o.Key] = true
				}
			}
		}
	}
	for _, rule := range importRules() {
		if !codes[rule.Code] && rule.Code != diag.VerifyDifference { // only --verify raises it
			t.Errorf("no case raises %s", rule.Code)
		}
	}
	for _, option := range passes.KnownOptions() {
		if !options[option.Key] {
			t.Errorf("no case sets %s", option.Key)
		}
	}
}

// TestMessageStyle: messages are clauses, hints are sentences.
func TestMessageStyle(t *testing.T) {
	for _, name := range cases(t) {
		for _, d := range readCase(t, name).importCase().Diagnostics {
			if strings.HasSuffix(d.Message, ".") || d.Message == "" {
				t.Errorf("%s: message %q is no clause", d.Code, d.Message)
			}
			if d.Hint != "" && !strings.HasSuffix(d.Hint, ".") && !strings.HasSuffix(d.Hint, "?") {
				t.Errorf("%s: hint %q is no sentence", d.Code, d.Hint)
			}
		}
	}
}

// TestFixesOverrideNothing: where the option is set that a misspelled one may
// mean, a fix would have one of the two win over the other.
func TestFixesOverrideNothing(t *testing.T) {
	for _, d := range importText("[program:a]\ncommand=/bin/a\ncommands=/bin/b\n").Diagnostics {
		if d.Fix != nil {
			t.Errorf("%s: %q is to become %q, which is set", d.Code, d.Fix.Span.Text(), d.Fix.Text)
		}
	}
}

// TestFixes: a fix settles its finding; it does not come again at its place.
func TestFixes(t *testing.T) {
	fixed := 0
	for _, name := range cases(t) {
		c := readCase(t, name)
		for _, d := range c.importCase().Diagnostics {
			if d.Fix == nil || d.Fix.Span.File.Name != c.inputs[0] {
				continue
			}
			fixed++
			again := readCase(t, name)
			main := caseDir + "/" + c.inputs[0]
			text, at := again.files[main], d.Fix.Span
			again.files[main] = text[:at.Start] + d.Fix.Text + text[at.End:]
			for _, left := range again.importCase().Diagnostics {
				if left.Code == d.Code && left.Span.Start == d.Span.Start && left.Span.File.Name == d.Span.File.Name {
					t.Errorf("%s: %s is still there once %q is fixed to %q", caseName(name), d.Code, at.Text(), d.Fix.Text)
				}
			}
		}
	}
	if fixed == 0 {
		t.Error("no case has a finding with a fix")
	}
}

// TestOnceARun: what is said once a run is said once, however many programs there
// are for cores to share, and at the first of them.
func TestOnceARun(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "[program:p%d]\ncommand=/bin/p\nuser=nobody\n", i)
	}
	var lines []string
	for _, d := range importText(b.String()).Diagnostics {
		if d.Code == diag.NeedsRoot {
			lines = append(lines, d.Span.FileLine())
		}
	}
	if want := []string{"supervisord.conf:3"}; !slices.Equal(lines, want) {
		t.Errorf("%s stands at %q, want %q", diag.NeedsRoot, lines, want)
	}
}
