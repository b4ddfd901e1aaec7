package html_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/emit/html"
)

// largeText returns a configuration of many programs, of ten lines each.
func largeText(programs int) string {
	var b strings.Builder
	b.WriteString("[supervisord]\n")
	for i := range programs {
		fmt.Fprintf(&b, "\n; number %d\n[program:p%d]\ncommand=/bin/p --n %d\nuser=www-data\nstopsignal=INT\nenvironment=A=\"%d\",\n  API_TOKEN=\"t%d\"\nstdout_logfile=/tmp/%d.log\n", i, i, i, i, i, i)
	}
	return b.String()
}

func BenchmarkPage(b *testing.B) {
	in := importText("large.conf", largeText(500))
	b.ReportAllocs()
	for b.Loop() {
		if err := html.Page(io.Discard, in); err != nil {
			b.Fatal(err)
		}
	}
}
