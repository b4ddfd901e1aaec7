package emit

import "github.com/runwisp/runwisp/ir"

// A Piece is a piece of a document. Any number of them may be printed at a time,
// but they must be flushed one after the other, in the order of the document, and
// not be used again.
type Piece struct {
	of   *Printer
	text lineWriter
}

// Print prints tables of the piece.
func (p *Piece) Print(list []*ir.Table) { p.text.tables(list) }

// Flush adds what was printed to the output.
func (p *Piece) Flush() { p.of.add(p) }
