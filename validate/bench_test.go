package validate_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/validate"
)

// services returns a file with n services, each of which waits for the one
// before.
func services(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[services.s%d]\nrun = \"/usr/bin/app --port %d\"\ninstances = 2\ngraceful_stop = \"5s\"\n", i, i)
		fmt.Fprintf(&b, "depends_on = [\"s%d\"]\n[services.s%d.env]\nPORT = \"%d\"\n\n", max(i-1, 0), i, i)
	}
	return strings.Replace(b.String(), `depends_on = ["s0"]`, "depends_on = []", 1)
}

func BenchmarkValidate(b *testing.B) {
	for _, size := range []struct {
		name     string
		services int
	}{{"small", 10}, {"large", 100_000}} {
		b.Run(size.name, func(b *testing.B) {
			text := services(size.services)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if list, _ := run(text, validate.Options{}); len(list) > 0 {
					b.Fatal(format(list[:1]))
				}
			}
		})
	}
}

// TestHeavy runs inputs of which each once is the bad case of some algorithm:
// none may run out of stack, nor point outside the file.
func TestHeavy(t *testing.T) {
	const n = 20_000
	for name, text := range map[string]string{
		"services":       services(n),
		"bad services":   strings.ReplaceAll(services(n), "instances = 2", "instances = 99"),
		"unknown keys":   "[daemon]\n" + numbered("k%d = 1\n", n),
		"unknown tables": numbered("[t%d]\n", n),
		"deep header":    "[" + strings.Repeat("a.", n) + "a]\n",
		"deep params":    "[[tasks.a.params]]\n[tasks.a.params." + strings.Repeat("a.", n) + "a]\nx = \"${X}\"\n",
		"deep array":     "a = " + strings.Repeat("[", n),
		"deep inline":    "a = " + strings.Repeat("{a=", n),
		"open braces":    "[services.a]\nrun = \"x\"\ngroup = \"" + strings.Repeat("${", n) + "\"\n",
		"notifiers":      numbered("[[notifier]]\nid = \"x\" # %d\n", n),
		"syntax errors":  numbered("= %d\n", n),
		"back edges":     numbered("[services.s%[1]d]\nrun = \"x\"\ndepends_on = [\"s0\", \"s%[2]d\"]\n", n),
		"nested cycles":  nestedCycles(n),
		"big defaults":   "[defaults.env]\n" + numbered("V%d = \"\"\n", 256) + numbered("[services.s%d]\nrun = \"x\"\nenv.A = \"\"\n", n/10),
	} {
		t.Run(name, func(t *testing.T) {
			list, _ := run(text, validate.Options{})
			for _, d := range list {
				if d.Span.Start < 0 || d.Span.End < d.Span.Start || int(d.Span.End) > len(text) {
					t.Fatalf("%s: span %d to %d in %d bytes", d.Code, d.Span.Start, d.Span.End, len(text))
				}
			}
		})
	}
}

// numbered repeats a format with the numbers from 0, each with its successor.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		line := strings.NewReplacer("%[1]d", fmt.Sprint(i), "%d", fmt.Sprint(i), "%[2]d", fmt.Sprint(i+1)).Replace(format)
		b.WriteString(line)
	}
	return b.String()
}

// nestedCycles returns a chain of which the last half points back, so that
// each cycle holds the ones before.
func nestedCycles(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[services.s%d]\nrun = \"x\"\ndepends_on = [\"s%d\", \"s%d\"]\n", i, n-1-min(i, n-1), min(i+1, n-1))
	}
	return b.String()
}

// TestMemory keeps what a run allocates in proportion to its input.
func TestMemory(t *testing.T) {
	const most = 10 // bytes for each byte of input
	text := services(100_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	list, _ := run(text, validate.Options{})
	runtime.ReadMemStats(&after)
	if len(list) > 0 {
		t.Fatal(format(list[:1]))
	}
	used := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
	if used > most {
		t.Errorf("allocated %.1f bytes for each byte of input, expected at most %d", used, most)
	}
	t.Logf("allocated %.1f bytes for each byte of input", used)
}
