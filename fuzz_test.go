package runwisp_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
)

// seedInputs adds the inputs of the conformance suite to a fuzz target.
func seedInputs(f *testing.F) {
	f.Helper()
	for _, name := range cases(f) {
		c := readCase(f, name)
		f.Add(c.files[caseDir+"/"+c.inputs[0]])
	}
}

// FuzzImport: whatever the input, the promises hold.
func FuzzImport(f *testing.F) {
	seedInputs(f)
	probes := probeCache{}
	f.Fuzz(func(t *testing.T, text string) {
		if longNumber.MatchString(text) {
			t.Skip("thousands of processes take long, and show no more than a few")
		}
		c := testCase{
			files:   memfs.FS{caseDir + "/supervisord.conf": text},
			inputs:  []string{"supervisord.conf"},
			environ: usualEnviron(),
		}
		if len(probes) > maxProbes {
			clear(probes)
		}
		checkPromisesWith(t, c.importWith, c.environ, probes)
	})
}

// maxProbes bounds what is remembered of shells: a target runs for hours.
const maxProbes = 10_000

// longNumber may be a number of processes.
var longNumber = regexp.MustCompile(`[0-9_]{3}`)

// FuzzCommand: whatever the command, the shell passes on the arguments that
// supervisord would.
func FuzzCommand(f *testing.F) {
	for _, command := range []string{
		`/bin/web --port 80`, `web "a $HOME" 'b c' \$d`, `a=b c`, `~/bin/x ~ =~ a:~`, `if then`, `! x`,
		`x {a,b} {a..c} [ab] a[b] *?`, `x 'it'\''s' "a\"b\\c\d"`, `x # not a comment`, `+0 x`, `A[ x`, `in x`, "x 'two\nlines'",
	} {
		f.Add(command)
	}
	f.Fuzz(func(t *testing.T, command string) {
		if strings.ContainsAny(command, "\x00%\r\n;#") || !utf8.ValidString(command) {
			t.Skip("the configuration reader would change it")
		}
		im := importText("[program:x]\ncommand=" + command + "\n")
		table := im.Document.Tables[0]
		run := table.Entry("run")
		if table.Disabled || run == nil {
			t.Skip("it cannot be split into arguments")
		}
		want := passes.Argv(commandOf(im))
		if !canExist(want[0]) {
			t.Skip("no program can have that name")
		}
		got := shellArgv(t, want[0], run.Value.Text, nil)
		if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
			t.Errorf("%q runs %q, supervisord %q", run.Value.Text, got, want)
		}
	})
}

func commandOf(im *runwisp.Imported) *ir.Setting { return im.Config.Programs[0].Setting("command") }

// canExist reports whether a probe can be put in place of a program.
func canExist(program string) bool {
	place := filepath.Join("/place", program)
	return place != "/place" && !strings.HasSuffix(program, "/") && !strings.HasSuffix(program, "/.") &&
		!strings.Contains(program, "..") && len(program) < 200
}
