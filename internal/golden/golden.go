// Package golden is for tests that hold what is made against what somebody has
// read and kept. With -update they keep what is made.
package golden

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "keep what is made in place of what was expected")

// Update reports whether a test is to keep what is made. Where nobody reads what
// that changes, it ends the test.
func Update(tb testing.TB) bool {
	tb.Helper()
	if *update && os.Getenv("CI") != "" {
		tb.Fatal("-update is for people, who read what it changes")
	}
	return *update
}

// Check holds a page that is made against the one that is kept.
func Check(tb testing.TB, path, made string) {
	tb.Helper()
	if Update(tb) {
		if err := os.WriteFile(path, []byte(made), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(kept), "\n"), strings.Split(made, "\n")); diff != "" {
		tb.Errorf("%s is stale, run %s with -update (-kept +made):\n%s", path, tb.Name(), diff)
	}
}
