package toml

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// A definition says how a table came to be, which decides what may be added to
// it later on.
type definition uint8

const (
	// byValue is the definition of everything but tables, and of the
	// tables and arrays in brackets: they are complete where they stand.
	byValue definition = iota
	// byPassing tables were named on the way to a deeper header.
	byPassing
	// byHeader tables have a header of their own.
	byHeader
	// byDots tables come from dotted keys.
	byDots
)

// indexAt is the number of children from which a table is worth an index.
const indexAt = 16

// add makes a node. It is not yet a child of its parent; see link.
func (t *Tree) add(parent int32, key span) int32 {
	t.nodes = append(t.nodes, node{
		keyStart: key.start, keyEnd: key.end,
		start: key.start, end: key.end,
		parent: parent,
	})
	return int32(len(t.nodes) - 1)
}

// link makes id the last child of its parent. The first of equal names is the
// one that lookup finds.
func (t *Tree) link(id int32) {
	p := &t.nodes[t.nodes[id].parent]
	if p.last == 0 {
		p.first = id
	} else {
		t.nodes[p.last].next = id
		t.nodes[id].ord = t.nodes[p.last].ord + 1
	}
	p.last = id
	if index, ok := t.index[t.nodes[id].parent]; ok {
		if name := t.name(id); index[name] == 0 {
			index[name] = id
		}
	}
}

// lookup returns the first child of a table with the given name, or 0. Small
// tables are searched; large ones get an index, so that time stays linear.
func (t *Tree) lookup(table int32, name string) int32 {
	if index, ok := t.index[table]; ok {
		return index[name]
	}
	if t.count(table) >= indexAt {
		return t.buildIndex(table)[name]
	}
	for id := t.nodes[table].first; id != 0; id = t.nodes[id].next {
		if t.mayBe(id, name) && t.name(id) == name {
			return id
		}
	}
	return 0
}

// mayBe reports whether a key is short enough to be a name, so that a long one
// is not decoded for each of the short ones: an escape takes up to ten bytes for
// one.
func (t *Tree) mayBe(id int32, name string) bool {
	d := &t.nodes[id]
	return int(d.keyEnd-d.keyStart) <= 10*len(name)+len(`""`)
}

func (t *Tree) buildIndex(table int32) map[string]int32 {
	index := make(map[string]int32, 2*indexAt)
	for id := t.nodes[table].first; id != 0; id = t.nodes[id].next {
		if name := t.name(id); index[name] == 0 {
			index[name] = id
		}
	}
	if t.index == nil {
		t.index = make(map[int32]map[string]int32)
	}
	t.index[table] = index
	return index
}

// step returns the part of a path that names id below its parent.
func (t *Tree) step(id int32) string {
	d := &t.nodes[id]
	switch parent := t.nodes[d.parent].kind; {
	case parent == Array, parent == Bad: // an array without its end is Bad
		return "[" + strconv.Itoa(int(d.ord)) + "]"
	case d.keyEnd == 0:
		return "" // a table that is no part of the tree
	}
	if d.keyEnd-d.keyStart > maxStep {
		raw := t.file.Content[d.keyStart : d.keyStart+maxStep]
		return "." + strconv.Quote(strings.ToValidUTF8(strings.Trim(raw, `"'`), "")+"…")
	}
	name := t.name(id)
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r > 0x7f || !isBare(byte(r)) }) {
		name = strconv.Quote(name)
	}
	return "." + name
}

// enter goes from a table to the one that a part of a header names on the way
// to a deeper one, which is made if need be. An array of tables stands for its
// last element.
func (p *parser) enter(table int32, key span) (id int32, ok bool) {
	id = p.lookup(table, p.keyName(key))
	if id == 0 {
		return p.newTable(table, key, byPassing), true
	}
	switch d := &p.nodes[id]; {
	case d.kind == Table && d.def != byValue:
		return id, true
	case d.kind == Array && d.def == byHeader:
		return d.last, true
	}
	return 0, p.clash(id, key)
}

// enterDotted goes from a table to the one that a part of a dotted key names.
// Only tables that dotted keys made can be added to in this way.
func (p *parser) enterDotted(table int32, key span) (id int32, ok bool) {
	id = p.lookup(table, p.keyName(key))
	switch {
	case id == 0:
		return p.newTable(table, key, byDots), true
	case p.nodes[id].kind == Table && p.nodes[id].def == byDots:
		return id, true
	}
	return 0, p.clash(id, key)
}

// newTable makes and links a table.
func (p *parser) newTable(parent int32, key span, def definition) int32 {
	id := p.add(parent, key)
	p.nodes[id].kind, p.nodes[id].def = Table, def
	p.link(id)
	return id
}

// defineTable makes the table that a header ends in.
func (p *parser) defineTable(parent int32, key, header span) int32 {
	id := p.lookup(parent, p.keyName(key))
	switch {
	case id == 0:
		id = p.newTable(parent, key, byHeader)
	case p.nodes[id].kind == Table && p.nodes[id].def == byPassing:
		p.nodes[id].def = byHeader
		p.nodes[id].keyStart, p.nodes[id].keyEnd = key.start, key.end
	default:
		first := id
		id = p.newTable(parent, key, byHeader)
		p.redefined(id, first)
	}
	p.nodes[id].start, p.nodes[id].end = header.start, header.end
	return id
}

// defineElement makes the next element of the array of tables that a header
// ends in.
func (p *parser) defineElement(parent int32, key, header span) int32 {
	array := p.lookup(parent, p.keyName(key))
	if array == 0 || p.nodes[array].kind != Array || p.nodes[array].def != byHeader {
		first := array
		array = p.newTable(parent, key, byHeader)
		p.nodes[array].kind = Array
		p.nodes[array].start, p.nodes[array].end = header.start, header.end
		if first != 0 {
			p.redefined(array, first)
		}
	}
	id := p.newTable(array, key, byHeader)
	p.nodes[id].start, p.nodes[id].end = header.start, header.end
	return id
}

// defineValue makes the node of the last part of a key in front of a value.
func (p *parser) defineValue(table int32, key span) int32 {
	first := p.lookup(table, p.keyName(key))
	id := p.add(table, key)
	p.link(id)
	if first != 0 {
		p.redefined(id, first)
	}
	return id
}

// redefined reports that id has the name of an earlier node. It stays in the
// tree, so that what it holds is looked at as well.
func (p *parser) redefined(id, first int32) {
	n := p.handle(id)
	p.errors = append(p.errors, Error{
		Span:    n.KeySpan(),
		Message: fmt.Sprintf("%q is already defined", p.name(id)),
		First:   p.handle(first).KeySpan(),
		Node:    n,
	})
}

// clash reports that a key leads through something that cannot be added to. It
// always returns false.
func (p *parser) clash(id int32, key span) bool {
	p.errors = append(p.errors, Error{
		Span:    p.span(key),
		Message: fmt.Sprintf("%q is already defined as %s", p.name(id), p.closed(id)),
		First:   p.handle(id).KeySpan(),
		Node:    p.handle(id),
	})
	return false
}

// closed says what a node is that cannot be added to.
func (p *parser) closed(id int32) string {
	switch d := &p.nodes[id]; {
	case d.kind != Table:
		return "a value"
	case d.def == byValue:
		return "an inline table, which is complete"
	}
	return "a table with a header"
}

func (p *parser) handle(id int32) Node { return Node{&p.Tree, id} }

func (p *parser) span(s span) source.Span { return p.file.Span(s.start, s.end) }

func (p *parser) keyName(key span) string { return decodeKey(p.src[key.start:key.end]) }
