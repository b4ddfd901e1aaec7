package oracle

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// errNoPython is what is wrong with an executable that is not run by Python.
var errNoPython = errors.New("not a Python script; name the supervisord that it starts")

// interpreterOf returns the command that runs a Python script, the name of the
// script left out. It is read off the first lines, where pip, Debian and
// others put it in three ways.
func interpreterOf(executable string) ([]string, error) {
	f, err := os.Open(executable)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	first, second, err := twoLines(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", executable, err)
	}
	command, err := pythonCommand(first, second)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", executable, err)
	}
	if command[0], err = exec.LookPath(command[0]); err != nil {
		// Not wrapped: exec.ErrNotFound is for a supervisord that is not there.
		return nil, fmt.Errorf("%s: cannot find its interpreter: %v", executable, err)
	}
	return command, nil
}

// maxShebang bounds how much of a file is read: a binary may hold no line at
// all.
const maxShebang = 4096

// twoLines returns the first two lines of a file.
func twoLines(r io.Reader) (first, second string, err error) {
	s := bufio.NewScanner(io.LimitReader(r, maxShebang))
	if s.Scan() {
		first = s.Text()
	}
	if s.Scan() {
		second = s.Text()
	}
	return first, second, s.Err()
}

// pythonCommand returns the interpreter that the first two lines of a script
// name, and its arguments.
func pythonCommand(first, second string) ([]string, error) {
	shebang, ok := strings.CutPrefix(first, "#!")
	command := strings.Fields(shebang)
	if !ok || len(command) == 0 {
		return nil, errNoPython
	}
	if command[0] == "/bin/sh" {
		command = pipCommand(second)
	} else if filepath.Base(command[0]) == "env" {
		command = envCommand(command[1:])
	}
	if len(command) == 0 || !isPython(command[0]) {
		return nil, errNoPython
	}
	return command, nil
}

// pipCommand reads the second line of a script that pip gave to /bin/sh,
// because its interpreter has a blank in its path or one that is too long for
// a first line. To Python the line is the start of a string.
//
//	'''exec' "/opt/my venv/bin/python" "$0" "$@"
func pipCommand(line string) []string {
	rest, ok := strings.CutPrefix(line, "'''exec' ")
	path, end := strings.CutSuffix(rest, ` "$0" "$@"`)
	if !ok || !end {
		return nil
	}
	return []string{strings.Trim(path, `"`)}
}

// envCommand returns what env runs. With -S it takes arguments apart.
func envCommand(args []string) []string {
	if len(args) > 0 && args[0] == "-S" {
		args = args[1:]
	}
	return args
}

// isPython reports whether a program is called like a Python 3 or one that may
// be: "python", "python3.11", "pypy3".
func isPython(program string) bool {
	name := filepath.Base(program)
	return strings.HasPrefix(name, "python") && !strings.HasPrefix(name, "python2") || strings.HasPrefix(name, "pypy3")
}
