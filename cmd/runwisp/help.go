package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runwisp/runwisp/ir/guess"
)

// helpTemplate shows an example first: it is what people look for.
const helpTemplate = `{{if .HasExample}}Example:
{{.Example}}

{{end}}{{or .Long .Short}}

{{.UsageString}}`

const usageTemplate = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND --help

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// newHelp makes the command that shows the help of another.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Show the help of a command",
		Example: "  runwisp help import supervisord",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if err := unknownCommand(cmd, rest); err != nil {
				return err
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// commandNames returns the names of the commands below cmd, without hidden ones.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// didYouMean ends an error with a suggestion, where there is one.
func didYouMean(message, suggestion string) error {
	if suggestion == "" {
		return errors.New(message)
	}
	return fmt.Errorf("%s, did you mean %s?", message, suggestion)
}

// unknownCommand reports a word that is no command of cmd.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return didYouMean(fmt.Sprintf("unknown command %q", args[0]), guess.Nearest(args[0], commandNames(cmd)))
}

// unknownFlag adds a suggestion to the error of an unknown flag.
func unknownFlag(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	suggestion := guess.Nearest(missing.GetSpecifiedName(), names)
	if suggestion != "" {
		suggestion = "--" + suggestion
	}
	return didYouMean(err.Error(), suggestion)
}
