package html

import "github.com/runwisp/runwisp/emit/secret"

// maskTOML returns what is to be masked on each line of the output: by name,
// and wherever a line quotes a secret from where it came from.
func (v *viewer) maskTOML() [][]secret.Interval {
	hidden := make([][]secret.Interval, v.toml.count+1)
	if v.in.ShowSecrets {
		return hidden
	}
	byName := secret.Find(v.toml.Content, v.toml.extent)
	for n := 1; n <= v.toml.count; n++ {
		text, start := v.toml.Line(n)
		hidden[n] = secret.Within(byName, secret.Interval{Start: int(start), End: int(start) + len(text)})
	}
	for _, line := range v.in.Output.Lines {
		for n := line.First; n <= line.Last; n++ {
			text, _ := v.toml.Line(n)
			if line.TODO != nil {
				hidden[n] = v.masker.QuotedBy(line.TODO, text) // a message, and no setting
				continue
			}
			hidden[n] = secret.Merge(append(hidden[n], v.masker.Quoted(text, line.Origin)...))
		}
	}
	return hidden
}

// extent returns where the entry ends that has a line at an offset, as
// secret.Find asks for it.
func (t *tomlFile) extent(offset int) int {
	text, start := t.Line(t.last[t.LineNumber(int32(offset))])
	return int(start) + len(text)
}
