//go:build unix

package runwisp_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/html"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate"
)

// A dimension is one way in which an input grows.
type dimension struct {
	name string
	// size is the smallest number of whatever there is more of; small
	// enough to be done in a moment, large enough to be timed.
	size int
	// build returns an input with n of it, all files by their paths.
	build func(n int) map[string]string
	// work returns what is timed; nil is an import.
	work func(files map[string]string) func()
}

var dimensions = []dimension{
	// The shape of a configuration.
	{name: "sections", size: 2000, build: one(repeat("[program:p%d]\ncommand=/bin/p\n"))},
	{name: "keys", size: 10_000, build: one(repeat("k%d=v\n", "[program:p]\ncommand=/bin/p\n"))},
	{name: "environment", size: 5000, build: one(wrap("[program:p]\ncommand=/bin/p\nenvironment=", repeat("V%d=x,"), "\n"))},
	{name: "environment-comments", size: 5000, build: one(wrap("[program:p]\ncommand=/bin/p\nenvironment=", repeat("\n  V%d=x, ; about it\n  ; and more"), "\n"))},
	{name: "groups", size: 1000, build: one(both(repeat("[program:p%d]\ncommand=/bin/p\n"), repeat("[group:g%[1]d]\nprograms=p%[1]d\n")))},
	{name: "members", size: 2000, build: one(both(repeat("[program:p%d]\ncommand=/bin/p\n"), wrap("[group:g]\nprograms=", repeat("p%d,"), "\n")))},
	{name: "unknown-members", size: 2000, build: one(wrap("[group:g]\nprograms=", repeat("p%d,"), "\n"))},
	{name: "memberships", size: 1000, build: one(wrap("[program:p]\ncommand=/bin/p\n", repeat("[group:g%d]\nprograms=p\n"), ""))},
	{name: "processes", size: 500, build: one(processes)},
	{name: "includes", size: 500, build: included("[include]\nfiles=conf.d/*.conf\n")},
	{name: "include-patterns", size: 500, build: one(wrap("[include]\nfiles=", repeat(" conf.d/%d.conf"), "\n"))},
	{name: "include-globs", size: 500, build: includedByGlobs},
	{name: "include-matches", size: 500, build: includedEach},
	{name: "comments", size: 20_000, build: one(wrap("", repeat("; comment %d\n"), "[program:p]\ncommand=/bin/p\n"))},
	{name: "defaults", size: 5000, build: one(wrap("[DEFAULT]\n", repeat("k%d=v\n"), "[program:p]\ncommand=/bin/p\n"))},
	{name: "inherited-keys", size: 200, build: one(wrap("[DEFAULT]\n", repeat("k%d=v\n"), repeat("[program:p%d]\ncommand=/bin/p\n")(100)))},
	{name: "priorities", size: 2000, build: one(repeat("[program:p%[1]d]\ncommand=/bin/p\npriority=%[1]d\n"))},

	// Duplicates.
	{name: "duplicate-keys", size: 10_000, build: one(repeat("directory=/srv/%d\n", "[program:p]\ncommand=/bin/p\n"))},
	{name: "duplicate-sections", size: 2000, build: one(repeat("[program:p]\ncommand=/bin/p%d\n"))},
	{name: "duplicate-variables", size: 5000, build: one(wrap("[program:p]\ncommand=/bin/p\nenvironment=", repeat("V=%d,"), "\n"))},
	{name: "alike-names", size: 2000, build: one(repeat("[program:p.%d]\ncommand=/bin/p\n[program:p_%[1]d]\ncommand=/bin/p\n"))},

	// Long values.
	{name: "value-length", size: 200_000, build: value("directory=/%s\n", "d")},
	{name: "unknown-value-length", size: 200_000, build: value("k=%s\n", "v")},
	{name: "command-length", size: 50_000, build: value("command=/bin/p %s\n", "a")},
	{name: "words", size: 20_000, build: value("command=/bin/p%s\n", " a")},
	{name: "quoted-words", size: 10_000, build: value("command=/bin/p%s\n", ` "a $b"`)},
	{name: "quote-nesting", size: 10_000, build: value("command=/bin/p %s\n", `"'"'`)},
	{name: "open-quotes", size: 10_000, build: value("environment=%s\n", `A="'`)},
	{name: "backslashes", size: 20_000, build: value("command=/bin/p %s\n", `\\`)},
	{name: "continuations", size: 10_000, build: value("command=/bin/p%s\n", "\n  a")},
	{name: "blank-continuations", size: 10_000, build: value("command=/bin/p%s\n  end\n", "\n\n;c\n")},
	{name: "expansions", size: 5000, build: value("command=/bin/p %s\n", "%%(here)s")},
	{name: "open-expansions", size: 5000, build: value("command=/bin/p %s\n", "%%(here")},
	{name: "refused-in-two-groups", size: 2000, build: one(wrap("[group:g]\nprograms=p\n[group:h]\nprograms=p\n[program:p]\ncommand=/bin/p", repeat(" %%(bad%d)s"), "\n"))},
	{name: "unresolved", size: 2000, build: unresolved},
	{name: "unresolved-directory", size: 2000, build: one(wrap("[program:p]\ncommand=/bin/p\ndirectory=/", repeat("%%(ENV_X%d)s"), "\n"))},
	{name: "unresolved-whole-word", size: 1000, build: one(wrap("[program:p]\ncommand=/bin/p *", repeat("%%(ENV_X%d)s"), "\n"))},
	{name: "own-variables", size: 1000, build: one(both(wrap("[supervisord]\nenvironment=", repeat("X%d=1,"), "\n"), wrap("[program:p]\ncommand=/bin/p", repeat(" %%(ENV_X%d)s"), "\n")))},
	{name: "program-variables", size: 1000, build: one(both(wrap("[program:p]\nenvironment=", repeat("X%d=1,"), "\n"), wrap("command=/bin/p", repeat(" %%(ENV_X%d)s"), "\n")))},
	{name: "inline-comments", size: 10_000, build: value("command=/bin/p %s\n", " ;c")},
	{name: "semicolons", size: 10_000, build: value("command=/bin/p %s\n", "a;b")},
	{name: "brackets", size: 20_000, build: one(wrap("", repeat("["), "program:p]\ncommand=/bin/p\n"))},
	{name: "name-length", size: 50_000, build: one(wrap("[program:", repeat("n"), "]\ncommand=/bin/p\n"))},
	{name: "line-ends", size: 50_000, build: one(wrap("[program:p]\rcommand=/bin/p\r", repeat("\r"), ""))},
	{name: "exit-codes", size: 10_000, build: value("exitcodes=0%s\n", ",1")},
	{name: "shell-brackets", size: 10_000, build: value("command=/bin/p %s\n", "[")},
	{name: "shell-braces", size: 10_000, build: value("command=/bin/p %s\n", "{")},
	{name: "pattern-length", size: 500, build: globbed("a*")},
	{name: "pattern-brackets", size: 5000, build: globbed("[*")},

	// Findings.
	{name: "bad-lines", size: 5000, build: one(repeat("nonsense %d\n", "[program:p]\ncommand=/bin/p\n"))},
	{name: "bad-values", size: 2000, build: one(repeat("[program:p%d]\ncommand=/bin/p\nstartsecs=x\n"))},
	{name: "report-text", size: 1000, build: findings, work: reporting(asText(report.Options{}))},
	{name: "report-verbose", size: 1000, build: findings, work: reporting(asText(report.Options{Verbose: true}))},
	{name: "report-one-line", size: 1000, build: unresolved, work: reporting(asText(report.Options{Verbose: true}))},
	{name: "report-json", size: 1000, build: findings, work: reporting(asJSON)},
	{name: "report-json-one-line", size: 1000, build: unresolved, work: reporting(asJSON)},
	{name: "report-sarif", size: 1000, build: findings, work: reporting(asSARIF)},
	{name: "report-short", size: 1000, build: findings, work: reporting(asShort)},
	{name: "report-html", size: 500, build: findings, work: reporting(asPage)},

	// Any runwisp.toml.
	{name: "validate-units", size: 2000, build: one(repeat("[services.s%d]\nrun = \"x\"\n")), work: validation},
	{name: "validate-keys", size: 10_000, build: one(wrap("[services.s]\nrun = \"x\"\n", repeat("k%d = 1\n"), "")), work: validation},
	{name: "validate-same-keys", size: 10_000, build: one(wrap("[services.s]\nrun = \"x\"\n", repeat("user = \"%d\"\n"), "")), work: validation},
	{name: "validate-depth", size: 1000, build: one(both(wrap("[x", repeat(".x"), "]\n"), repeat("k = 1\n"))), work: validation},
	{name: "validate-name-length", size: 5000, build: one(both(wrap("[services.", repeat("x"), "]\n"), repeat("k%d = 1\n"))), work: validation},
	{name: "validate-report", size: 1000, build: one(repeat("k%d = 1\n", "[services.s]\n")), work: validationReport},
	{name: "validate-report-one-line", size: 1000, build: one(wrap("services = {", repeat("s%d = 1,"), "t = 1}\n")), work: validationReport},
	{name: "validate-errors", size: 5000, build: one(repeat("= %d\n")), work: validation},
	{name: "validate-string", size: 200_000, build: one(wrap("[services.s]\nrun = \"", repeat("x"), "\"\n")), work: validation},
	{name: "validate-array", size: 10_000, build: one(wrap("[services.s]\nrun = \"x\"\nexit_codes = [", repeat("%d, "), "]\n")), work: validation},
	{name: "validate-dependencies", size: 2000, build: one(both(wrap("[services.s]\nrun = \"x\"\ndepends_on = [", repeat("\"s%d\","), "]\n"), repeat("[services.s%d]\nrun = \"x\"\n"))), work: validation},
}

// BenchmarkLinear doubles each dimension four times. It reports how much more
// processor time one of whatever there is more of takes in the largest input
// than in the smallest: about 1 where the time is linear, 16 where it is
// quadratic. Memory that has to be collected makes it 2 here and there.
func BenchmarkLinear(b *testing.B) {
	for _, d := range dimensions {
		b.Run(d.name, func(b *testing.B) {
			sizes := []int{d.size, 2 * d.size, 4 * d.size, 8 * d.size, 16 * d.size}
			work := make([]func(), len(sizes))
			each := make([]time.Duration, len(sizes)) // the shortest so far
			for i, n := range sizes {
				work[i], each[i] = d.timed(n), math.MaxInt64
			}
			for b.Loop() {
				for i := range sizes {
					runtime.GC()
					start := processorTime()
					work[i]()
					each[i] = min(each[i], processorTime()-start)
				}
			}
			per := func(i int) float64 { return float64(each[i].Nanoseconds()) / float64(sizes[i]) }
			b.ReportMetric(per(len(sizes)-1), "ns/unit")
			b.ReportMetric(per(len(sizes)-1)/per(0), "ratio")
		})
	}
}

// processorTime returns how long the process has run on any processor. Unlike
// the time on the clock it does not depend on what else the machine does.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // it is the own process
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// timed returns the work on an input of size n.
func (d *dimension) timed(n int) func() {
	files := d.build(n)
	if d.work != nil {
		return d.work(files)
	}
	c := &corpus{files: newTree(files)}
	return func() { c.run() }
}

// A part is text that has n of something.
type part func(n int) string

// repeat returns a part of n times the format, each with its number, behind a
// head.
func repeat(format string, head ...string) part {
	return func(n int) string {
		b := strings.Builder{}
		b.WriteString(strings.Join(head, ""))
		for i := range n {
			if strings.Contains(format, "%") {
				fmt.Fprintf(&b, format, i)
			} else {
				b.WriteString(format)
			}
		}
		return b.String()
	}
}

// wrap returns a part with text around it.
func wrap(head string, p part, tail string) part {
	return func(n int) string { return head + p(n) + tail }
}

// both returns two parts, one behind the other.
func both(p, q part) part { return func(n int) string { return p(n) + q(n) } }

// one returns the files of a configuration that is one file.
func one(p part) func(int) map[string]string {
	return func(n int) map[string]string { return map[string]string{mainFile: p(n)} }
}

// value returns a program whose option, a format, holds n pieces.
func value(option, piece string) func(int) map[string]string {
	return func(n int) map[string]string {
		text := fmt.Sprintf("[program:p]\n"+option, strings.Repeat(strings.ReplaceAll(piece, "%%", "%"), n))
		if !strings.HasPrefix(option, "command=") {
			text += "command=/bin/p\n"
		}
		return map[string]string{mainFile: text}
	}
}

// processes returns a program of n processes, each with a name, a log and an
// argument of its own.
func processes(n int) string {
	return fmt.Sprintf("[program:p]\nnumprocs=%d\n", n) +
		"command=/bin/p %(process_num)s\nprocess_name=%(process_num)s\nstdout_logfile=/log/%(process_num)s\nstdout_syslog=%(process_num)s\n"
}

// included returns n files beside a main file.
func included(main string) func(int) map[string]string {
	return func(n int) map[string]string {
		files := map[string]string{mainFile: main}
		for i := range n {
			files[fmt.Sprintf("/etc/conf.d/%d.conf", i)] = fmt.Sprintf("[program:p%d]\ncommand=/bin/p\n", i)
		}
		return files
	}
}

// includedEach returns n files with a pattern for each.
func includedEach(n int) map[string]string {
	return included("[include]\nfiles=" + repeat(" conf.d/%d.conf")(n) + "\n")(n)
}

// includedByGlobs returns a folder of 100 files, and n patterns that each look
// through it.
func includedByGlobs(n int) map[string]string {
	return included("[include]\nfiles=" + repeat(" conf.d/*%d?.conf")(n) + "\n")(100)
}

// globbed returns a folder of one file with a long name, and a pattern of n
// pieces that nearly matches it.
func globbed(piece string) func(int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{
			mainFile:                                 "[include]\nfiles=conf.d/" + strings.Repeat(piece, n) + "b\n",
			"/etc/conf.d/" + strings.Repeat("a", 64): "",
		}
	}
}

// findings returns a configuration with n findings of each severity.
func findings(n int) map[string]string {
	return one(repeat("[program:p%d]\ncommand=/bin/p %%(ENV_X)s\nstartsecs=x\nuser=web\n"))(n)
}

// unresolved returns a command with n variables that nobody knows.
func unresolved(n int) map[string]string {
	return one(wrap("[program:p]\ncommand=/bin/p", repeat(" %%(ENV_X%d)s"), "\n"))(n)
}

// reporting returns the work of reporting on an import.
func reporting(write func(io.Writer, report.Import) error) func(map[string]string) func() {
	return func(files map[string]string) func() {
		im := (&corpus{files: newTree(files)}).run()
		what := report.Import{Config: im.Config, Document: im.Document, Output: im.Output, Diagnostics: im.Diagnostics}
		return func() {
			if err := write(io.Discard, what); err != nil {
				panic(err) // nothing is written anywhere
			}
		}
	}
}

func asText(opts report.Options) func(io.Writer, report.Import) error {
	return func(w io.Writer, im report.Import) error { return report.Text(w, im, opts) }
}

func asJSON(w io.Writer, im report.Import) error { return report.JSON(w, im, report.Options{}) }

func asSARIF(w io.Writer, im report.Import) error {
	return report.SARIF(w, im.Diagnostics, report.Options{})
}

func asShort(w io.Writer, im report.Import) error {
	return report.Short(w, im.Diagnostics, report.Options{})
}

// asPage writes the page of an import.
func asPage(w io.Writer, im report.Import) error {
	return html.Page(w, html.Input{
		Output: im.Output, Files: im.Config.Files, Diagnostics: im.Diagnostics, Programs: report.Programs(im),
	})
}

// validationReport returns the work of telling what is wrong with a
// runwisp.toml, to people and to machines.
func validationReport(files map[string]string) func() {
	checked := runwisp.Validate(source.NewFile(path.Base(mainFile), files[mainFile]), validate.Options{})
	v := report.Validation{Path: path.Base(mainFile), Diagnostics: checked.Diagnostics}
	return func() {
		if err := errors.Join(v.Findings(io.Discard, report.Options{}), v.JSON(io.Discard, report.Options{})); err != nil {
			panic(err) // nothing is written anywhere
		}
	}
}

// validation returns the work of checking a runwisp.toml.
func validation(files map[string]string) func() {
	text := files[mainFile]
	return func() { runwisp.Validate(source.NewFile(path.Base(mainFile), text), validate.Options{}) }
}
