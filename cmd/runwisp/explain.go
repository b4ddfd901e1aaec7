package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/guess"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

type explainCommand struct {
	streams
	all bool
}

func newExplain(std streams) *cobra.Command {
	c := explainCommand{streams: std}
	cmd := &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain a code of a finding",
		Long: "Explains a code that stands in brackets behind a finding or a TODO: what it\n" +
			"means, an example, and what comes of it. Without CODE it lists all of them.",
		Example: `  runwisp explain unresolved-expansion
  runwisp explain`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return c.run(args) },
	}
	cmd.Flags().BoolVar(&c.all, "all", false, "explain every code in full")
	return cmd
}

func (c *explainCommand) run(args []string) error {
	switch {
	case c.all && len(args) > 0:
		return errors.New("--all goes without a code")
	case c.all:
		return c.explainAll()
	case len(args) == 0:
		return report.Rules(c.out, diag.Rules(), report.Options{})
	}
	code := strings.Trim(args[0], "[]") // as it was copied from a finding
	rule, ok := diag.Lookup(diag.Code(code))
	if !ok {
		return unknownCode(code)
	}
	return explained(rule).Text(c.out, report.Options{})
}

// explainAll writes every explanation, with lines between them.
func (c *explainCommand) explainAll() error {
	rules := diag.Rules()
	for i := range rules {
		if i > 0 {
			if _, err := fmt.Fprint(c.out, "\n---\n\n"); err != nil {
				return err
			}
		}
		if err := explained(&rules[i]).Text(c.out, report.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// unknownCode says that there is no such code, and which one may be meant.
func unknownCode(code string) error {
	var codes []string
	for _, rule := range diag.Rules() {
		codes = append(codes, string(rule.Code))
	}
	message := fmt.Sprintf("unknown code %q", code)
	if near := guess.Nearest(code, codes); near != "" {
		return didYouMean(message, near)
	}
	return errors.New(message + "; runwisp explain lists them all")
}

// explained runs the example of a rule, where nothing is outside of it: no
// files and no variables.
func explained(rule *diag.Rule) report.Explanation {
	e := report.Explanation{Rule: rule}
	switch {
	case rule.Example == "":
	case rule.Input == diag.RunWisp:
		file := source.NewFile(defaultConfig, rule.Example)
		e.Diagnostics = runwisp.Validate(file, validate.Options{
			LookupEnv: noVariable,
			ReadFile:  func(string) ([]byte, error) { return nil, fs.ErrNotExist },
			Glob:      func(string) ([]string, error) { return nil, nil },
		}).Diagnostics
	default:
		in := passes.Input{File: source.NewFile("supervisord.conf", rule.Example), Path: "supervisord.conf", Dir: "/"}
		im := runwisp.Import([]passes.Input{in}, passes.Options{Files: noFiles{}, LookupEnv: noVariable, Node: "localhost"})
		e.Diagnostics, e.TOML = im.Diagnostics, string(im.Output.TOML)
	}
	return e
}

func noVariable(string) (string, bool) { return "", false }

// noFiles is a file system without files.
type noFiles struct{}

func (noFiles) ReadFile(string) (string, error)  { return "", fs.ErrNotExist }
func (noFiles) ReadDir(string) ([]string, error) { return nil, fs.ErrNotExist }
func (noFiles) Exists(string) bool               { return false }
func (noFiles) IsDir(string) bool                { return false }
