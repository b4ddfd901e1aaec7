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
	flag.IntVar(&s.programs, "programs", 100_000, "make the large input of that many `programs`")
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

func run(s settings, page string) error {
	dir, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var b strings.Builder
	for _, part := range []func(*strings.Builder, settings, string) error{
		writeMachine, writeCommands, writeStages, writeProfile, writeGrowth,
	} {
		if err := part(&b, s, dir); err != nil {
			return err
		}
	}
	if page == "" {
		_, err := os.Stdout.WriteString(b.String())
		return err
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	updated, err := replaceFigures(string(text), b.String())
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	return os.WriteFile(page, []byte(updated), 0o644)
}
