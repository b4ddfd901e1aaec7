package parser

import "io"

// Fprint writes the tree back, byte for byte as it was read. It goes through
// the nodes, so a byte that no node covers would be missing.
func Fprint(w io.Writer, t *Tree) error {
	write := func(r Range) error {
		_, err := io.WriteString(w, t.File.Content[r.Start:r.End])
		return err
	}
	for i := range t.Prelude() {
		if err := write(t.Prelude()[i].Lines); err != nil {
			return err
		}
	}
	for i := range t.Sections {
		s := &t.Sections[i]
		if err := write(s.Header); err != nil {
			return err
		}
		for _, n := range t.Nodes(s) {
			if err := write(n.Lines); err != nil {
				return err
			}
		}
	}
	return nil
}
