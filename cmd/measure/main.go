// Command measure takes the figures of docs/performance.md: how long runwisp
// and its peers take for the same inputs, how fast each stage is, whether the
// time is linear, and where it goes. It is run in the folder of the module.
//
//	go run ./cmd/measure -w docs/performance.md
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	s := settings{}
	flag.IntVar(&s.programs, "programs", 100_000, "make the large inputs of that many `programs`")
	flag.IntVar(&s.runs, "runs", 100, "run each command at most that many `times`")
	flag.DurationVar(&s.budget, "budget", 10*time.Second, "run no command again that has taken that `long` in all")
	page := flag.String("w", "", "write the figures into a `page` instead of standard output")
	flag.Parse()
	if err := run(s, *page); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

// settings say how thoroughly to measure.
type settings struct {
	programs int
	runs     int
	budget   time.Duration
}

// A measurement writes figures, each of its parts some of them.
type measurement struct {
	settings
	strings.Builder
	dir string // for what is made to be measured
}

func run(s settings, page string) error {
	dir, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m := measurement{settings: s, dir: dir}
	for _, part := range []func() error{m.machine, m.commands, m.stages, m.profile, m.growth} {
		if err := part(); err != nil {
			return err
		}
	}
	if page == "" {
		_, err := os.Stdout.WriteString(m.String())
		return err
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	updated, err := replaceFigures(string(text), m.String())
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	return os.WriteFile(page, []byte(updated), 0o644)
}
