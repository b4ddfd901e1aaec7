package validate_test

import (
	"slices"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate"
)

// FuzzValidate demands that a run ends, keeps its spans inside of the file, and
// gives the same result twice.
func FuzzValidate(f *testing.F) {
	for _, archive := range readCases(f) {
		f.Add(string(file(archive, inputName).Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		opts := validate.Options{LookupEnv: func(name string) (string, bool) { return name, len(name)%2 == 0 }}
		list, result := run(text, opts)
		for _, d := range list {
			spans := []source.Span{d.Span}
			for _, r := range d.Related {
				spans = append(spans, r.Span)
			}
			for _, s := range spans {
				if s.File == nil || s.Start < 0 || s.Start > s.End || s.End > s.File.Size() {
					t.Errorf("%s has the span %d to %d in a file of %d bytes", d.Code, s.Start, s.End, len(text))
				}
			}
		}
		if !slices.IsSortedFunc(list, func(a, b *diag.Diagnostic) int { return a.Span.Compare(b.Span) }) {
			t.Errorf("not in file order:\n%s", format(list))
		}
		again, result2 := run(text, opts)
		if format(list) != format(again) || result.Tasks != result2.Tasks || result.Services != result2.Services {
			t.Error("two runs differ")
		}
	})
}
