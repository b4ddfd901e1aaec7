package ir

import (
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A Document is a runwisp.toml to be written.
type Document struct {
	// Head are comment lines at the very top.
	Head []string
	// TODOs concern the document as a whole.
	TODOs  []*diag.Diagnostic
	Tables []*Table
}

// A Table is one unit of the document, or a place where one is missing.
type Table struct {
	// Path is the path of the table: {"services", "web"}. It is empty for
	// a block that only holds TODOs, in place of a section that RunWisp
	// has nothing for.
	Path []string
	// Program is what the table came from; nil for the defaults.
	Program *Program
	// Above are comments carried over from the source.
	Above   []Comment
	TODOs   []*diag.Diagnostic
	Entries []Entry
	// Sub are tables below this one, such as its environment.
	Sub []*Table
	// Disabled tables cannot run, and are written commented out.
	Disabled bool
	// Origin is the source header that the table came from.
	Origin source.Span
}

// Entry returns the entry of a key, or nil.
func (t *Table) Entry(key string) *Entry {
	for i := range t.Entries {
		if t.Entries[i].Key == key {
			return &t.Entries[i]
		}
	}
	return nil
}

// SubTable returns the sub-table of a name, or nil.
func (t *Table) SubTable(name string) *Table {
	for _, sub := range t.Sub {
		if sub.Path[len(sub.Path)-1] == name {
			return sub
		}
	}
	return nil
}

// An Entry is one "key = value" of a table.
type Entry struct {
	Key   string
	Value Value
	// Origin is the source of the value.
	Origin source.Span
	// Derived says from what an entry follows that nobody wrote; Origin is
	// then the cause.
	Derived string
	Above   []Comment
	Behind  *Comment
	TODOs   []*diag.Diagnostic
}
