package passes

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes/percent"
)

// fuzzNames are what the names stand for in the tests of expansions.
var fuzzNames = map[string]percent.Value{
	"program_name":   {Str: "it's"},
	"group_name":     {Str: ""},
	"here":           {Str: "/dir é"},
	"host_node_name": {Str: "h"},
	"process_num":    {Num: 7},
	"numprocs":       {Num: -12},
	"ENV_A":          {Str: "%(here)s"},
	"ENV_B":          {Str: "\"b'\\\n"},
}

// expandAll expands a value where every name is known, or none.
func expandAll(value, here string, known bool) (expanded, []*diag.Diagnostic) {
	sink := &diag.Sink{}
	e := expander{
		sink: sink, subject: diag.Subject{Section: "program:x", Key: "command"}, names: processNames, closed: known,
		pieces: new([]percent.Piece),
		values: valueFunc(func(name string) (percent.Value, bool) {
			v, ok := fuzzNames[name]
			return v, ok && known
		}),
	}
	return e.expand(wholeText(value), here), sink.All()
}

// TestMaxFilled: a value is filled in no further once too much is, whether what
// stands in it is known or not.
func TestMaxFilled(t *testing.T) {
	for _, known := range []bool{false, true} {
		most := strings.Repeat("%(program_name)65536s", maxFilled/65536)
		if full, found := expandAll(most+"%(here)s", "", known); !full.ok || len(found) > 0 {
			t.Errorf("known %v: what fills in %d bytes is refused", known, maxFilled)
		}
		more := "%(here)1s" + most
		full, found := expandAll(more+"%(here)s, the rest", "", known)
		if full.ok || len(found) != 1 || !strings.HasSuffix(full.text.String(), "%(here)s, the rest") {
			t.Errorf("known %v: what fills in more than %d bytes is filled in further", known, maxFilled)
			continue
		}
		if span := found[0].Span; span.Start != int32(len(more)) || !strings.Contains(found[0].Message, "too long for any process") {
			t.Errorf("known %v: told at %d: %s", known, span.Start, found[0].Message)
		}
	}
}

// FuzzExpand: an expanded value knows where its bytes and its holes came from,
// and filling in the holes of one of which nothing is known gives the one of
// which everything is.
func FuzzExpand(f *testing.F) {
	seedValues(f, func(_, value string) {
		if strings.Contains(value, "%") {
			f.Add(value, "")
			f.Add(value, "/dir")
		}
	})
	f.Add("%(here)sprogram_name)s %%(here)s", "/%(")
	f.Fuzz(func(t *testing.T, value, here string) {
		if longNumber.MatchString(value + here) {
			t.Skip("a wide field takes long and shows no more than a narrow one")
		}
		open, _ := checkExpanded(t, value, here, false)
		full, found := checkExpanded(t, value, here, true)
		if !strings.Contains(value, "%") && (full.text.String() != value || !full.ok || len(found) > 0) {
			t.Errorf("%q, in which nothing is to be expanded, gives %q", value, full.text)
		}
		if here == "" {
			checkSimple(t, value, full)
			checkFilled(t, open, full, found)
			return
		}
		if replaced, _ := expandAll(strings.ReplaceAll(value, hereFormat, here), "", true); replaced.text.String() != full.text.String() || replaced.ok != full.ok {
			t.Errorf("%q gives %q, with the directory put in by hand %q", value, full.text, replaced.text)
		}
	})
}

var longNumber = regexp.MustCompile(`[0-9]{4}`)

// checkExpanded expands a value and holds the result to its own claims.
func checkExpanded(t *testing.T, value, here string, known bool) (expanded, []*diag.Diagnostic) {
	t.Helper()
	out, found := expandAll(value, here, known)
	checkBytes(t, out.text)
	end := 0
	for _, h := range out.holes {
		if h.Start < end || h.End <= h.Start || h.End > out.text.Len() {
			t.Fatalf("%q has a hole at [%d, %d), the one before ends at %d", out.text, h.Start, h.End, end)
		}
		end = h.End
		raw := out.text.String()[h.Start:h.End]
		if raw != "%("+h.Name+")"+h.Format || here == "" && raw != h.Span.Text() {
			t.Errorf("a hole of %q holds %q, the source %q", h.Name+h.Format, raw, h.Span.Text())
		}
		if known && !h.Refused {
			t.Errorf("%q is left in place, though all is known", raw)
		}
	}
	refused := slices.ContainsFunc(found, func(d *diag.Diagnostic) bool { return d.Severity == diag.Error })
	if refused == out.ok {
		t.Errorf("%q is accepted: %v, reported: %v", value, out.ok, refused)
	}
	return out, found
}

var simpleFormat = regexp.MustCompile(`%%|%\([a-zA-Z_]*\)s`)

// checkSimple compares with plain replacement where that is all there is to do.
func checkSimple(t *testing.T, value string, full expanded) {
	t.Helper()
	if strings.Contains(simpleFormat.ReplaceAllString(value, ""), "%") {
		return
	}
	ok := true
	want := simpleFormat.ReplaceAllStringFunc(value, func(s string) string {
		if s == "%%" {
			return "%"
		}
		v, found := fuzzNames[s[2:len(s)-2]]
		if !found {
			ok = false
			return s
		}
		if strings.Contains(s, "num") {
			v.IsNum = true
		}
		return v.String()
	})
	if full.text.String() != want || full.ok != ok {
		t.Errorf("%q gives %q, accepted %v, want %q, %v", value, full.text, full.ok, want, ok)
	}
}

// checkFilled fills in the holes of an open value one by one.
func checkFilled(t *testing.T, open, full expanded, found []*diag.Diagnostic) {
	t.Helper()
	if slices.ContainsFunc(found, func(d *diag.Diagnostic) bool { return d.Code == diag.UnnamedExpansion }) {
		return // the table of names is nothing that is left open
	}
	var b strings.Builder
	from := 0
	for _, h := range open.holes {
		filled, _ := expandAll(open.text.String()[h.Start:h.End], "", true)
		b.WriteString(open.text.String()[from:h.Start] + filled.text.String())
		from = h.End
	}
	b.WriteString(open.text.String()[from:])
	if b.String() != full.text.String() {
		t.Errorf("filled in one by one it is %q, at once %q", b.String(), full.text)
	}
}
