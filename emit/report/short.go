package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// Short writes a line for each diagnostic, as editors and grep take it:
// "file:line:column: severity: message [code]". Lines and columns are 1-based,
// columns count code points. A finding about no place starts with its
// severity.
func Short(w io.Writer, list []*diag.Diagnostic, opts Options) error {
	var b strings.Builder
	masker := newMasker(list, opts)
	for _, d := range list {
		if !opts.shows(d) {
			continue
		}
		d = masker.Diagnostic(d)
		if d.Span.IsValid() {
			fmt.Fprintf(&b, "%s: ", printable(d.Span.String()))
		}
		fmt.Fprintf(&b, "%s: %s [%s]\n", d.Severity, printable(shorten(d.Message)), d.Code)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
