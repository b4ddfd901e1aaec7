package parser

import (
	"strings"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

func TestInvalidBytesAreReportedOnce(t *testing.T) {
	var sink diag.Sink
	Parse(source.NewFile("x.conf", "[a]\xff\xfe\n"+strings.Repeat("b=\xff\n", 100)), &sink)
	all := sink.All()
	if len(all) != maxInvalid {
		t.Fatalf("%d diagnostics, want %d", len(all), maxInvalid)
	}
	if span := all[0].Span; span.Start != 3 || span.End != 5 {
		t.Errorf("the first run of bytes is at %d to %d", span.Start, span.End)
	}
}
