package html

import "github.com/runwisp/runwisp/ir/source"

func (v *viewer) maskSource() {
	v.masked = make([][]interval, len(v.in.Files))
	if v.in.ShowSecrets {
		return
	}
	for i, f := range v.in.Files {
		v.masked[i] = secrets(f.Content, iniExtent(f.Content))
	}
}

// secretTexts returns the secrets that a text made from span may quote.
func (v *viewer) secretTexts(span source.Span) []string {
	for i, f := range v.in.Files {
		if f == span.File {
			return secretTexts(v.masked[i], span)
		}
	}
	return nil
}

// maskTOML returns what is to be masked on each line of the output: by name,
// and wherever a line quotes a secret from where it came from.
func (v *viewer) maskTOML() [][]interval {
	hidden := make([][]interval, v.toml.count+1)
	if v.in.ShowSecrets {
		return hidden
	}
	byName := secrets(v.toml.Content, v.toml.extent)
	for n := 1; n <= v.toml.count; n++ {
		text, start := v.toml.Line(n)
		hidden[n] = within(byName, interval{int(start), int(start) + len(text)})
	}
	for _, line := range v.in.Output.Lines {
		for n := v.toml.first[line.Number]; n <= line.Number; n++ {
			text, _ := v.toml.Line(n)
			quoted := occurrences(text, v.secretTexts(line.Origin))
			if line.TODO != nil {
				hidden[n] = quoted // a message, and no setting
				continue
			}
			hidden[n] = merge(append(hidden[n], quoted...))
		}
	}
	return hidden
}
