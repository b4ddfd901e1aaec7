// Package runwisp moves configurations of supervisord to RunWisp. It is the
// library behind the runwisp command: Import, Validate and Verify are one call
// each.
package runwisp

import (
	"io"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// An Imported is the outcome of an import.
type Imported struct {
	passes.Result
	// Output is the runwisp.toml, with the source of its lines: what Document
	// was printed as.
	Output emit.Output
}

// Import turns supervisord configurations, read in order, into one
// runwisp.toml. It never fails: what cannot be imported is a diagnostic, and
// has its place in the output. Of a lean import the Lines of the Output are the
// TODOs alone, the sections and programs of the Config lack their Body and their
// Reading, and the Document lacks the tables of units. The Printer of the options
// is ignored.
func Import(inputs []passes.Input, opts passes.Options) *Imported {
	im, _ := importTo(nil, inputs, opts) // only writing fails
	return im
}

// ImportTo is a lean import that writes the TOML to w as it goes, instead of
// holding it. The error is that of writing.
func ImportTo(w io.Writer, inputs []passes.Input, opts passes.Options) (*Imported, error) {
	opts.Lean = true
	return importTo(w, inputs, opts)
}

func importTo(w io.Writer, inputs []passes.Input, opts passes.Options) (*Imported, error) {
	printer := emit.NewPrinter(emit.Options{OnlyTODOs: opts.Lean, To: w})
	opts.Printer = passPrinter{printer}
	result := passes.Run(inputs, opts)
	out, err := printer.Output()
	return &Imported{Result: result, Output: out}, err
}

// A passPrinter makes a printer fit for passes, which must not import emit.
type passPrinter struct{ *emit.Printer }

func (p passPrinter) Piece() passes.Piece { return p.Printer.Piece() }

// A Validated is the outcome of a validation.
type Validated struct {
	validate.Result
	// Diagnostics are in the order of the file.
	Diagnostics []*diag.Diagnostic
}

// Validate finds everything that is wrong with a runwisp.toml. It is valid
// where no diagnostic is an error.
func Validate(file *source.File, opts validate.Options) *Validated {
	var sink diag.Sink
	result := validate.Validate(file, opts, &sink)
	return &Validated{Result: result, Diagnostics: sink.All()}
}
