package main

import (
	"context"
	_ "embed" // for the scripts
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/oracle/confgen"
)

// The peers, as scripts for the Python of supervisord.
var (
	//go:embed configparser.py
	configparserScript string
	//go:embed supervisor.py
	supervisorScript string
)

// environ are the variables that the inputs ask for.
var environ = []string{confgen.LargeVariable + "=/data", "LOG_LEVEL=info"}

// An input is a configuration on disk.
type input struct {
	name  string
	main  string
	files []string // all that an import reads, the main one first
	size  int64    // of all of them
}

// A contender is a command that reads an input.
type contender struct {
	name    string
	command func(input) *exec.Cmd
	// reports is set where what goes to standard error is no failure.
	reports bool

	times []time.Duration
	spent time.Duration
	peak  int64 // bytes of memory; 0 where that is little
}

// commands measures whole processes, from start to end.
func (m *measurement) commands() error {
	inputs, err := m.makeInputs()
	if err != nil {
		return err
	}
	if err := buildPrograms(m.dir); err != nil {
		return err
	}
	for _, in := range inputs {
		contenders := newContenders(m.dir)
		if err := m.race(contenders, in); err != nil {
			return err
		}
		fmt.Fprintf(m, "### Whole process: %s\n\n", in.name)
		if in.size < smallInput {
			m.writeStart(contenders)
		} else {
			m.writeThroughput(contenders, in)
		}
		m.WriteString("\n")
	}
	return nil
}

// smallInput is how many bytes an input has at least for its reading to take
// longer than the start of a program.
const smallInput = 100_000

// writeStart compares times with that of the first contender, an empty program.
func (m *measurement) writeStart(contenders []*contender) {
	m.header("", "time", "over an empty program")
	floor := contenders[0].median()
	for _, c := range contenders {
		m.row(c.name, seconds(c.median()), seconds(c.median()-floor))
	}
}

// writeThroughput shows how much of an input is read in how much time and
// memory.
func (m *measurement) writeThroughput(contenders []*contender, in input) {
	m.header("", "time", "MB/s", "peak memory, MB", "of it for each byte of input")
	for _, c := range contenders[1:] {
		memory, each := "little", ""
		if c.peak > 0 {
			memory, each = mega(float64(c.peak)), fmt.Sprintf("%.1f", float64(c.peak)/float64(in.size))
		}
		m.row(c.name, seconds(c.median()), mega(float64(in.size)/c.median().Seconds()), memory, each)
	}
}

// makeInputs returns the small and the usual input, and the large ones.
func (m *measurement) makeInputs() ([]input, error) {
	plain, err := m.makeInput("plain", confgen.Plain)
	if err != nil {
		return nil, err
	}
	large, err := m.makeInput("large", confgen.Large)
	if err != nil {
		return nil, err
	}
	list := []input{
		{name: "small, the example of the README", main: "examples/supervisord.conf"},
		{name: "distro, as a distribution ships it", main: "testdata/distro/supervisord.conf"},
		{name: fmt.Sprintf("plain, %d programs", m.programs), main: plain},
		{name: fmt.Sprintf("large, %d programs", m.programs), main: large},
	}
	for i := range list {
		if err := list[i].find(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// makeInput writes an input of many programs to a folder of its own, and returns
// its path.
func (m *measurement) makeInput(name string, write func(io.Writer, int) error) (string, error) {
	path := filepath.Join(m.dir, name, "supervisord.conf")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(write(f, m.programs), f.Close())
}

// find completes an input with the files beside its main one.
func (in *input) find() error {
	in.files = []string{in.main}
	included, err := filepath.Glob(filepath.Join(filepath.Dir(in.main), "conf.d", "*.conf"))
	if err != nil {
		return err
	}
	in.files = append(in.files, included...)
	for _, name := range in.files {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		in.size += info.Size()
	}
	return nil
}

// The programs that buildPrograms makes.
const (
	runwispProgram = "runwisp"
	emptyProgram   = "empty"
)

// buildPrograms builds the contenders that are ours.
func buildPrograms(dir string) error {
	source := filepath.Join(dir, emptyProgram+".go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	if err := build(filepath.Join(dir, emptyProgram), source); err != nil {
		return err
	}
	return build(filepath.Join(dir, runwispProgram), "./cmd/runwisp")
}

// newContenders returns everybody who reads an input, behind the empty program,
// which reads none. The peers are there where a supervisord is installed.
func newContenders(dir string) []*contender {
	runwisp, empty := filepath.Join(dir, runwispProgram), filepath.Join(dir, emptyProgram)
	list := []*contender{
		{name: "an empty Go program", command: func(input) *exec.Cmd { return exec.Command(empty) }},
		{name: "a scan for line ends, `wc -l`", command: func(in input) *exec.Cmd { return exec.Command("wc", append([]string{"-l"}, in.files...)...) }},
		{name: "**runwisp import supervisord**", command: func(in input) *exec.Cmd { return exec.Command(runwisp, "import", "supervisord", in.main) }, reports: true},
	}
	engine, err := oracle.Find("")
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure: no supervisord, so no peers:", err)
		return list
	}
	python := func(script string) func(input) *exec.Cmd {
		return func(in input) *exec.Cmd {
			return engine.Command(context.Background(), append([]string{"-c", script}, in.files...)...)
		}
	}
	return append(list,
		&contender{name: "Python's configparser, reading alone", command: python(configparserScript)},
		&contender{name: "supervisord " + engine.Supervisor + ", reading alone", command: python(supervisorScript)},
	)
}

// build makes a program as the README does.
func build(output, what string) error {
	cmd := exec.Command("go", "build", "-o", output, what)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// race runs the contenders in turns, so that all of them meet the machine in
// the same moods.
func (m *measurement) race(contenders []*contender, in input) error {
	for range m.runs {
		for _, c := range contenders {
			if len(c.times) > 0 && c.spent > m.budget {
				continue
			}
			if err := c.run(in); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	return nil
}

// run runs a contender once.
func (c *contender) run(in input) error {
	out, err := os.CreateTemp("", "measure-out-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd := c.command(in)
	cmd.Env = append(cmd.Environ(), environ...)
	cmd.Stdout = out
	var failure strings.Builder
	if !c.reports {
		cmd.Stderr = &failure
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(failure.String()))
	}
	took := time.Since(start)
	c.times = append(c.times, took)
	c.spent += took
	c.peak = max(c.peak, peakMemory(cmd.ProcessState))
	return nil
}

func (c *contender) median() time.Duration {
	slices.Sort(c.times)
	return c.times[len(c.times)/2]
}

// peakMemory returns how many bytes of memory a process has held at most, or 0
// where that is less than this process holds, which the system counts in.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil || !ok || usage.Maxrss <= own.Maxrss {
		return 0
	}
	return int64(usage.Maxrss) * 1024 // as Linux counts it
}
