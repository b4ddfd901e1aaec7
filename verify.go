package runwisp

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/passes"
)

// A Verification is what an installed supervisord says of an import.
type Verification struct {
	// Refusal is why supervisord refuses the configuration, which the import
	// says too; nothing could be compared then. It is "" otherwise.
	Refusal string
	// Processes counts the processes that supervisord makes, Agree those of
	// them that the import read alike, with their group and the whole.
	Processes, Agree int
	// Differences are errors at the places of the options concerned, in
	// files that were read anew.
	Differences []*diag.Diagnostic
}

// AddTo adds the differences to an import of the same configuration, as
// findings about its files and programs.
func (v *Verification) AddTo(im *Imported) {
	for _, d := range v.Differences {
		d.Span.File = im.sameFile(d.Span.File)
		if !im.hasProgramAt(d.Target.Unit, d.Span) {
			d.Target = diag.Target{} // groups may have other members there
		}
	}
	im.Diagnostics = append(im.Diagnostics, v.Differences...)
	diag.Sort(im.Diagnostics)
}

// sameFile returns the file of the import that is the same as another, or else
// that one itself.
func (im *Imported) sameFile(other *source.File) *source.File {
	for _, f := range im.Config.Files {
		if f.Name == other.Name && f.Content == other.Content {
			return f
		}
	}
	return other
}

// hasProgramAt reports whether the program of a number is described where a span
// lies.
func (im *Imported) hasProgramAt(number int32, span source.Span) bool {
	part := im.Config.PartAt(span)
	return part != nil && number >= 1 && int(number) <= len(im.Config.Programs) && im.Config.Programs[number-1].Section == part.Section
}

// An Asker answers what supervisord makes of configurations, one each, as an
// *oracle.Engine does.
type Asker interface {
	Ask(ctx context.Context, confs []string, opts oracle.Options) ([]oracle.Answer, error)
}

// madeUp starts the values that are made up for variables.
const madeUp = "value-of-"

// Verify asks an installed supervisord what it makes of a configuration, and
// compares that with what the importer makes of it. Variables that the
// configuration needs and environ lacks get a made-up value, the same on both
// sides. The path of the input must be that of a file, and the options must not
// be lean. It is an error if supervisord cannot be asked.
func Verify(ctx context.Context, supervisord Asker, in passes.Input, opts passes.Options, environ map[string]string) (*Verification, error) {
	environ = maps.Clone(environ)
	for _, name := range Import(again(in), opts).Variables() {
		if _, ok := environ[name]; !ok {
			environ[name] = madeUp + name
		}
	}
	answers, err := supervisord.Ask(ctx, []string{in.Path}, oracle.Options{Environ: environ, Node: opts.Node})
	if err != nil {
		return nil, err
	}
	opts.Environ = environ
	opts.LookupEnv = func(name string) (string, bool) { value, ok := environ[name]; return value, ok }
	im := Import(again(in), opts)
	return compare(im, answers[0], environ), nil
}

// again makes an input that can be read once more.
func again(in passes.Input) []passes.Input {
	in.File = source.NewFile(in.File.Name, in.File.Content)
	return []passes.Input{in}
}

// compare holds the answer of supervisord against an import in its environment.
func compare(im *Imported, theirs oracle.Answer, environ map[string]string) *Verification {
	v := &Verification{Processes: len(theirs.Names)}
	ours := oracle.Ours(im.Config, im.Diagnostics)
	if !ours.OK && !theirs.OK {
		v.Refusal = theirs.Error
		return v
	}
	differences := oracle.Compare(ours, theirs)
	v.Agree = agreeing(theirs, differences)
	v.Differences = findings(im, differences, environ)
	return v
}

// agreeing counts the processes of an answer of which nothing differs, neither of
// their group nor of the whole.
func agreeing(theirs oracle.Answer, differences []oracle.Difference) int {
	differs := map[string]bool{}
	for _, d := range differences {
		differs[d.Program] = true
	}
	n := 0
	for _, name := range theirs.Names {
		if group, _, _ := strings.Cut(name, ":"); !differs[name] && !differs[group] && !differs[""] {
			n++
		}
	}
	return n
}

// findings makes diagnostics of differences, sorted by place. What they quote may
// come from the variables of the environment.
func findings(im *Imported, differences []oracle.Difference, environ map[string]string) []*diag.Diagnostic {
	var variables []diag.Outside
	for _, name := range im.Variables() {
		variables = append(variables, diag.Outside{Name: name, Text: environ[name]})
	}
	var sink diag.Sink
	for _, d := range differences {
		span := d.Span
		if !span.IsValid() {
			span = im.Config.Files[0].Span(0, 0)
		}
		sink.Add(diag.Diagnostic{
			Code:    diag.VerifyDifference,
			Span:    span,
			Target:  diag.Target{Unit: d.Unit, Shared: true},
			Message: d.String(),
			Hint:    "Do not rely on this import; please report the configuration.",
			Outside: append([]diag.Outside{{Name: d.Field, Text: d.Ours}, {Name: d.Field, Text: d.Theirs}}, variables...),
		})
	}
	sink.Sort()
	return sink.All()
}

// Message says the outcome in a line. The version is that of the supervisor that
// was asked: "4.2.5".
func (v *Verification) Message(version string) string {
	if v.Refusal != "" {
		// What supervisord calls the available names is the environment.
		why, _, _ := strings.Cut(v.Refusal, " Available names:")
		if strings.Contains(why, "does not include supervisord section") {
			why += "; verify the main file, which includes this one"
		}
		if strings.Contains(why, madeUp) {
			why += "; set that variable as supervisord has it, and verify again"
		}
		return fmt.Sprintf("not verified: supervisor %s refuses the file: %s", version, why)
	}
	outcome := fmt.Sprintf("%d of %d processes agree", v.Agree, v.Processes)
	if v.Processes == 0 && len(v.Differences) == 0 {
		outcome = "it has no processes either"
	}
	return fmt.Sprintf("verified against supervisor %s: %s", version, outcome)
}

// variable finds the expansions that stand for variables.
var variable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`%\(ENV_([^()]+)\)`)
})

// Variables returns the names of the variables that the configuration looks
// for in supervisord's environment, sorted. The import must not be lean.
func (im *Imported) Variables() []string {
	names := map[string]bool{}
	for _, s := range im.Config.Sections {
		if s.Kind == ir.UnknownSection {
			continue
		}
		for _, o := range s.Options {
			for _, m := range variable().FindAllStringSubmatch(o.Value.String(), -1) {
				names[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
