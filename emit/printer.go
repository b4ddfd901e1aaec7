package emit

import (
	"io"
	"slices"
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
	whole lineWriter
	err   error // the first of writing

	mu   sync.Mutex
	free []*Piece // those that can be used again
	room int      // how long the longest piece was; mu guards both
}

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

// NewPrinter returns a printer of one document.
func NewPrinter(opts Options) *Printer {
	return &Printer{whole: lineWriter{Options: opts, line: 1}}
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
		return &Piece{of: p, text: lineWriter{Options: p.whole.Options, buf: make([]byte, 0, p.room)}}
	}
	piece := p.free[n-1]
	p.free = p.free[:n-1]
	return piece
}

// add adds a piece to the output.
func (p *Printer) add(piece *Piece) {
	room := len(piece.text.buf)
	p.whole.join(&piece.text)
	if p.whole.To == nil || len(p.whole.buf)+len(piece.text.buf) < chunkSize {
		p.whole.buf = append(p.whole.buf, piece.text.buf...)
	} else {
		p.write(p.whole.buf)
		p.write(piece.text.buf)
		p.whole.buf = p.whole.buf[:0]
	}
	piece.text.buf = piece.text.buf[:0]
	p.giveBack(piece, room)
}

// giveBack frees a piece that was added. Room is how long it was: new pieces get
// a little more than the longest one took.
func (p *Printer) giveBack(piece *Piece, room int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, piece)
	p.room = max(p.room, room+room/16)
}

// chunkSize is about how many bytes are written at a time at least.
const chunkSize = 128 << 10

// write writes a part of the output, unless that failed before.
func (p *Printer) write(text []byte) {
	if p.err == nil && len(text) > 0 {
		_, p.err = p.whole.To.Write(text)
	}
}

// join takes over the lines that another one has written. Their text is to be put
// behind that of w.
func (w *lineWriter) join(piece *lineWriter) {
	if w.line == 1 && len(piece.buf) > 0 {
		piece.buf = piece.buf[1:] // no blank line above the first table
		w.line = 0
	}
	w.lines = slices.Grow(w.lines, len(piece.lines))
	for _, l := range piece.lines {
		l.First += w.line
		l.Last += w.line
		w.lines = append(w.lines, l)
	}
	w.line += piece.line
	piece.lines, piece.line = piece.lines[:0], 0
}

// Output returns what was printed; the TOML is nil where it was written, and
// the error is that of writing.
func (p *Printer) Output() (Output, error) {
	if p.whole.To == nil {
		return Output{TOML: p.whole.buf, Lines: p.whole.lines}, nil
	}
	p.write(p.whole.buf)
	p.whole.buf = nil
	return Output{Lines: p.whole.lines}, p.err
}
