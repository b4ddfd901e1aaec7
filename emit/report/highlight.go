package report

import "strings"

// highlight paints the lines of a configuration, in either format.
func (p *printer) highlight(config string) string {
	var b strings.Builder
	for line := range strings.Lines(config) {
		text, end := strings.CutSuffix(line, "\n")
		b.WriteString(p.paint(configStyle(text), text))
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// configStyle returns how a line of a configuration is painted.
func configStyle(line string) style {
	switch {
	case strings.HasPrefix(line, "# TODO "):
		return yellow
	case strings.HasPrefix(line, "#"), strings.HasPrefix(line, ";"):
		return dim
	case strings.HasPrefix(line, "["):
		return blue
	}
	return plain
}
