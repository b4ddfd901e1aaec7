// Command runwisp moves configurations of supervisord to RunWisp.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit codes, as the README documents them.
const (
	exitOK     = 0 // import has written the output, TODOs or not; validate has found no error
	exitSource = 1 // written, but the source has errors or --verify found a difference; not valid
	exitUsage  = 2 // a mistake on the command line, or a file that cannot be read or written
	exitStrict = 3 // written, but --strict was given and a TODO remains
)

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// streams are what a command reads and writes.
type streams struct {
	in  *os.File
	out io.Writer
	err io.Writer
}

// An exitError ends the command with a code; what there is to say was said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// run executes the command line and returns the exit code.
func run(args []string, std streams) int {
	root := newRoot(std)
	root.SetArgs(args)
	err := root.Execute()
	var code exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	}
	fmt.Fprintf(std.err, "runwisp: %s\n", visible(err.Error(), ""))
	return exitUsage
}

func newRoot(std streams) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:           "runwisp",
		Short:         "Move from supervisord to RunWisp",
		SilenceUsage:  true,
		SilenceErrors: true,
		Example:       importExample + "\n  runwisp validate",
		Args:          unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return writeVersion(std.out)
			}
			return cmd.Help()
		},

		PersistentPreRunE: refuseEmpty,
	}
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(newHelp(root))
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(badFlag)
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	imports := &cobra.Command{
		Use:     "import",
		Short:   "Import the configuration of another supervisor",
		Example: importExample,
		RunE:    unknownSource,
	}
	imports.AddCommand(newImportSupervisord(std))
	root.AddCommand(imports, newValidate(std), newSchema(std), newExplain(std), newCompletion(std, root), newMan(), newVersion(std))
	return root
}

// refuseEmpty reports an argument or the value of a flag that is empty, as it is
// where a script has misspelled a variable. To us it would be as if it were not
// there. Only the words that a shell asks to be completed may be empty.
func refuseEmpty(cmd *cobra.Command, args []string) (err error) {
	if slices.Contains(args, "") && cmd.Name() != cobra.ShellCompRequestCmd {
		return fmt.Errorf("argument %d of %s is empty: name what is meant, or leave it out", slices.Index(args, "")+1, cmd.CommandPath())
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		value := f.Value.String()
		if list, ok := f.Value.(pflag.SliceValue); ok {
			value = strings.Join(list.GetSlice(), ",")
		}
		if value == "" {
			err = fmt.Errorf("the value of --%[1]s is empty: give it one, or leave out --%[1]s", f.Name)
		}
	})
	return err
}

// unknownSource answers "runwisp import" with nothing, or something unknown,
// behind it.
func unknownSource(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("import needs to know from what: runwisp import supervisord FILE")
	}
	return fmt.Errorf("cannot import from %q, only from supervisord: runwisp import supervisord FILE", args[0])
}
