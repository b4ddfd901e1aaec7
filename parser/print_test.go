package parser_test

import (
	"errors"
	"io"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/parser"
)

var errFull = errors.New("no space left")

// A smallDisk takes some bytes and then no more.
type smallDisk struct{ left int }

func (d *smallDisk) Write(data []byte) (int, error) {
	if len(data) > d.left {
		return 0, errFull
	}
	d.left -= len(data)
	return len(data), nil
}

// TestPrintTellsOfErrors: wherever the disk is full, in a line before the first
// header, in a header or in an option, printing says so.
func TestPrintTellsOfErrors(t *testing.T) {
	const text = "; a\n[b]\nc=d\n e\n"
	tree := parser.Parse(source.NewFile("x.conf", text), &diag.Sink{})
	for size := range len(text) {
		if err := parser.Fprint(&smallDisk{left: size}, tree); !errors.Is(err, errFull) {
			t.Errorf("a disk of %d bytes: error %v", size, err)
		}
	}
	if err := parser.Fprint(io.Discard, tree); err != nil {
		t.Error(err)
	}
}
