package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a run may take before it is taken to hang.
const patience = 2 * time.Minute

// A process is a run of the real command.
type process struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer
	exited         chan struct{}
}

// newProcess prepares a run in a directory. Standard input is empty.
func newProcess(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	path, err := exec.LookPath("runwisp")
	if err != nil {
		t.Fatal(err)
	}
	return prepare(t, dir, path, args...)
}

// newShell prepares a run by a shell script, to which the command and its
// arguments are "$@".
func newShell(t *testing.T, dir, script string, args ...string) *process {
	t.Helper()
	path, err := exec.LookPath("runwisp")
	if err != nil {
		t.Fatal(err)
	}
	return prepare(t, dir, "/bin/sh", append([]string{"-c", script, "sh", path}, args...)...)
}

func prepare(t *testing.T, dir, path string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	p := &process{Cmd: exec.CommandContext(ctx, path, args...), exited: make(chan struct{})}
	p.Dir = dir
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	return p
}

// start starts the run. It is over when exited is closed.
func (p *process) start(t *testing.T) {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.watch()
}

// watch waits for the end of a run that was started.
func (p *process) watch() {
	go func() {
		defer close(p.exited)
		_ = p.Wait() // ProcessState has the outcome
	}()
}

// outcome waits for the end and tells it: "exit 2", or the signal.
func (p *process) outcome() string {
	<-p.exited
	status, ok := p.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case !ok:
		return p.ProcessState.String()
	case status.Signaled():
		return status.Signal().String()
	}
	return fmt.Sprintf("exit %d", status.ExitStatus())
}

// check waits for the end and compares it. A run that ends in a crash never
// ends well.
func (p *process) check(t *testing.T, outcome string) {
	t.Helper()
	if got := p.outcome(); got != outcome {
		t.Errorf("%s, want %s; it says:\n%.2000s", got, outcome, p.stderr.String())
	}
	for _, trace := range []string{"panic", "goroutine ", "runtime error", "DATA RACE"} {
		if strings.Contains(p.stderr.String(), trace) {
			t.Errorf("it crashed:\n%.4000s", p.stderr.String())
		}
	}
}

// runCommand runs the command to its end, and returns what it said.
func runCommand(t *testing.T, dir, outcome string, args ...string) (stdout, stderr string) {
	t.Helper()
	p := newProcess(t, dir, args...)
	p.start(t)
	p.check(t, outcome)
	return p.stdout.String(), p.stderr.String()
}

// refused runs the command, which must end with exit code 2, write nothing,
// and say so in one line.
func refused(t *testing.T, dir, message string, args ...string) {
	t.Helper()
	stdout, stderr := runCommand(t, dir, "exit 2", args...)
	if want := "runwisp: " + message + "\n"; stderr != want || stdout != "" {
		t.Errorf("it says %q and writes %q, want %q and nothing", stderr, stdout, want)
	}
}

// openPipe opens one end of a named pipe, for which it waits until the run
// has opened the other.
func (p *process) openPipe(t *testing.T, path string, flag int) *os.File {
	t.Helper()
	type opened struct {
		file *os.File
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.OpenFile(path, flag, 0)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		if o.err != nil {
			t.Fatal(o.err)
		}
		t.Cleanup(func() { o.file.Close() })
		return o.file
	case <-p.exited:
		t.Fatalf("it ended without opening %s: %s\n%.2000s", path, p.outcome(), p.stderr.String())
	}
	return nil
}

// A files are the files of a test: contents by path.
type files map[string]string

// writeFiles makes a folder with files.
func writeFiles(t *testing.T, list files) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range list {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// makePipe makes a named pipe.
func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

// readFile returns the content of a file.
func readFile(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// names returns what is in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// A snapshot is what is in a folder, with the content of its regular files.
type snapshot map[string]string

func takeSnapshot(t *testing.T, dir string) snapshot {
	t.Helper()
	s := snapshot{}
	for _, name := range names(t, dir) {
		info, err := os.Lstat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		s[name] = info.Mode().String()
		if info.Mode().IsRegular() {
			s[name] += " " + readFile(t, dir, name)
		}
	}
	return s
}

// check compares a folder with what was in it.
func (s snapshot) check(t *testing.T, dir string) {
	t.Helper()
	now := takeSnapshot(t, dir)
	for name, content := range now {
		if old, ok := s[name]; !ok {
			t.Errorf("%s was left behind", name)
		} else if old != content {
			t.Errorf("%s was changed to %.200q", name, content)
		}
	}
	for name := range s {
		if _, ok := now[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
}
