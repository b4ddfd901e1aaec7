package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
)

// shells are those for which there is a completion script.
var shells = []struct {
	name  string
	write func(root *cobra.Command, w io.Writer) error
}{
	{"bash", func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", (*cobra.Command).GenZshCompletion},
	{"fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
}

func newCompletion(std streams, root *cobra.Command) *cobra.Command {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	choice := say.Or(names)
	return &cobra.Command{
		Use:   "completion " + strings.Join(names, "|"),
		Short: "Print the completion script of a shell",
		Long: "Prints a script by which the shell completes commands, flags and codes. Load it\n" +
			"in each session, or put it where the shell looks for such scripts.",
		Example: `  source <(runwisp completion bash)
  runwisp completion zsh > "${fpath[1]}/_runwisp"
  runwisp completion fish > ~/.config/fish/completions/runwisp.fish`,
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("completion needs the name of one shell: " + choice)
			}
			for _, s := range shells {
				if s.name == args[0] {
					return toStdout(s.write(root, std.out))
				}
			}
			return fmt.Errorf("unknown shell %q: expected %s", args[0], choice)
		},
	}
}

// completeFlags makes the shell offer the words that flags take, where a
// command has them.
func completeFlags(cmd *cobra.Command) {
	for _, f := range wordFlags {
		if cmd.Flags().Lookup(f.name) == nil {
			continue
		}
		if err := cmd.RegisterFlagCompletionFunc(f.name, complete(f.words)); err != nil {
			panic(err) // it is there, and registered once
		}
	}
}

// complete makes the shell offer words, which are looked up only when it asks.
func complete(words func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
}

// wordFlags are the flags that take words.
var wordFlags = []struct {
	name  string
	words func() []string
}{
	{"format", formatNames},
	{"color", func() []string { return colorModes }},
	{"allow", importCodes},
}

// importCodes returns the codes of what an import can find.
func importCodes() []string {
	var list []string
	for _, rule := range diag.Rules() {
		if rule.Input == diag.Supervisord {
			list = append(list, string(rule.Code))
		}
	}
	return list
}

// codes returns the codes of all findings.
func codes() []string {
	var list []string
	for _, rule := range diag.Rules() {
		list = append(list, string(rule.Code))
	}
	return list
}
