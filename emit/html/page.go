// Package html shows an import as one self-contained page: the source and the
// TOML side by side, with a link between every two lines that belong together.
package html

import (
	"bufio"
	_ "embed" // for the assets
	"html/template"
	"io"
	"sync"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// An Input is what there is to show.
type Input struct {
	Output emit.Output
	// Files are the files of the source in reading order.
	Files []*source.File
	// Diagnostics are in the order in which they are to be read. One whose
	// span lies in none of Files is shown above the source.
	Diagnostics []*diag.Diagnostic
	// Programs are the rows of the summary. Without any it has none.
	Programs []emit.Program
	// Target is how the output is called, "" for runwisp.toml.
	Target string
	// ShowSecrets shows the values of passwords, keys and the like, which
	// are masked otherwise.
	ShowSecrets bool
}

// The parts of a page.
var (
	//go:embed assets/page.html
	pageText string
	//go:embed assets/page.css
	pageStyle string
	//go:embed assets/page.js
	pageScript string
)

// pageTemplate is parsed for the first page: most runs write none.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(pageText))
})

// Page writes the page. The same input gives the same bytes. The errors are
// those of w.
func Page(w io.Writer, in Input) error {
	b := bufio.NewWriter(w)
	if err := pageTemplate().Execute(b, newView(in)); err != nil {
		return err
	}
	return b.Flush()
}
