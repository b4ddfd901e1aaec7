package runwisp_test

import (
	"context"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/passes"
)

// readsAs answers as a supervisord would that finds another text in the file.
type readsAs string

func (text readsAs) Ask(_ context.Context, _ []string, opts oracle.Options) ([]oracle.Answer, error) {
	im := runwisp.Import([]passes.Input{verified(string(text))}, passes.Options{Files: memfs.FS{}, Environ: opts.Environ})
	return []oracle.Answer{oracle.Ours(im.Config, im.Diagnostics)}, nil
}

func verified(text string) passes.Input {
	return passes.Input{File: source.NewFile("x.conf", text), Path: "x.conf", Dir: caseDir}
}

// TestVerifyCounts: the processes that agree are those of supervisord's of which
// nothing differs, neither of their group nor of the whole.
func TestVerifyCounts(t *testing.T) {
	const (
		head  = "[supervisord]\n"
		one   = "[program:one]\ncommand=/bin/one\n"
		two   = "[program:two]\ncommand=/bin/two\n"
		group = "[group:g]\nprograms=one,two\n"
	)
	for _, tt := range []struct{ name, ours, theirs, want string }{
		{"the same", head + one + two, head + one + two, "2 of 2"},
		{"another command", head + one + two, head + one + "[program:two]\ncommand=/bin/2\n", "1 of 2"},
		{"two options of one", head + one + two, head + one + "[program:two]\ncommand=/bin/2\nuser=u\n", "1 of 2"},
		{"one too many", head + one + two, head + one, "1 of 1"},
		{"one is missing", head + one, head + one + two, "1 of 2"},
		{"another group", head + one + two + group, head + one + two + group + "priority=5\n", "0 of 2"},
		{"only they accept it", head + one + "umask=x\n" + two, head + one + two, "0 of 2"},
		{"only we accept it", head + one, one, "0 of 0"},
	} {
		v, err := runwisp.Verify(t.Context(), readsAs(tt.theirs), verified(tt.ours), passes.Options{Files: memfs.FS{}}, map[string]string{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := v.Message("9.9"), "verified against supervisor 9.9: "+tt.want+" processes agree"; got != want {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}
