package parser

import (
	"os"
	"runtime"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

func big(b *testing.B) string {
	data, err := os.ReadFile("/tmp/100k.conf")
	if err != nil {
		b.Skip(err)
	}
	return string(data)
}

func BenchmarkZLex(b *testing.B) {
	f := source.NewFile("x", big(b))
	b.SetBytes(int64(len(f.Content)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		s := lexer.NewScanner(f, &diag.Sink{})
		for t := s.Line(); len(t) > 0; t = s.Line() {
			n += len(t)
		}
	}
}

func BenchmarkZParse(b *testing.B) {
	f := source.NewFile("x", big(b))
	b.SetBytes(int64(len(f.Content)))
	b.ReportAllocs()
	for b.Loop() {
		t := Parse(f, &diag.Sink{})
		runtime.KeepAlive(t)
	}
}

func BenchmarkZPos(b *testing.B) {
	text := big(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f := source.NewFile("x", text)
		n := 0
		for i := int32(0); i < f.Size(); i += 540 {
			n += f.LineNumber(i)
		}
	}
}
