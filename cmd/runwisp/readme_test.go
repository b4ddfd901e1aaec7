package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// longFlag matches the name of a flag where it stands.
var longFlag = regexp.MustCompile("`--([a-z-]+)")

// TestReadmeNamesEveryFlag: the table of the README has a row for each flag of
// an import, and for no other.
func TestReadmeNamesEveryFlag(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n| flag | |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var got, want []string
	for row := range strings.Lines(table) {
		flags, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " | ")
		for _, match := range longFlag.FindAllStringSubmatch(flags, -1) {
			got = append(got, match[1])
		}
	}
	newImportSupervisord(streams{}).Flags().VisitAll(func(f *pflag.Flag) { want = append(want, f.Name) })
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the README has other flags (-command +README):\n%s", diff)
	}
}
