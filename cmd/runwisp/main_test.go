package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

// raceOptions spare each run the second for which the race detector waits at
// its end.
const raceOptions = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", raceOptions); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"runwisp": main})
}

// TestScripts runs the command as a program of its own: flags, streams, files
// and exit codes.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			self, err := os.Executable()
			env.Setenv("RUNWISP_BINARY", self)
			env.Setenv("GORACE", raceOptions)
			commands, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Setenv("RUNWISP_COMMAND", filepath.Join(commands, "runwisp"))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exitcode": exitCode,
			"mode":     mode,
		},
	})
}

// exitCode runs a command and checks its exit code: exitcode N command args.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N command [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// mode checks the permissions of a file: mode -rw-r----- FILE.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode -rw-r----- FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := info.Mode().Perm().String(); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// TestHelp: the help of every command starts with an example and fits a
// terminal, flags aside.
func TestHelp(t *testing.T) {
	root := newRoot(streams{})
	commands := []*cobra.Command{root}
	for i := 0; i < len(commands); i++ {
		cmd := commands[i]
		commands = append(commands, cmd.Commands()...)
		var b strings.Builder
		cmd.SetOut(&b)
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(b.String(), "Flags:")
		if !strings.HasPrefix(text, "Example:\n  ") || !strings.Contains(text, "\n\nUsage:\n  runwisp") {
			t.Errorf("help of %s:\n%s", cmd.CommandPath(), text)
		}
		for line := range strings.Lines(text) {
			if len(line) > 81 {
				t.Errorf("help of %s is too wide: %s", cmd.CommandPath(), line)
			}
		}
	}
	if len(commands) < 8 {
		t.Errorf("only %d commands", len(commands))
	}
}
