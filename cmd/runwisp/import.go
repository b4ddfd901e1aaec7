package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"

	difflib "github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/html"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes"
)

const importExample = `  runwisp import supervisord /etc/supervisor/supervisord.conf -o runwisp.toml
  cat supervisord.conf | runwisp import supervisord`

type importCommand struct {
	streams
	reporting
	passes     passes.Options
	output     string
	force      bool
	diff       bool
	check      bool
	annotate   bool
	strict     bool
	allow      []string
	unverified bool // --verify could compare nothing for an error, which --allow may accept
	html       string
	verify     bool
	supervisor string
}

func newImportSupervisord(std streams) *cobra.Command {
	c := importCommand{streams: std}
	cmd := &cobra.Command{
		Use:   "supervisord [FILE... | -]",
		Short: "Turn a supervisord configuration into a runwisp.toml",
		Long: "Reads supervisord configurations, the files that they include and all, and\n" +
			"writes the runwisp.toml that runs the same processes. What needs a human is\n" +
			"marked with a TODO that names its line.\n" +
			"\n" +
			"Ends with exit code 0 when the TOML is written, TODOs or not; 1 when it is\n" +
			"written, but supervisord would refuse the source or fail to start a program, or\n" +
			"--verify found a difference; 2 on a mistake on the command line, or a file that\n" +
			"cannot be read or written; 3 when --strict is given and a TODO remains.",
		Example: importExample,
		RunE:    func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	f := cmd.Flags()
	f.StringVarP(&c.output, "output", "o", "", "write the TOML to `FILE` instead of standard output")
	f.BoolVar(&c.force, "force", false, "overwrite an output file that has other content")
	f.BoolVar(&c.diff, "diff", false, "with -o FILE, show what would change in it and write nothing")
	f.BoolVar(&c.check, "check", false, "write no TOML; only report on the source")
	f.BoolVar(&c.passes.Resolve, "resolve", false, "write the replacements of expansions in place of their TODOs")
	f.BoolVar(&c.passes.PerProcess, "per-process", false, "write one unit for each process that uses its number")
	f.BoolVar(&c.passes.ExplicitDefaults, "explicit-defaults", false, "write supervisord's defaults where RunWisp's differ")
	f.BoolVar(&c.passes.NoComments, "no-comments", false, "leave out the comments of the source")
	f.BoolVar(&c.annotate, "annotate", false, "name the source line behind each line of the TOML")
	f.BoolVar(&c.strict, "strict", false, "end with exit code 3 while a TODO remains")
	f.StringSliceVar(&c.allow, "allow", nil, "accept the findings of a `CODE`: they are not reported and do not count")
	f.StringVar(&c.html, "html", "", "write a page that shows source and TOML side by side to `FILE`")
	f.BoolVar(&c.verify, "verify", false, "ask the installed supervisord what it makes of the file, and compare")
	f.StringVar(&c.supervisor, "supervisord", "", "with --verify, ask the supervisord at `PATH`")
	c.addFlags(f)
	completeFlags(cmd)
	return cmd
}

// leanGCPercent is how much may be allocated, in percent of what is in use, before
// the garbage collector runs. A lean import has hardly any garbage: with Go's own
// 100 a large one is held up for a twentieth of its time, and takes as much memory.
// Where sections share much, and where programs are split, there is more garbage:
// such an import takes up to 1.7 times as much memory as it would.
const leanGCPercent = 400

// run imports the files. Nothing is written unless all of them could be read,
// and everything can be written.
func (c *importCommand) run(args []string) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	if err := c.checkStreams(); err != nil {
		return err
	}
	inputs, err := c.readInputs(args)
	if err != nil {
		return err
	}
	opts, err := c.passOptions()
	if err != nil {
		return err
	}
	if opts.Lean && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(leanGCPercent)
	}
	var s stage
	defer s.clear()
	toml, err := c.begin(&s, opts)
	if err != nil {
		return err
	}
	im, err := c.importInputs(inputs, opts, toml)
	if err != nil {
		return err
	}
	verdict, err := c.ask(inputs, opts, im)
	if err != nil {
		return err
	}
	c.accept(im)
	if err := c.checkOutputs([]string{c.outputPath(), c.reportPath, c.html}, im.Config.Files); err != nil {
		return err
	}
	if err := c.write(&s, im, toml, verdict); err != nil {
		return err
	}
	return c.exit(im)
}

// checkFlags reports flags that do not go together, and words that they do
// not take.
func (c *importCommand) checkFlags() error {
	switch {
	case c.check && (c.output != "" || c.diff):
		return errors.New("--check writes no TOML, so leave out -o and --diff, or --check")
	case c.diff && c.outputPath() == "":
		return errors.New("--diff needs -o FILE to compare with")
	case c.supervisor != "" && !c.verify:
		return errors.New("--supervisord says whom --verify asks; pass --verify too")
	case c.reportPath == dash || c.html == dash:
		return errors.New("--report and --html need the name of a file; standard output is for the TOML")
	}
	for _, code := range c.allow {
		switch rule, ok := diag.Lookup(diag.Code(code)); {
		case !ok:
			return unknownCode(code)
		case rule.Input != diag.Supervisord:
			return fmt.Errorf("--allow %s: only validate finds that", code)
		}
	}
	return c.reporting.check()
}

// checkStreams refuses to write a file to where the TOML or the report goes by
// standard output or standard error.
func (c *importCommand) checkStreams() error {
	paths := []string{c.reportPath, c.html}
	if !c.diff {
		paths = append(paths, c.outputPath())
	}
	for _, path := range paths {
		switch {
		case (c.diff || !c.check && c.outputPath() == "") && isStream(path, c.out):
			return fmt.Errorf("output %s is also standard output, where the TOML goes; name another file", path)
		case c.reportPath == "" && isStream(path, c.err):
			return fmt.Errorf("output %s is also standard error, where the report goes; name another file", path)
		}
	}
	return nil
}

// outputPath returns the path of the TOML, "" for standard output.
func (c *importCommand) outputPath() string {
	if c.output == dash {
		return ""
	}
	return c.output
}

// begin starts the file for the TOML if that is a new one, so that the TOML need
// not be held: what is there is compared with all of it. Otherwise it returns nil.
func (c *importCommand) begin(s *stage, opts passes.Options) (*outputFile, error) {
	f := c.tomlFile(nil)
	if f.path == "" || f.stream != nil || c.diff || !opts.Lean {
		return nil, nil
	}
	if _, err := os.Stat(f.path); !errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err := f.prepare(s); err != nil {
		return nil, f.failed(err)
	}
	return f, nil
}

// tomlFile returns the file for the TOML.
func (c *importCommand) tomlFile(data []byte) *outputFile {
	path := c.outputPath()
	return &outputFile{path: path, stream: c.named(path), data: data, keep: !c.force}
}

// importInputs imports, and writes the TOML at once where it can: to the file that
// was begun, or to standard output.
func (c *importCommand) importInputs(inputs []passes.Input, opts passes.Options, begun *outputFile) (im *runwisp.Imported, err error) {
	switch {
	case begun != nil:
		if im, err = runwisp.ImportTo(begun.pending, inputs, opts); err != nil {
			err = begun.failed(err)
		}
		return im, err
	case c.writesAsItGoes(opts):
		return c.importToStdout(inputs, opts)
	}
	im = runwisp.Import(inputs, opts)
	if c.annotate {
		im.Output, err = emit.Print(im.Document, emit.Options{Annotate: true})
	}
	return im, err
}

// accept takes out the findings that --allow accepts.
func (c *importCommand) accept(im *runwisp.Imported) {
	im.Diagnostics = slices.DeleteFunc(im.Diagnostics, func(d *diag.Diagnostic) bool {
		return slices.Contains(c.allow, string(d.Code))
	})
}

// passOptions returns the switches of the passes. What no output and no report
// asks for is not kept.
func (c *importCommand) passOptions() (passes.Options, error) {
	opts := c.passes
	opts.Files = includes{}
	opts.LookupEnv = os.LookupEnv
	opts.Lean = !c.annotate && !c.verify && c.html == "" && !c.how.whole
	if opts.Lean && c.how.folds && !c.verbose && len(c.allow) == 0 {
		opts.FoldNotes = report.ShownNotes
	}
	var err error
	if opts.Node, err = os.Hostname(); err != nil {
		return opts, fmt.Errorf("cannot find out the name of this host: %w", err)
	}
	return opts, nil
}

// importToStdout imports, and writes the TOML as it is made, or nowhere with
// --check.
func (c *importCommand) importToStdout(inputs []passes.Input, opts passes.Options) (*runwisp.Imported, error) {
	to := c.out
	if c.check {
		to = io.Discard
	}
	im, err := runwisp.ImportTo(to, inputs, opts)
	if err != nil {
		err = noStdout(err)
	}
	return im, err
}

// writesAsItGoes reports whether the TOML is written to standard output as it is
// made. Where files are written too, they have to come first.
func (c *importCommand) writesAsItGoes(opts passes.Options) bool {
	return opts.Lean && c.outputPath() == "" && c.reportPath == "" && len(c.allow) == 0
}

// write writes the files first, then the streams.
func (c *importCommand) write(s *stage, im *runwisp.Imported, begun *outputFile, verdict string) error {
	what := report.Import{
		Config: im.Config, Document: im.Document, Output: im.Output,
		Diagnostics: im.Diagnostics, Folded: im.Folded, Target: c.outputPath(), Dry: c.check || c.diff,
	}
	files, err := c.files(what, begun)
	if err != nil {
		return err
	}
	old, err := c.oldOutput()
	if err != nil {
		return err
	}
	if err := s.writeAll(files); err != nil {
		return err
	}
	if err := c.writeStdout(old, im.Output.TOML); err != nil {
		return noStdout(err)
	}
	if c.reportPath == "" {
		err = c.reporting.write(c.err, what)
	}
	if err == nil && verdict != "" {
		_, err = fmt.Fprintln(c.err, report.Conceal(verdict, report.Options{ShowSecrets: c.secrets}))
	}
	return err
}

// files returns the files that are to be written.
func (c *importCommand) files(what report.Import, begun *outputFile) ([]*outputFile, error) {
	var files []*outputFile
	switch {
	case begun != nil:
		files = append(files, begun)
	case c.outputPath() != "" && !c.diff:
		files = append(files, c.tomlFile(what.Output.TOML))
	}
	if c.reportPath != "" {
		data, err := c.render(what)
		if err != nil {
			return nil, err
		}
		files = append(files, &outputFile{path: c.reportPath, stream: c.named(c.reportPath), data: data})
	}
	if c.html != "" {
		data, err := c.page(what)
		if err != nil {
			return nil, err
		}
		files = append(files, &outputFile{path: c.html, stream: c.named(c.html), data: data})
	}
	return files, nil
}

// page returns the page that shows both sides.
func (c *importCommand) page(what report.Import) ([]byte, error) {
	in := html.Input{
		Output: what.Output, Files: what.Config.Files, Diagnostics: what.Diagnostics,
		Programs: report.Programs(what), Target: what.Target, ShowSecrets: c.secrets,
	}
	var b bytes.Buffer
	err := html.Page(&b, in)
	return b.Bytes(), err
}

// oldOutput returns what --diff compares with: nothing where there is no file.
func (c *importCommand) oldOutput() ([]byte, error) {
	if !c.diff {
		return nil, nil
	}
	old, err := passes.Disk{}.ReadFile(c.output)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read %s: %w", c.output, say.Reason(err))
	}
	return []byte(old), nil
}

// writeStdout writes what goes to standard output and was not written before:
// the TOML, what would change in a file with the old content, or nothing.
func (c *importCommand) writeStdout(old, toml []byte) error {
	switch {
	case c.check:
		return nil
	case c.diff:
		return writeLines(c.out, difflib.Diff(c.output, old, c.output+" (new)", toml))
	case c.outputPath() != "":
		return nil
	}
	_, err := c.out.Write(toml)
	return err
}

// exit returns the exit code that the findings ask for.
func (c *importCommand) exit(im *runwisp.Imported) error {
	if diag.Count(im.Diagnostics, diag.Error) > 0 || c.unverified {
		return exitError(exitSource)
	}
	if c.strict && slices.ContainsFunc(im.Diagnostics, (*diag.Diagnostic).NeedsTODO) {
		return exitError(exitStrict)
	}
	return nil
}

func (c *importCommand) readInputs(args []string) ([]passes.Input, error) {
	if len(args) == 0 {
		if term.IsTerminal(int(c.in.Fd())) {
			fmt.Fprintf(c.err, "runwisp: no input; name a file or pipe one in:\n%s\n", importExample)
			return nil, exitError(exitUsage)
		}
		args = []string{dash}
	}
	var inputs []passes.Input
	for i, arg := range args {
		if arg == dash && slices.Contains(args[:i], dash) {
			return nil, errors.New("standard input can be read only once; leave out one -")
		}
		in, err := c.readInput(arg)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", arg, say.Reason(err))
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// readInput reads one file, or standard input.
func (c *importCommand) readInput(arg string) (passes.Input, error) {
	file, err := c.readFile(arg)
	if err != nil {
		return passes.Input{}, err
	}
	if arg == dash {
		return passes.Input{File: file}, nil // its directory may be any
	}
	path, err := absolute(arg)
	return passes.Input{File: file, Path: arg, Dir: filepath.Dir(path)}, err
}

// absolute makes a path absolute as Python does: by the working directory as
// the system knows it. $PWD may call it by a link, above which is another folder.
func absolute(path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	dir, err := syscall.Getwd()
	if err != nil {
		return "", fmt.Errorf("the working directory: %w", err)
	}
	return filepath.Join(dir, path), nil
}
