package confgen_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/oracle/confgen"
)

func large(t *testing.T, programs int) string {
	t.Helper()
	var b strings.Builder
	if err := confgen.Large(&b, programs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLarge: the same each time, with as many programs as asked for, each in at
// most one group.
func TestLarge(t *testing.T) {
	const programs = 1000
	text := large(t, programs)
	if text != large(t, programs) {
		t.Error("two configurations differ")
	}
	if n := strings.Count(text, "\n[program:"); n != programs {
		t.Errorf("%d programs, expected %d", n, programs)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		list, isGroup := strings.CutPrefix(strings.TrimSpace(line), "programs=")
		if !isGroup {
			continue
		}
		for name := range strings.SplitSeq(list, ",") {
			if seen[name] || !strings.Contains(text, "\n[program:"+name+"]\n") {
				t.Errorf("member %q is in two groups, or no program", name)
			}
			seen[name] = true
		}
	}
	if len(seen) == 0 || len(seen) == programs {
		t.Errorf("%d members, expected some programs to be in groups", len(seen))
	}
}

// TestLargeIsVaried: it holds what people write, each of it at least once.
func TestLargeIsVaried(t *testing.T) {
	text := large(t, 1000)
	for _, part := range []string{
		"command=/opt", "\n    --verbose", "%(here)s", "%(ENV_" + confgen.LargeVariable + ")s", `"Service of the day"`,
		"autostart=false", "autorestart=false", "numprocs=", "process_name=", ",\n    LEVEL", " ; long enough", "[group:",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("it lacks %q", part)
		}
	}
}

// TestPlain: it holds the same programs and groups, and nothing odd.
func TestPlain(t *testing.T) {
	var b strings.Builder
	if err := confgen.Plain(&b, 1000); err != nil {
		t.Fatal(err)
	}
	for _, header := range []string{"\n[program:", "\n[group:", "\nnumprocs=", "\n; ", " ; long enough"} {
		if got, want := strings.Count(b.String(), header), strings.Count(large(t, 1000), header); got != want {
			t.Errorf("%q stands there %d times, expected %d as in the large one", header, got, want)
		}
	}
	for _, part := range []string{"\n ", "%(here)s", "%(ENV_", "--title", "'"} {
		if strings.Contains(b.String(), part) {
			t.Errorf("it holds %q", part)
		}
	}
}

func TestLargeReportsWriteErrors(t *testing.T) {
	r, w := io.Pipe()
	r.Close() // nobody reads any more
	if err := confgen.Large(w, 1000); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v, expected that of the writer", err)
	}
}
