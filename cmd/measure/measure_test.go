package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReplaceFigures(t *testing.T) {
	page := "# Page\n\n" + figuresStart + "old\n" + figuresEnd + "\nMore.\n"
	want := "# Page\n\n" + figuresStart + "\nnew\n\n" + figuresEnd + "\nMore.\n"
	got, err := replaceFigures(page, "new\n\n")
	if err != nil || got != want {
		t.Errorf("error %v, page:\n%s", err, got)
	}
	if again, _ := replaceFigures(got, "new"); again != want {
		t.Errorf("the same figures again:\n%s", again)
	}
	for _, bad := range []string{"# Page\n", figuresStart, figuresEnd} {
		if _, err := replaceFigures(bad, "new"); err == nil {
			t.Errorf("%q is taken for a page with figures", bad)
		}
	}
}

func TestParseResults(t *testing.T) {
	got := parseResults(`goos: linux
BenchmarkLex/small-2         	     200	      4251 ns/op	 291.26 MB/s	         2.000 allocs/program	    1008 B/op
BenchmarkLinear/bad-lines  	1	2.5 ratio
PASS
`)
	want := []result{
		{"Lex/small", map[string]float64{"ns/op": 4251, "MB/s": 291.26, "allocs/program": 2, "B/op": 1008}},
		{"Linear/bad-lines", map[string]float64{"ratio": 2.5}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Error(diff)
	}
}

func TestProfileRows(t *testing.T) {
	got := profileRows(`Showing nodes accounting for 4.89s, 94.77% of 5.16s total
      flat  flat%   sum%        cum   cum%
         0     0%     0%      5.07s 98.26%  testing.(*B).run1.func1
     2.65s 51.36% 51.36%      4.52s 87.60%  github.com/runwisp/runwisp/passes.(*unit).lower (inline)
     0.87s 16.86% 68.22%      0.87s 16.86%  runtime.mallocgc
`)
	want := []profiled{{"passes.(*unit).lower (inline)", "51.36%", "87.60%"}, {"runtime.mallocgc", "16.86%", "16.86%"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(profiled{})); diff != "" {
		t.Error(diff)
	}
}

func TestFormats(t *testing.T) {
	for d, want := range map[time.Duration]string{
		8400 * time.Microsecond: "8.4 ms", 350 * time.Millisecond: "0.35 s", 44 * time.Second: "44 s",
	} {
		if got := seconds(d); got != want {
			t.Errorf("%v is written %s, expected %s", d, got, want)
		}
	}
	var m measurement
	m.header("", "time")
	m.row("a", nanoseconds(4251), mega(53.9e6))
	if want := "|  | time |\n|---|--:|\n| a | 4.3 µs | 54 |\n"; m.String() != want {
		t.Errorf("table:\n%s", m.String())
	}
}
