package html

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/secret"
)

// A cell is a place in one of the two columns. The zero cell is a gap.
type cell struct {
	// Heading is set where the cell names a file, and has no lines.
	Heading []piece
	// Lines stand beside one line of the other column.
	Lines []line
}

// IsGap reports whether the cell only takes room.
func (c cell) IsGap() bool { return c.Heading == nil && c.Lines == nil }

// isBlank reports whether the cell is a line without text.
func (c cell) isBlank() bool { return len(c.Lines) == 1 && len(c.Lines[0].Pieces) == 0 }

// A line is a line of the source or of the output.
type line struct {
	ID     string
	Number int
	Class  string
	Pieces []piece
	// To are the ids of the lines that belong to this one, First the first
	// of them, and Label says it in words.
	To, First, Label string
	Findings         []finding
}

// columns makes the two columns and puts them side by side.
func (v *viewer) columns(out *view) {
	left, index := v.sourceColumn()
	right, anchors := v.tomlColumn(index)
	out.Source, out.TOML = align(left, right, anchors)
}

// sourceColumn returns the files one below the other, and the cell of each
// line.
func (v *viewer) sourceColumn() (column []cell, index map[place]int) {
	index = make(map[place]int)
	for i, f := range v.in.Files {
		column = append(column, cell{Heading: pieces(f.Name, nil, nil)})
		for n := 1; n <= lineCount(f); n++ {
			index[place{i, n}] = len(column)
			column = append(column, cell{Lines: []line{v.sourceLine(place{i, n})}})
		}
	}
	return column, index
}

// tomlColumn returns the output, and the cell of the source beside which each
// cell should stand. Lines in a row that came from one place share a cell.
func (v *viewer) tomlColumn(index map[place]int) (column []cell, anchors []int) {
	column = []cell{{Heading: pieces(v.target, nil, nil)}}
	anchors = []int{unanchored}
	if len(index) > 0 {
		anchors[0] = 0 // heading beside heading
	}
	hidden := v.maskTOML()
	for n := 1; n <= v.toml.count; n++ {
		shown := v.tomlLine(n, hidden[n])
		anchor := v.anchor(n, index)
		if last := len(column) - 1; anchor != unanchored && anchors[last] == anchor {
			column[last].Lines = append(column[last].Lines, shown)
			continue
		}
		column = append(column, cell{Lines: []line{shown}})
		anchors = append(anchors, anchor)
	}
	return column, anchors
}

// anchor returns the cell of the source beside which an output line should
// stand.
func (v *viewer) anchor(line int, index map[place]int) int {
	if places := v.links.toSource[line]; len(places) > 0 {
		return index[places[0]]
	}
	return unanchored
}

func (v *viewer) sourceLine(p place) line {
	text, start := v.in.Files[p.file].Line(p.line)
	hidden := v.masker.In(v.in.Files[p.file].Span(start, start+int32(len(text))))
	l := line{
		ID:       p.id(),
		Number:   p.line,
		Class:    emit.LineClass(text),
		Pieces:   pieces(text, v.marks[p], hidden),
		Findings: v.findings[p],
	}
	lines := v.links.toTOML[p.file][p.line]
	ids := make([]string, 0, len(lines))
	for _, n := range lines {
		ids = append(ids, tomlID(n))
	}
	l.link(ids)
	if len(lines) > 0 {
		l.Label = fmt.Sprintf("line %d, see %s %s", p.line, plain(v.target), lineList(lines))
	}
	return l
}

func (v *viewer) tomlLine(n int, hidden []secret.Interval) line {
	text, _ := v.toml.Line(n)
	l := line{ID: tomlID(n), Number: n, Class: emit.LineClass(text), Pieces: pieces(text, nil, hidden)}
	places := v.links.toSource[n]
	ids := make([]string, 0, len(places))
	lines := make([]int, 0, len(places))
	for _, p := range places {
		ids, lines = append(ids, p.id()), append(lines, p.line)
	}
	l.link(ids)
	if len(places) > 0 {
		l.Label = fmt.Sprintf("line %d, from %s %s", n, plain(v.in.Files[places[0].file].Name), lineList(lines))
	}
	return l
}

// link names the lines that belong to l.
func (l *line) link(ids []string) {
	if len(ids) > 0 {
		l.First, l.To = ids[0], strings.Join(ids, " ")
	}
}
