package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes"
)

const importExample = `  runwisp import supervisord /etc/supervisor/supervisord.conf -o runwisp.toml
  cat supervisord.conf | runwisp import supervisord`

type importCommand struct {
	streams
	output     string
	force      bool
	quiet      bool
	verbose    bool
	noComments bool
	verify     bool
	supervisor string
}

func newImportSupervisord(std streams) *cobra.Command {
	c := importCommand{streams: std}
	cmd := &cobra.Command{
		Use:     "supervisord [FILE... | -]",
		Short:   "Turn a supervisord configuration into a runwisp.toml",
		Long:    "Reads supervisord configurations, the files that they include and all, and\nwrites the runwisp.toml that runs the same processes. What needs a human is\nmarked with a TODO that names its line.",
		Example: importExample,
		RunE:    func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	f := cmd.Flags()
	f.StringVarP(&c.output, "output", "o", "", "write the TOML to `FILE` instead of standard output")
	f.BoolVar(&c.force, "force", false, "overwrite an output file that has other content")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "report errors only")
	f.BoolVarP(&c.verbose, "verbose", "v", false, "report quiet notes too")
	f.BoolVar(&c.noComments, "no-comments", false, "leave out the comments of the source")
	f.BoolVar(&c.verify, "verify", false, "ask the installed supervisord what it makes of the file, and compare")
	f.StringVar(&c.supervisor, "supervisord", "", "with --verify, ask the supervisord at `PATH`")
	return cmd
}

// run imports the files. Nothing is written unless all of them could be read.
func (c *importCommand) run(args []string) error {
	if c.quiet && c.verbose {
		return errors.New("--quiet and --verbose exclude each other")
	}
	inputs, err := c.readInputs(args)
	if err != nil {
		return err
	}
	if err := c.checkOutput(inputs); err != nil {
		return err
	}
	node, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("cannot find out the name of this host: %w", err)
	}
	opts := passes.Options{
		Files:      passes.Disk{},
		LookupEnv:  os.LookupEnv,
		Node:       node,
		NoComments: c.noComments,
	}
	im := runwisp.Import(inputs, opts)
	verdict, err := c.verifyInputs(inputs, opts, im)
	if err != nil {
		return err
	}
	if err := c.write(im.Output.TOML); err != nil {
		return err
	}
	if err := c.report(im, verdict); err != nil {
		return err
	}
	if im.Count(diag.Error) > 0 {
		return exitError(exitSource)
	}
	return nil
}

// report tells what happened, on standard error; last the verdict of the
// installed supervisord, where it was asked.
func (c *importCommand) report(im *runwisp.Imported, verdict string) error {
	what := report.Import{Config: im.Config, Document: im.Document, Diagnostics: im.Diagnostics}
	if !c.toStdout() {
		what.Target = c.output
	}
	err := report.Text(c.err, what, report.Options{Quiet: c.quiet, Verbose: c.verbose})
	if err == nil && verdict != "" {
		_, err = fmt.Fprintln(c.err, verdict)
	}
	return err
}

func (c *importCommand) readInputs(args []string) ([]passes.Input, error) {
	if len(args) == 0 {
		if term.IsTerminal(int(c.in.Fd())) {
			return nil, errors.New("no input; name a file or pipe one in:\n" + importExample)
		}
		args = []string{stdinArg}
	}
	var inputs []passes.Input
	for i, arg := range args {
		if arg == stdinArg && slices.Contains(args[:i], stdinArg) {
			return nil, errors.New("standard input can be read only once")
		}
		in, err := c.readInput(arg)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", arg, reason(err))
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
	if arg == stdinArg {
		dir, err := os.Getwd()
		return passes.Input{File: file, Dir: dir}, err
	}
	path, err := filepath.Abs(arg)
	return passes.Input{File: file, Path: arg, Dir: filepath.Dir(path)}, err
}
