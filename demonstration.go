package runwisp

import (
	"context"
	"path"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// A Demonstration is what comes of the example of a rule.
type Demonstration struct {
	// Diagnostics are in the order of the source.
	Diagnostics []*diag.Diagnostic
	// TOML is what the importer writes, "" for an example of the validator.
	TOML string
}

// Demonstrate runs the example of a rule in its scene: there are no other
// files, and no variables. It is an error if the stand-in for the installed
// supervisord cannot be asked.
func Demonstrate(rule *diag.Rule) (Demonstration, error) {
	if rule.Input == diag.RunWisp {
		return demonstrateValidate(rule), nil
	}
	return demonstrateImport(rule)
}

func demonstrateValidate(rule *diag.Rule) Demonstration {
	files := memfs.FS{}
	for _, f := range rule.Scene.Files {
		files[f.Path] = f.Content
	}
	result := Validate(source.NewFile("runwisp.toml", rule.ExampleText()), validate.Options{
		ReadFile: func(name string) ([]byte, error) {
			content, err := files.ReadFile(name)
			return []byte(content), err
		},
		Glob: files.Glob,
	})
	return Demonstration{Diagnostics: result.Diagnostics}
}

func demonstrateImport(rule *diag.Rule) (Demonstration, error) {
	in := exampleInput(rule.ExampleText())
	if rule.Scene.Piped {
		in.File.Name, in.Path = source.Stdin, ""
	}
	opts := exampleOptions(rule)
	im := Import([]passes.Input{in}, opts)
	if rule.Scene.ReadAs != "" {
		v, err := Verify(context.Background(), standIn{rule}, in, opts, map[string]string{})
		if err != nil {
			return Demonstration{}, err
		}
		v.AddTo(im)
	}
	return Demonstration{Diagnostics: im.Diagnostics, TOML: string(im.Output.TOML)}, nil
}

// exampleDir is where examples seem to lie.
const exampleDir = "/etc"

func exampleInput(text string) passes.Input {
	const name = "supervisord.conf"
	return passes.Input{File: source.NewFile(name, text), Path: name, Dir: exampleDir}
}

func exampleOptions(rule *diag.Rule) passes.Options {
	files := memfs.FS{}
	for _, f := range rule.Scene.Files {
		files[path.Join(exampleDir, f.Path)] = f.Content
	}
	return passes.Options{Files: files, LookupEnv: noVariable, Node: "localhost", Resolve: rule.Scene.Resolve}
}

func noVariable(string) (string, bool) { return "", false }

// A standIn answers as a supervisord would that reads the example of a rule as
// its scene says.
type standIn struct{ rule *diag.Rule }

// Ask implements Asker.
func (s standIn) Ask(_ context.Context, _ []string, asked oracle.Options) ([]oracle.Answer, error) {
	opts := exampleOptions(s.rule)
	opts.Environ = asked.Environ
	im := Import([]passes.Input{exampleInput(s.rule.Scene.ReadAs)}, opts)
	return []oracle.Answer{oracle.Ours(im.Config, im.Diagnostics)}, nil
}
