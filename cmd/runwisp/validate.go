package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate"
)

// defaultConfig is the configuration where none is named.
const defaultConfig = "runwisp.toml"

// configVariable names the configuration in the environment.
const configVariable = "RUNWISP_CONFIG"

type validateCommand struct {
	streams
	config  string
	format  string
	color   string
	json    bool
	secrets bool
}

func newValidate(std streams) *cobra.Command {
	c := validateCommand{streams: std}
	cmd := &cobra.Command{
		Use:   "validate [FILE | -]",
		Short: "Check a runwisp.toml",
		Long: "Finds everything that is wrong with a runwisp.toml in one run, each with its\n" +
			"place. Without FILE it checks --config, else $RUNWISP_CONFIG, else runwisp.toml.\n" +
			"\n" +
			"Ends with exit code 0 when the file is valid, 1 when it is not, and 2 when it\n" +
			"cannot be read.",
		Example: `  runwisp validate
  runwisp validate --json deploy/runwisp.toml`,
		Args: atMostOne("file"),
		RunE: func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	f := cmd.Flags()
	f.StringVarP(&c.config, "config", "c", "", "the `FILE` to check")
	f.StringVar(&c.format, "format", "", "write the result as `text`, json, sarif or short")
	f.BoolVar(&c.json, "json", false, "short for --format json")
	addColor(f, &c.color)
	f.BoolVar(&c.secrets, "show-secrets", false, "show passwords and keys in the result")
	completeFlags(cmd)
	return cmd
}

func (c *validateCommand) run(args []string) error {
	format, err := c.checkFlags(args)
	if err != nil {
		return err
	}
	path, origin := c.path(args)
	file, err := c.readFile(path)
	if err != nil {
		return fmt.Errorf("cannot read %s%s: %w", path, origin, say.Reason(err))
	}
	result := runwisp.Validate(file, validate.Options{
		LookupEnv: os.LookupEnv,
		ReadFile:  readIncluded,
		Glob:      filepath.Glob,
	})
	v := report.Validation{
		Path:        file.Name,
		Tasks:       result.Tasks,
		Services:    result.Services,
		Diagnostics: result.Diagnostics,
	}
	if err := c.report(v, format); err != nil {
		return fmt.Errorf("cannot write the result: %w", say.Reason(err))
	}
	if !v.Valid() {
		return exitError(exitSource)
	}
	return nil
}

// path returns what to check and, where the command line does not name it, why.
func (c *validateCommand) path(args []string) (path, origin string) {
	named, variable := cmp.Or(strings.Join(args, ""), c.config), os.Getenv(configVariable)
	switch {
	case named != "":
		return named, ""
	case variable != "":
		return variable, ", which $" + configVariable + " names"
	}
	return defaultConfig, ", which is checked where no file is named"
}

// checkFlags returns the format of the report, and reports mistakes on the command
// line.
func (c *validateCommand) checkFlags(args []string) (reportFormat, error) {
	switch {
	case len(args) > 0 && c.config != "":
		return reportFormat{}, errors.New("name the file once: behind validate or with --config")
	case c.json && c.format != "" && c.format != "json":
		return reportFormat{}, errors.New("--json and --format " + c.format + " exclude each other; leave out one of them")
	case c.json:
		c.format = "json"
	}
	format, err := formatNamed(cmp.Or(c.format, "text"))
	if err != nil {
		return reportFormat{}, err
	}
	return format, checkColor(c.color)
}

// report writes the result: errors for people go to standard error, documents
// for machines to standard output.
func (c *validateCommand) report(v report.Validation, format reportFormat) error {
	switch {
	case format.validated != nil:
		return format.validated(v, c.out, c.options(c.out))
	case v.Valid():
		return v.Summary(c.out, c.options(c.out))
	}
	return v.Findings(c.err, c.options(c.err))
}

// options returns how a result is written to w.
func (c *validateCommand) options(w io.Writer) report.Options {
	opts := terminalOptions(w, c.color)
	opts.ShowSecrets = c.secrets
	return opts
}

func newSchema(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of runwisp.toml",
		Long: "Prints a JSON Schema (draft 2020-12), by which editors complete and check a\n" +
			"runwisp.toml that starts with a line \"#:schema PATH\".",
		Example:           `  runwisp schema > runwisp.schema.json`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error {
			_, err := std.out.Write(schema.JSON())
			return toStdout(err)
		},
	}
}
