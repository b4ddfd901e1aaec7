package parser

import "io"

// Fprint writes the tree back, byte for byte as it was read.
func Fprint(w io.Writer, t *Tree) error {
	at := int32(0)
	write := func(end int32) error {
		_, err := io.WriteString(w, t.File.Content[at:end])
		at = end
		return err
	}
	writeNodes := func(nodes []Node) error {
		for i := range nodes {
			if err := write(t.NodeEnd(&nodes[i])); err != nil {
				return err
			}
		}
		return nil
	}
	if err := writeNodes(t.Prelude()); err != nil {
		return err
	}
	for i := range t.Sections {
		s := &t.Sections[i]
		if err := write(s.Header.End); err != nil {
			return err
		}
		if err := writeNodes(t.Nodes(s)); err != nil {
			return err
		}
	}
	return nil
}
