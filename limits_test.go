package runwisp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
)

// TestLimits: what RunWisp has no room for is left out, and said at its place.
// These inputs are too long for conformance cases.
func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		code       diag.Code
		at         string // what the diagnostic is about
		tables     int
	}{
		{
			"processes of a task", "[program:job]\ncommand=/bin/job\nautorestart=false\nprocess_name=%(process_num)s\nnumprocs=1001\n",
			diag.OutOfRange, "1001", 1000,
		},
		{
			"bytes of a variable", "[program:web]\ncommand=/bin/web\nenvironment=A=1,LONG=\"" + strings.Repeat("x", schema.MaxEnvValue+1) + "\"\n",
			diag.UnusableVariable, "LONG", 1,
		},
		{
			"bytes of a variable with doubled signs", "[program:web]\ncommand=/bin/web\nenvironment=LONG=\"" + strings.Repeat("${", schema.MaxEnvValue/2) + "\"\n",
			diag.UnusableVariable, "LONG", 1,
		},
		{
			"bytes filled in", "[program:web]\ncommand=/bin/web" + strings.Repeat(wide, 50) + "\n",
			diag.BadExpansion, strings.Repeat(wide, 8), 1,
		},
		{
			"bytes filled in by others", "[program:web]\nnumprocs=2\nprocess_name=%(process_num)d\ncommand=/bin/web" + strings.Repeat(wideNumber, 50) + "\n",
			diag.BadExpansion, strings.Repeat(wideNumber, 8), 1,
		},
		{
			"bytes of a command", "[program:web]\ncommand=" + longCommand + "\n",
			diag.OutOfRange, longCommand, 1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			im := importText(tt.text)
			said := slices.ContainsFunc(im.Diagnostics, func(d *diag.Diagnostic) bool { return d.Code == tt.code && d.Span.Text() == tt.at })
			if !said {
				t.Errorf("no %s about %q:\n%s", tt.code, tt.at, printDiags(im.Diagnostics))
			}
			if n := len(im.Document.Tables); n != tt.tables {
				t.Errorf("%d tables, want %d", n, tt.tables)
			}
			if strings.Contains(string(im.Output.TOML), "\nLONG = ") {
				t.Error("the variable is written all the same")
			}
			checkLoads(t, im)
			checkValid(t, im)
			checkTODOs(t, im)
		})
	}
}

// wide and wideNumber come to 100,001 bytes each, the second only in the process.
const (
	wide       = " %(program_name)100000s"
	wideNumber = " %(process_num)100000d"
)

// TestAdviceIsShort: what stands in place of an expansion, or the word around it,
// is told only where it is no longer than anybody reads.
func TestAdviceIsShort(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for _, text := range []string{
		"[group:" + long + "]\nprograms=web\n[program:web]\ncommand=/bin/web %(group_name)s\ndirectory=/%(group_name)s\n",
		"[supervisord]\nenvironment=A=" + long + "\n[program:web]\ncommand=/bin/web %(ENV_A)s\ndirectory=/%(ENV_A)s\n",
		"[program:web]\ncommand=/bin/web *" + long + "%(ENV_A)s%(ENV_B)s\n",
	} {
		im := importText(text)
		if n := diag.Count(im.Diagnostics, diag.Warning); n == 0 {
			t.Errorf("nothing is left in place: %.60q", text)
		}
		for _, d := range im.Diagnostics {
			if d.Code == diag.UnresolvedExpansion && len(d.Hint) > len(long) {
				t.Errorf("an advice has %d bytes: %.100q", len(d.Hint), d.Hint)
			}
		}
		checkLoads(t, im)
		checkTODOs(t, im)
	}
}

// TestHereIsNotUTF8: a path that is no UTF-8 is not written, for TOML cannot hold it;
// the expansion stays where it is, whether all is to be filled in or not.
func TestHereIsNotUTF8(t *testing.T) {
	const text = "[include]\nfiles=more.conf\n[DEFAULT]\ndirectory=%(here)s\n" +
		"[program:web]\ncommand=%(here)s/run --text \"%(here)s\"\nenvironment=A=\"%(here)s\",B=\"%(here)r\"\n"
	for _, resolve := range []bool{false, true} {
		im := runwisp.Import(
			[]passes.Input{{File: source.NewFile("supervisord.conf", text), Path: "/caf\xff/supervisord.conf", Dir: "/caf\xff"}},
			passes.Options{Files: memfs.FS{"/caf\xff/more.conf": ""}, LookupEnv: func(string) (string, bool) { return "", false }, Resolve: resolve})
		if toml := string(im.Output.TOML); strings.Contains(toml, "caf") {
			t.Errorf("resolve %v: a part of the path is written:\n%s", resolve, toml)
		}
		checkLoads(t, im)
		checkTODOs(t, im)
	}
}

// longCommand is one byte longer than a shell takes it in one argument.
var longCommand = "/bin/web" + strings.Repeat(" x", (128<<10-len("/bin/web"))/len(" x"))

// TestWithinLimits: at the limit nothing is left out.
func TestWithinLimits(t *testing.T) {
	value := strings.Repeat("x", schema.MaxEnvValue)
	command := longCommand[:len(longCommand)-2] + "y"
	im := importText("[supervisord]\n[program:web]\ncommand=" + command + "\nenvironment=LONG=\"" + value + "\"\n")
	for _, want := range []string{"run = \"" + command + "\"\n", "LONG = \"" + value + "\"\n"} {
		if !strings.Contains(string(im.Output.TOML), want) {
			t.Errorf("%.20s... is left out", want)
		}
	}
	for _, d := range im.Diagnostics {
		if d.Code == diag.OutOfRange || d.Code == diag.UnusableVariable {
			t.Errorf("%s: %.200s", d.Code, d.Message)
		}
	}
	checkValid(t, im)
}

// TestNoInput: an import of no file at all is an empty document.
func TestNoInput(t *testing.T) {
	im := runwisp.Import(nil, passes.Options{Files: memfs.FS{}, LookupEnv: func(string) (string, bool) { return "", false }})
	if len(im.Document.Tables) != 0 {
		t.Errorf("%d tables out of nothing", len(im.Document.Tables))
	}
	checkLoads(t, im)
}
