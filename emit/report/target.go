package report

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// targets knows which place of the output a diagnostic concerns.
type targets struct {
	// tables are the first table of each unit.
	tables map[int32]*ir.Table
	nodes  nodeLines
	todo   map[*diag.Diagnostic][]int
}

func findTargets(im Import) *targets {
	t := &targets{tables: map[int32]*ir.Table{}, todo: im.Output.TODOLines()}
	w := newLineWalker(im.Output.Lines)
	t.nodes = w.found
	for _, table := range im.Document.Tables {
		w.walk(table)
		unit := int32(diag.DefaultsUnit)
		if table.Program != nil {
			unit = table.Program.Number
		}
		if _, ok := t.tables[unit]; !ok && len(table.Path) > 0 {
			t.tables[unit] = table
		}
	}
	return t
}

// of returns the place of a diagnostic in the output, or nil where it has
// none. The line is that of its TODO, else of its entry, else of its table.
func (t *targets) of(d *diag.Diagnostic) *jsonTarget {
	table := t.tables[d.Target.Unit]
	if table == nil {
		return t.withoutTable(d)
	}
	line, key := t.nodes.tables[table], keyIn(table, d.Target.Key)
	if entry := findEntry(table, key); t.nodes.entries[entry] > 0 {
		line = t.nodes.entries[entry]
	}
	if lines := t.todo[d]; len(lines) > 0 {
		line = lines[0]
	}
	return &jsonTarget{Path: emit.Path(slices.Concat(table.Path, keysOf(key))), Line: lineOrNil(line)}
}

// withoutTable returns the place of a diagnostic that no table is about: that
// of its TODO, if it has one.
func (t *targets) withoutTable(d *diag.Diagnostic) *jsonTarget {
	if lines := t.todo[d]; len(lines) > 0 {
		return &jsonTarget{Line: &lines[0]}
	}
	return nil
}

func lineOrNil(line int) *int {
	if line == 0 {
		return nil
	}
	return &line
}

// keyIn returns the key of a target as it is counted from a table, which may
// be the environment itself: that of the defaults is all that they have.
func keyIn(table *ir.Table, key string) string {
	if table.Path[len(table.Path)-1] != "env" {
		return key
	}
	return strings.TrimPrefix(strings.TrimPrefix(key, "env"), ".")
}

// findEntry returns the entry of a target key, which may be in a sub-table.
func findEntry(table *ir.Table, key string) *ir.Entry {
	if name, ok := strings.CutPrefix(key, "env."); ok {
		if table = table.SubTable("env"); table == nil {
			return nil
		}
		key = name
	}
	return table.Entry(key)
}

// keysOf returns the keys that lead from a table to a target key in it, none to
// the table itself.
func keysOf(key string) []string {
	name, inEnv := strings.CutPrefix(key, "env.")
	switch {
	case inEnv:
		return []string{"env", name}
	case key == "":
		return nil
	}
	return []string{key}
}

// nodeLines are the output lines of the nodes of a document. Nodes that stand in
// no line are not there.
type nodeLines struct {
	tables  map[*ir.Table]int
	entries map[*ir.Entry]int
}

// A lineWalker finds the lines of the nodes of a document: both are in the
// same order, and a line has the origin of its node.
type lineWalker struct {
	lines []emit.Line
	// from are the indexes of the lines of each origin that were not passed
	// yet, next is that of the first such line.
	from  map[source.Span][]int
	next  int
	found nodeLines
}

func newLineWalker(lines []emit.Line) *lineWalker {
	w := &lineWalker{
		lines: lines,
		from:  map[source.Span][]int{},
		found: nodeLines{tables: map[*ir.Table]int{}, entries: map[*ir.Entry]int{}},
	}
	for i, line := range lines {
		if line.TODO == nil && line.Origin.IsValid() {
			w.from[line.Origin] = append(w.from[line.Origin], i)
		}
	}
	return w
}

// walk finds the lines of a table and of all that is below it.
func (w *lineWalker) walk(t *ir.Table) {
	if len(t.Path) > 0 {
		if line, ok := w.find(t.Origin); ok {
			w.found.tables[t] = line
		}
	}
	for i := range t.Entries {
		if line, ok := w.find(t.Entries[i].Origin); ok {
			w.found.entries[&t.Entries[i]] = line
		}
	}
	for _, sub := range t.Sub {
		w.walk(sub)
	}
}

// find looks for the line of a node from where the last one was found. Each
// line is passed once, whether nodes are found or not.
func (w *lineWalker) find(origin source.Span) (line int, ok bool) {
	at := w.from[origin]
	for len(at) > 0 && at[0] < w.next {
		at = at[1:]
	}
	if ok = len(at) > 0; ok {
		line = w.lines[at[0]].First
		w.next = at[0] + 1
		at = at[1:]
	}
	w.from[origin] = at
	return line, ok
}
