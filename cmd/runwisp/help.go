package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runwisp/runwisp/internal/say"
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

// didYouMean ends an error with a suggestion.
func didYouMean(message, suggestion string) error {
	return fmt.Errorf("%s, did you mean %s?", message, suggestion)
}

// unknownCommand reports a word that is no command of cmd.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := fmt.Sprintf("unknown command %q", args[0])
	if near := guess.Nearest(args[0], commandNames(cmd)); near != "" {
		return didYouMean(message, near)
	}
	return fmt.Errorf("%s; %s --help lists them all", message, cmd.CommandPath())
}

// noArguments refuses arguments of a command that takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments; leave out %q", cmd.Name(), args[0])
	}
	return nil
}

// atMostOne refuses more than one argument of a command.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("%s takes one %s at a time; leave out %q", cmd.Name(), what, args[1])
		}
		return nil
	}
}

// toStdout says of a failure to write that it was one to standard output.
func toStdout(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return noStdout(err)
	}
	return err
}

// noStdout is the error of writing to standard output, with its reason.
func noStdout(err error) error {
	return fmt.Errorf("cannot write to standard output: %w", say.Reason(err))
}

// badFlag says what to do about a flag that is not known, or not well used.
func badFlag(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return fmt.Errorf("--%s takes true or false, and needs neither; leave out %q", invalid.GetFlag().Name, "="+invalid.GetValue())
	case !errors.As(err, &missing):
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := guess.Nearest(missing.GetSpecifiedName(), names); near != "" {
		return didYouMean(err.Error(), "--"+near)
	}
	return fmt.Errorf("%w; %s --help lists them all", err, cmd.CommandPath())
}
