package emit

import (
	"io"
	"sync"

	"github.com/runwisp/runwisp/ir"
)

// Options are the switches of a Printer.
type Options struct {
	// Annotate writes behind each line the place that it came from.
	Annotate bool
	// OnlyTODOs leaves all lines out of Output.Lines but the TODOs.
	OnlyTODOs bool
	// To, where it is not nil, is where the output is written as it is
	// printed, so that it need not be held.
	To io.Writer
}

// A Printer prints a document in pieces.
type Printer struct {
	whole printer
	err   error // the first of writing

	mu   sync.Mutex
	free []*Piece // those that can be used again
	room int      // how long the longest piece was; mu guards both
}

// NewPrinter returns a printer of one document.
func NewPrinter(opts Options) *Printer {
	return &Printer{whole: printer{Options: opts, line: 1}}
}

// Begin prints what stands above all tables. Room is about how many bytes the
// whole output will have.
func (p *Printer) Begin(doc *ir.Document, room int) {
	if p.whole.To == nil {
		p.whole.buf = make([]byte, 0, room)
	}
	p.whole.comments(doc.Head)
	p.whole.todos(doc.TODOs)
}

// Piece starts a piece of the document.
func (p *Printer) Piece() *Piece {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return &Piece{of: p, text: printer{Options: p.whole.Options, buf: make([]byte, 0, p.room)}}
	}
	piece := p.free[n-1]
	p.free = p.free[:n-1]
	return piece
}

// add adds a piece to the output.
func (p *Printer) add(piece *Piece) {
	room := len(piece.text.buf)
	p.whole.add(&piece.text)
	p.giveBack(piece, room)
	if p.whole.To != nil && len(p.whole.buf) >= chunkSize {
		p.write()
	}
}

// giveBack frees a piece that was added. About what it took to print it is what a
// new one is given.
func (p *Printer) giveBack(piece *Piece, room int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, piece)
	p.room = max(p.room, room+room/16)
}

// chunkSize is how many bytes are written at a time at least.
const chunkSize = 256 << 10

// write writes what was printed since the last time.
func (p *Printer) write() {
	if p.err == nil {
		_, p.err = p.whole.To.Write(p.whole.buf)
	}
	p.whole.buf = p.whole.buf[:0]
}

// add adds what another printer has printed, which starts anew.
func (p *printer) add(piece *printer) {
	if p.line == 1 && len(piece.buf) > 0 {
		piece.buf = piece.buf[1:] // no blank line above the first table
		p.line = 0
	}
	p.buf = append(p.buf, piece.buf...)
	for _, l := range piece.lines {
		l.First += p.line
		l.Last += p.line
		p.lines = append(p.lines, l)
	}
	p.line += piece.line
	piece.buf, piece.lines, piece.line = piece.buf[:0], piece.lines[:0], 0
}

// Output returns what was printed; the TOML is nil where it was written, and
// the error is that of writing.
func (p *Printer) Output() (Output, error) {
	if p.whole.To == nil {
		return Output{TOML: p.whole.buf, Lines: p.whole.lines}, nil
	}
	p.write()
	return Output{Lines: p.whole.lines}, p.err
}
