package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/runwisp/runwisp/emit/report"
)

// reportFormats are the formats of a report, with the file endings that ask
// for them.
var reportFormats = []struct{ name, ending string }{
	{"text", ".txt"}, {"json", ".json"}, {"sarif", ".sarif"}, {"short", ""},
}

// formatNames returns the names of the formats.
func formatNames() []string {
	var names []string
	for _, f := range reportFormats {
		names = append(names, f.name)
	}
	return names
}

// reporting is how an import is reported.
type reporting struct {
	quiet   bool
	verbose bool
	secrets bool
	format  string
	color   string
	file    string
}

func (r *reporting) addFlags(f *pflag.FlagSet) {
	f.BoolVarP(&r.quiet, "quiet", "q", false, "report errors only; json and sarif have everything")
	f.BoolVarP(&r.verbose, "verbose", "v", false, "report quiet notes too")
	f.BoolVar(&r.secrets, "show-secrets", false, "show passwords and keys in the report")
	f.StringVar(&r.format, "format", "", "write the report as `text`, json, sarif or short")
	addColor(f, &r.color)
	f.StringVar(&r.file, "report", "", "write the report to `FILE` instead of standard error")
}

// check completes the format and reports mistakes in the flags.
func (r *reporting) check() error {
	if r.quiet && r.verbose {
		return errors.New("--quiet and --verbose exclude each other")
	}
	if err := checkColor(r.color); err != nil {
		return err
	}
	if r.format == "" {
		r.format = formatOf(r.file)
	}
	return checkFormat(r.format)
}

// checkFormat reports a format that there is not.
func checkFormat(format string) error {
	if !slices.Contains(formatNames(), format) {
		return fmt.Errorf("unknown format %q: expected text, json, sarif or short", format)
	}
	return nil
}

// formatOf returns the format that the ending of a file asks for.
func formatOf(path string) string {
	for _, f := range reportFormats {
		if f.ending != "" && filepath.Ext(path) == f.ending {
			return f.name
		}
	}
	return "text"
}

// write writes the report in its format.
func (r *reporting) write(w io.Writer, im report.Import) error {
	opts := terminalOptions(w, r.color)
	opts.Quiet, opts.Verbose, opts.ShowSecrets = r.quiet, r.verbose, r.secrets
	switch r.format {
	case "json":
		return report.JSON(w, im, opts)
	case "sarif":
		return report.SARIF(w, im.Diagnostics, opts)
	case "short":
		return report.Short(w, im.Diagnostics, opts)
	}
	return report.Text(w, im, opts)
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
		return fmt.Errorf("unknown colour mode %q: expected auto, always or never", mode)
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
