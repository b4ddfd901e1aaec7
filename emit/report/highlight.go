package report

import (
	"strings"

	"github.com/runwisp/runwisp/emit"
)

// classStyles paint the lines of a configuration.
var classStyles = map[string]style{"todo": yellow, "comment": dim, "header": blue}

// highlight paints a configuration in either format.
func (p *printer) highlight(config string) string {
	var b strings.Builder
	for line := range strings.Lines(config) {
		text, end := strings.CutSuffix(line, "\n")
		b.WriteString(p.paint(classStyles[emit.LineClass(text)], text))
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
