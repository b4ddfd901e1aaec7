package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/internal/say"
)

// reporting is how an import is reported.
type reporting struct {
	quiet      bool
	verbose    bool
	secrets    bool
	format     string // "" for that of the file
	color      string
	reportPath string       // "" for standard error
	how        reportFormat // is known once the flags are checked
}

func (r *reporting) addFlags(f *pflag.FlagSet) {
	f.BoolVarP(&r.quiet, "quiet", "q", false, "report errors only; json and sarif have everything")
	f.BoolVarP(&r.verbose, "verbose", "v", false, "report quiet notes too")
	f.BoolVar(&r.secrets, "show-secrets", false, "show passwords and keys in the report")
	f.StringVar(&r.format, "format", "", "write the report as `text`, json, sarif or short")
	addColor(f, &r.color)
	f.StringVar(&r.reportPath, "report", "", "write the report to `FILE` instead of standard error; .json and .sarif choose the format")
}

// check chooses the format and reports mistakes in the flags.
func (r *reporting) check() error {
	if r.quiet && r.verbose {
		return errors.New("--quiet and --verbose exclude each other; leave out one of them")
	}
	if err := checkColor(r.color); err != nil {
		return err
	}
	if r.format == "" {
		r.how = formatOf(r.reportPath)
		return nil
	}
	how, err := formatNamed(r.format)
	r.how = how
	return err
}

// write writes the report in its format.
func (r *reporting) write(w io.Writer, im report.Import) error {
	opts := terminalOptions(w, r.color)
	opts.Quiet, opts.Verbose, opts.ShowSecrets = r.quiet, r.verbose, r.secrets
	return r.how.imported(w, im, opts)
}

// render returns the report as it goes into a file.
func (r *reporting) render(im report.Import) ([]byte, error) {
	var b bytes.Buffer
	err := r.write(&b, im)
	return b.Bytes(), err
}

// addColor adds the flag --color.
func addColor(f *pflag.FlagSet, mode *string) {
	f.StringVar(mode, "color", "auto", "when to use colours: `auto`, always or never")
}

// colorModes are the words that --color takes.
var colorModes = []string{"auto", "always", "never"}

// checkColor reports a word that --color does not take.
func checkColor(mode string) error {
	if !slices.Contains(colorModes, mode) {
		return fmt.Errorf("unknown colour mode %q: expected %s", mode, say.Or(colorModes))
	}
	return nil
}

// terminalOptions fits a report to where it goes: on a terminal it takes its
// width and, unless NO_COLOR is set, colours.
func terminalOptions(w io.Writer, color string) report.Options {
	opts := report.Options{Color: color == "always"}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return opts
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		opts.Width = min(width, widest)
	}
	if color == "auto" {
		dumb := slices.Contains([]string{"", "dumb"}, os.Getenv("TERM"))
		opts.Color = os.Getenv("NO_COLOR") == "" && !dumb
	}
	return opts
}

// widest is the width at which lines are still easy to read.
const widest = 100
