package runwisp_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/runwisp/runwisp/passes/shell"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(witnessVariable); dir != "" {
		witness(dir)
		os.Exit(0)
	}
	code := m.Run()
	if probeDir != "" {
		os.RemoveAll(probeDir)
	}
	os.Exit(code)
}

// probeDir holds the probe, once it is built.
var probeDir string

// buildProbe builds the program that prints its arguments. It is a small one
// of its own, since it is started thousands of times.
var buildProbe = sync.OnceValues(func() (string, error) {
	var err error
	if probeDir, err = os.MkdirTemp("", "runwisp-probe"); err != nil {
		return "", err
	}
	path := filepath.Join(probeDir, "probe")
	out, err := exec.Command("go", "build", "-o", path, "./testdata/probe").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

// A probeCache remembers what the shell made of a text: most of them do not
// change with the switches of an import.
type probeCache map[string][]string

func (c probeCache) argv(t *testing.T, program, run string, env map[string]string) []string {
	t.Helper()
	key := fmt.Sprint(program, "\x00", run, "\x00", env) // maps print sorted
	if _, ok := c[key]; !ok {
		c[key] = shellArgv(t, program, run, env)
	}
	return c[key]
}

// shellArgv runs shell text as RunWisp does, with a probe in place of the
// given program, and returns the arguments that the probe got.
func shellArgv(t *testing.T, program, run string, env map[string]string) []string {
	t.Helper()
	dir := placeProbe(t, program)
	bare := !strings.Contains(program, "/")
	if strings.HasPrefix(program, "/") {
		run = dir + run // glued to whatever quotes and variables the name starts with
	}
	if shell.IsBuiltin(program) {
		run = "exec " + run // the probe, not what the shell has built in
	}
	var argv []string
	for _, sh := range shells(t) {
		cmd := exec.Command(sh, "-e", "-c", run)
		cmd.Dir = dir
		for name, value := range env {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		if bare {
			cmd.Env = append(cmd.Env, "PATH="+dir)
		}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s -e -c %q: %v", sh, run, err)
		}
		got := strings.Split(string(out), "\x00")
		got[0] = strings.TrimPrefix(got[0], dir)
		if bare { // where the text uses $PATH, it got the folder of the probe
			for i := range got {
				got[i] = strings.ReplaceAll(got[i], dir, env["PATH"])
			}
		}
		if argv != nil && !slices.Equal(argv, got) {
			t.Errorf("shells disagree on %s: %q and %q", strconv.Quote(run), argv, got)
		}
		argv = got
	}
	return argv
}

// placeProbe puts a probe in place of a program below a folder of its own.
func placeProbe(t *testing.T, program string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	place := filepath.Join(dir, program)
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		t.Fatal(err)
	}
	probe, err := buildProbe()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(probe, place); err != nil {
		t.Fatal(err)
	}
	return dir
}

// shells returns the shells that stand for /bin/sh: always itself, and bash
// where there is one.
func shells(t *testing.T) []string {
	t.Helper()
	list := []string{"/bin/sh"}
	if bash, err := exec.LookPath("bash"); err == nil {
		list = append(list, bash)
	}
	return list
}
