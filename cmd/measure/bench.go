package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// stageNames are the benchmarks of the stages, in their order.
var stageNames = []string{"Lex", "Parse", "Passes", "Emit", "Import", "Validate"}

// A result is what a benchmark reported, by unit.
type result struct {
	name    string // "Lex/small"
	figures map[string]float64
}

// runBenchmarks runs the benchmarks of the module's root that a pattern
// matches.
func runBenchmarks(pattern string, args ...string) ([]result, error) {
	args = append([]string{"test", "-run", "^$", "-bench", pattern, "-timeout", "0"}, append(args, ".")...)
	cmd := exec.Command("go", args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out.String())
	}
	return parseResults(out.String()), nil
}

// resultLine matches a line of a benchmark, without the number of processors.
const resultLine = `^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$`

// parseResults reads what benchmarks print.
func parseResults(text string) []result {
	var list []result
	pattern := regexp.MustCompile(resultLine)
	for line := range strings.Lines(text) {
		match := pattern.FindStringSubmatch(strings.TrimSpace(line))
		if match == nil {
			continue
		}
		r := result{name: match[1], figures: map[string]float64{}}
		for pair := range slices.Chunk(strings.Fields(match[2]), 2) {
			if figure, err := strconv.ParseFloat(pair[0], 64); err == nil && len(pair) == 2 {
				r.figures[pair[1]] = figure
			}
		}
		list = append(list, r)
	}
	return list
}

// stages measures each stage in process.
func (m *measurement) stages() error {
	results, err := runBenchmarks("^Benchmark(" + strings.Join(stageNames, "|") + ")$")
	if err != nil {
		return err
	}
	m.WriteString("### Stages\n\nPasses include parsing, and parsing lexing. Validate reads what import wrote.\n\n")
	m.header("", "time", "MB/s", "allocations a program", "bytes allocated, MB")
	for _, r := range results {
		m.row(r.name, nanoseconds(r.figures["ns/op"]), fmt.Sprintf("%.0f", r.figures["MB/s"]),
			fmt.Sprintf("%.2f", r.figures["allocs/program"]), fmt.Sprintf("%.3f", r.figures["B/op"]/1e6))
	}
	m.WriteString("\n")
	return nil
}

func nanoseconds(ns float64) string {
	if ns < 1e6 {
		return fmt.Sprintf("%.1f µs", ns/1e3)
	}
	return fmt.Sprintf("%.1f ms", ns/1e6)
}

// growth measures how the time grows with each dimension of an input.
func (m *measurement) growth() error {
	results, err := runBenchmarks("^BenchmarkLinear$", "-benchtime", "3x")
	if err != nil {
		return err
	}
	m.WriteString("### Growth\n\nHow much more processor time one of whatever there is more of takes when there is sixteen times as much of\n" +
		"it: 1 where the time is linear, 16 where it is quadratic.\n\n")
	m.header("", "ratio", "ns for each")
	for _, r := range results {
		m.row(strings.TrimPrefix(r.name, "Linear/"), fmt.Sprintf("%.1f", r.figures["ratio"]), fmt.Sprintf("%.0f", r.figures["ns/unit"]))
	}
	m.WriteString("\n")
	return nil
}

// shownFunctions is how many functions a profile shows.
const shownFunctions = 25

// profile says where the time of a large import goes.
func (m *measurement) profile() error {
	profile := filepath.Join(m.dir, "cpu.prof")
	if _, err := runBenchmarks("^BenchmarkImport$/^large$", "-benchtime", "10x", "-cpuprofile", profile, "-o", filepath.Join(m.dir, "runwisp.test")); err != nil {
		return err
	}
	out, err := exec.Command("go", "tool", "pprof", "-top", "-cum", profile).Output()
	if err != nil {
		return fmt.Errorf("go tool pprof: %w", err)
	}
	m.WriteString("### Where the time goes\n\nShares of the processor time of a large import, in a function itself and with all that it calls.\n\n")
	m.header("", "itself", "in all")
	for _, f := range profileRows(string(out)) {
		m.row("`"+f.name+"`", f.flat, f.cumulative)
	}
	m.WriteString("\n")
	return nil
}

// A profiled function is a line of a profile.
type profiled struct{ name, flat, cumulative string }

// profileRows returns our functions and the garbage collector of what pprof
// prints, the largest shares first.
func profileRows(text string) []profiled {
	var rows []profiled
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 6 || len(rows) == shownFunctions {
			continue
		}
		name, ours := strings.CutPrefix(strings.Join(f[5:], " "), "github.com/runwisp/runwisp/")
		if ours || name == "runtime.gcBgMarkWorker" || name == "runtime.mallocgc" {
			rows = append(rows, profiled{name, f[1], f[4]})
		}
	}
	return rows
}
