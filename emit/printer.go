package emit

import (
	"sync"

	"github.com/runwisp/runwisp/ir"
)

// Options are the switches of a Printer.
type Options struct {
	// Annotate writes behind each line the place that it came from.
	Annotate bool
	// OnlyTODOs leaves all lines out of Output.Lines but the TODOs.
	OnlyTODOs bool
	// Room is about how many bytes the output will have, 0 if that is not
	// known.
	Room int
}

// headRoom is the room left for the head before a large output: what stands
// there is known last, and would push all of it aside.
const headRoom = 4096

// A Printer prints a document in pieces.
type Printer struct {
	opts  Options
	whole printer
	// free are printers of pieces that can be used again.
	free sync.Pool
}

// NewPrinter returns a printer of one document.
func NewPrinter(opts Options) *Printer {
	p := &Printer{opts: opts, whole: printer{Options: opts}}
	if opts.Room > 0 {
		p.whole.buf = make([]byte, headRoom, headRoom+opts.Room)
	}
	p.free.New = func() any { return &printer{Options: opts} }
	return p
}

// Piece starts a piece of the document. Print prints tables of it, and flush
// adds them to the output. Any number of pieces may be printed at a time, but
// they must be flushed one after the other, in the order of the document.
func (p *Printer) Piece() (print func([]*ir.Table), flush func()) {
	piece := p.free.Get().(*printer)
	return piece.tables, func() {
		p.whole.add(piece)
		p.free.Put(piece)
	}
}

// add adds what another printer has printed, which starts anew.
func (p *printer) add(piece *printer) {
	p.buf = append(p.buf, piece.buf...)
	for _, l := range piece.lines {
		l.First += p.line
		l.Last += p.line
		p.lines = append(p.lines, l)
	}
	p.line += piece.line
	piece.buf, piece.lines, piece.line = piece.buf[:0], piece.lines[:0], 0
}

// Output returns the printed document: what stands above all tables, and what
// was printed of them. The tables of doc are not looked at.
func (p *Printer) Output(doc *ir.Document) Output {
	head := printer{Options: p.opts, line: 1}
	head.comments(doc.Head)
	head.todos(doc.TODOs)
	gap := 0
	if p.opts.Room > 0 {
		gap = headRoom
	}
	if len(head.buf) == 0 && len(p.whole.buf) > gap {
		gap++ // no blank line above the first table
		head.line = 0
	}
	out := Output{Lines: head.lines}
	if len(head.buf) <= gap {
		out.TOML = p.whole.buf[gap-len(head.buf):]
		copy(out.TOML, head.buf)
	} else {
		out.TOML = append(head.buf, p.whole.buf[gap:]...)
	}
	for _, l := range p.whole.lines {
		l.First += head.line
		l.Last += head.line
		out.Lines = append(out.Lines, l)
	}
	return out
}
