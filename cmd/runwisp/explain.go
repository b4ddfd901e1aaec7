package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/guess"
)

type explainCommand struct {
	streams
	all   bool
	color string
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
		Args:              atMostOne("code"),
		ValidArgsFunction: complete(codes),
		RunE:              func(_ *cobra.Command, args []string) error { return toStdout(c.run(args)) },
	}
	cmd.Flags().BoolVar(&c.all, "all", false, "explain every code in full")
	addColor(cmd.Flags(), &c.color)
	completeFlags(cmd)
	return cmd
}

func (c *explainCommand) run(args []string) error {
	if err := checkColor(c.color); err != nil {
		return err
	}
	switch {
	case c.all && len(args) > 0:
		return errors.New("--all explains every code, so leave out either --all or the code")
	case c.all:
		return c.explainAll()
	case len(args) == 0:
		return report.Rules(c.out, diag.Rules(), c.options())
	}
	code := strings.Trim(args[0], "[]") // as it was copied from a finding
	rule, ok := diag.Lookup(diag.Code(code))
	if !ok {
		return unknownCode(code)
	}
	return c.explain(rule)
}

func (c *explainCommand) options() report.Options { return terminalOptions(c.out, c.color) }

// explain writes what there is to say of a rule, and what comes of its example.
func (c *explainCommand) explain(rule *diag.Rule) error {
	d, err := runwisp.Demonstrate(rule)
	if err != nil {
		return err
	}
	return report.Explanation{Rule: rule, Diagnostics: d.Diagnostics, TOML: d.TOML}.Text(c.out, c.options())
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
		if err := c.explain(&rules[i]); err != nil {
			return err
		}
	}
	return nil
}

// unknownCode says that there is no such code, and which one may be meant.
func unknownCode(code string) error {
	message := fmt.Sprintf("unknown code %q", code)
	if near := guess.Nearest(code, codes()); near != "" {
		return didYouMean(message, near)
	}
	return errors.New(message + "; runwisp explain lists them all")
}
