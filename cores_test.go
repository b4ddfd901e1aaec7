package runwisp_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir/diag"
)

// TestCores: a large input gives the same on one core as on several, and the
// same bytes where they are written as they are made.
func TestCores(t *testing.T) {
	c := newCorpus(largeFiles(3000))
	procs := runtime.GOMAXPROCS(1)
	one := c.run()
	runtime.GOMAXPROCS(max(procs, 4))
	defer runtime.GOMAXPROCS(procs)
	several := c.run()
	if !bytes.Equal(one.Output.TOML, several.Output.TOML) {
		t.Error("the output differs")
	}
	if diff := cmp.Diff(printDiags(one.Diagnostics), printDiags(several.Diagnostics)); diff != "" {
		t.Errorf("the diagnostics differ:\n%s", diff)
	}
	var b bytes.Buffer
	if _, err := runwisp.ImportTo(&b, c.input(), c.options()); err != nil || !bytes.Equal(b.Bytes(), one.Output.TOML) {
		t.Errorf("what is written as it is made differs (%v)", err)
	}
}

// TestFoldedNotes: an import that keeps few notes counts all of them, and knows
// which programs they concern.
func TestFoldedNotes(t *testing.T) {
	c := newCorpus(largeFiles(3000))
	whole, folded := c.run(), runwisp.Import(c.input(), c.lean())
	counts := map[diag.Code]int{}
	for _, d := range folded.Diagnostics {
		counts[d.Code]++
	}
	for code, n := range folded.Folded {
		if counts[code] != report.ShownNotes {
			t.Errorf("%s: %d notes are kept", code, counts[code])
		}
		counts[code] += n.All
	}
	for _, d := range whole.Diagnostics {
		counts[d.Code]--
	}
	for code, n := range counts {
		if n != 0 {
			t.Errorf("%s: %d too many are counted", code, n)
		}
	}
	if len(folded.Folded) == 0 {
		t.Error("nothing is folded")
	}
	if diff := cmp.Diff(outcomes(whole), outcomes(folded)); diff != "" {
		t.Errorf("what became of the programs differs (-whole +folded):\n%s", diff)
	}
}

// outcomes returns a line for each program.
func outcomes(im *runwisp.Imported) []string {
	var out []string
	for _, p := range report.Programs(report.Import{Config: im.Config, Document: im.Document, Diagnostics: im.Diagnostics, Folded: im.Folded, Output: im.Output}) {
		out = append(out, p.Status.Mark()+" "+p.Name+" "+p.Detail)
	}
	return out
}
