// Package oracle asks an installed supervisord what it makes of a
// configuration, puts what we make of it into the same shape, and compares
// the two.
package oracle

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// script asks the supervisor package of the interpreter that runs it.
//
//go:embed oracle.py
var script string

// An Engine is an installed supervisord, by way of its Python.
type Engine struct {
	// Supervisor and Python are the versions: "4.2.5", "3.11".
	Supervisor string `json:"supervisor"`
	Python     string `json:"python"`

	// interpreter is the Python of supervisord and what it is run with.
	interpreter []string
}

// String names the engine: "supervisor 4.2.5 on Python 3.11".
func (e *Engine) String() string {
	return fmt.Sprintf("supervisor %s on Python %s", e.Supervisor, e.Python)
}

// IsReference reports whether the engine reads configurations by the rules that
// the importer follows. Others differ in inline comments, in environment=, and
// in the names of signals.
func (e *Engine) IsReference() bool {
	return slices.Contains([]string{"4.2.4", "4.2.5", "4.3.0"}, e.Supervisor) && slices.Contains([]string{"3.11", "3.12"}, e.Python)
}

// Find returns the engine behind a supervisord executable. An empty path is
// looked up in PATH; the error then wraps exec.ErrNotFound where there is
// none. It is an error if the interpreter of the executable cannot be told, or
// cannot import supervisor.
func Find(path string) (*Engine, error) {
	if path == "" {
		path = "supervisord"
	}
	executable, err := exec.LookPath(path)
	if err != nil {
		return nil, err
	}
	interpreter, err := interpreterOf(executable)
	if err != nil {
		return nil, err
	}
	e := &Engine{interpreter: interpreter}
	output, err := e.run(context.Background(), nil, Options{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", executable, err)
	}
	if err := output.Decode(e); err != nil {
		return nil, fmt.Errorf("%s: %w", executable, err)
	}
	return e, nil
}

// Options are the world in which configurations are read.
type Options struct {
	// Environ is the whole environment of supervisord; nil is that of this
	// process.
	Environ map[string]string
	// Node is what %(host_node_name)s stands for; empty is the name of this
	// machine.
	Node string
	// Host makes users, directories and plugins be looked up on this
	// machine, as supervisord does. Otherwise all that could exist do.
	Host bool
}

// args returns the arguments of the script.
func (o *Options) args() []string {
	args := []string{"--environ"}
	if o.Node != "" {
		args = append(args, "--node", o.Node)
	}
	if o.Host {
		args = append(args, "--host")
	}
	return append(args, "--")
}

// Ask returns what supervisord makes of each configuration, in their order. A
// configuration that it refuses is an answer too. All are read by one process
// in the working directory, which writes nothing. It is an error if that
// process cannot be run, or does not answer.
func (e *Engine) Ask(ctx context.Context, confs []string, opts Options) ([]Answer, error) {
	output, err := e.run(ctx, confs, opts)
	if err != nil {
		return nil, err
	}
	var versions Engine
	if err := output.Decode(&versions); err != nil {
		return nil, err
	}
	answers := make([]Answer, len(confs))
	for i := range answers {
		if err := output.Decode(&answers[i]); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// Command returns a command that runs the Python of supervisord, which can
// import it, with the given arguments.
func (e *Engine) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, e.interpreter[0], slices.Concat(e.interpreter[1:], args)...)
	cmd.Env = append(os.Environ(), pythonEnviron...)
	return cmd
}

// run runs the script and returns what it printed: the versions of the engine,
// and an answer for each configuration.
func (e *Engine) run(ctx context.Context, confs []string, opts Options) (*json.Decoder, error) {
	environ := opts.Environ
	if environ == nil {
		environ = Environ()
	}
	input, err := json.Marshal(environ)
	if err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd := e.Command(ctx, slices.Concat(pythonArgs, opts.args(), confs)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, runError(e.interpreter[0], err, stderr.String())
	}
	return json.NewDecoder(&stdout), nil
}

// pythonArgs make Python leave no compiled files behind and read UTF-8
// whatever the locale is, and hand it the script.
var pythonArgs = []string{"-B", "-X", "utf8", "-c", script}

// pythonEnviron does the same for Python 3.6, and keeps the order of sets.
var pythonEnviron = []string{"LC_ALL=C.UTF-8", "PYTHONHASHSEED=0"}

// runError says why the interpreter failed: with the last line of what it
// printed, which is the exception.
func runError(interpreter string, err error, stderr string) error {
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if last := lines[len(lines)-1]; last != "" {
		err = errors.New(last)
	}
	return fmt.Errorf("cannot ask %s: %w", interpreter, err)
}

// Environ returns the variables of this process, as Options have them.
func Environ() map[string]string {
	environ := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		environ[name] = value
	}
	return environ
}
