package runwisp_test

import (
	"io"
	"runtime"
	"slices"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// A stage prepares a corpus and returns what is measured of it, and how many
// bytes that reads.
type stage func(*corpus) (work func(), bytes int64)

func BenchmarkLex(b *testing.B)      { measure(b, lexing) }
func BenchmarkParse(b *testing.B)    { measure(b, parsing) }
func BenchmarkPasses(b *testing.B)   { measure(b, passing) }
func BenchmarkEmit(b *testing.B)     { measure(b, emitting) }
func BenchmarkImport(b *testing.B)   { measure(b, importing) }
func BenchmarkValidate(b *testing.B) { measure(b, validating) }

// measure runs a stage on every corpus. Apart from the time it reports the
// allocations for each program.
func measure(b *testing.B, prepare stage) {
	for _, entry := range corpora {
		b.Run(entry.name, func(b *testing.B) {
			c := entry.load()
			work, bytes := prepare(c)
			b.SetBytes(bytes)
			b.ReportAllocs()
			runtime.GC() // not that of what prepared it
			before := mallocs()
			for b.Loop() {
				work()
			}
			b.ReportMetric(float64(mallocs()-before)/float64(b.N)/float64(c.programs), "allocs/program")
		})
	}
}

// mallocs counts all allocations so far.
func mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

// TestImportAllocates: an import makes at most twelve allocations a program.
func TestImportAllocates(t *testing.T) {
	c := newCorpus(largeFiles(5000))
	work, _ := importing(c)
	if got := testing.AllocsPerRun(3, work) / float64(c.programs); got > 12 {
		t.Errorf("%.1f allocations a program", got)
	}
}

// lexing reads the tokens of all files.
func lexing(c *corpus) (func(), int64) {
	return func() {
		for _, content := range c.sources {
			s := lexer.NewPartScanner(source.NewFile("", content), 0, len(content))
			for line := s.Line(); len(line) > 0; line = s.Line() {
			}
		}
	}, c.size
}

// parsing reads the trees of all files, lexing included.
func parsing(c *corpus) (func(), int64) {
	return func() {
		for _, content := range c.sources {
			parser.Parse(source.NewFile("", content), new(diag.Sink))
		}
	}, c.size
}

// passing makes the document, parsing included, and forgets it piece by piece.
func passing(c *corpus) (func(), int64) {
	return func() { passes.Run(c.input(), c.lean()) }, c.size
}

// emitting prints the document to where nothing is kept, and nothing more.
func emitting(c *corpus) (func(), int64) {
	doc := c.run().Document
	return func() {
		p := emit.NewPrinter(emit.Options{OnlyTODOs: true, To: io.Discard})
		p.Begin(doc, 0)
		for tables := range slices.Chunk(doc.Tables, 512) {
			piece := p.Piece()
			piece.Print(tables)
			piece.Flush()
		}
		if _, err := p.Output(); err != nil {
			panic(err) // nothing is written anywhere
		}
	}, c.size
}

// importing does it all, as the command does: lexing, parsing, passes and
// emitting to where nothing is kept.
func importing(c *corpus) (func(), int64) {
	return func() {
		if _, err := runwisp.ImportTo(io.Discard, c.input(), c.lean()); err != nil {
			panic(err) // nothing is written anywhere
		}
	}, c.size
}

// validating checks what the import of a corpus printed.
func validating(c *corpus) (func(), int64) {
	return func() {
		runwisp.Validate(source.NewFile("runwisp.toml", c.toml), validate.Options{})
	}, int64(len(c.toml))
}
