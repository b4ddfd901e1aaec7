package diag

import (
	"maps"
	"slices"
	"testing"

	"github.com/runwisp/runwisp/ir/source"
)

var file = source.NewFile("x.conf", "[program:web]\ncommand=/bin/web\n")

// at returns a finding about one byte.
func at(code Code, offset int32) Diagnostic {
	return Diagnostic{Code: code, Span: file.Span(offset, offset+1)}
}

// offsets returns where diagnostics are.
func offsets(list []*Diagnostic) []int32 {
	var out []int32
	for _, d := range list {
		out = append(out, d.Span.Start)
	}
	return out
}

// TestAddTakesItFromTheRule: what is not the finding's own.
func TestAddTakesItFromTheRule(t *testing.T) {
	for _, code := range []Code{InvalidValue, DaemonUser, UnknownOption, UnresolvedExpansion} {
		var sink Sink
		d := sink.Add(Diagnostic{Code: code, Severity: Error})
		rule := code.Rule()
		if d.Severity != rule.Severity || d.NeedsTODO() != rule.TODO || d.Verbose() != rule.Verbose {
			t.Errorf("%s is %s, TODO %v, verbose %v", code, d.Severity, d.NeedsTODO(), d.Verbose())
		}
	}
}

// TestAddReturnsWhatItKeeps: a caller can say more about each of them.
func TestAddReturnsWhatItKeeps(t *testing.T) {
	var sink Sink
	for i := range int32(3 * sinkRoom) {
		sink.Add(at(InvalidValue, i)).Target.Unit = i + 1
	}
	for i, d := range sink.All() {
		if d.Span.Start != int32(i) || d.Target.Unit != int32(i+1) {
			t.Errorf("diagnostic %d is at %d, about unit %d", i, d.Span.Start, d.Target.Unit)
		}
	}
	if n := len(sink.All()); n != 3*sinkRoom {
		t.Errorf("%d diagnostics are kept", n)
	}
}

func TestDiscard(t *testing.T) {
	sink := Sink{Discard: true}
	if d := sink.Add(at(InvalidValue, 1)); d.Severity != Error {
		t.Errorf("severity is %s", d.Severity)
	}
	if len(sink.All()) > 0 {
		t.Errorf("diagnostics at %v are kept", offsets(sink.All()))
	}
}

// TestFold: only the first notes of each code are kept, but all of what needs a
// human. Of the others it is known how many there are, and what they concern.
func TestFold(t *testing.T) {
	sink := Sink{Fold: 2}
	for _, offset := range []int32{5, 6, 6, 7} {
		d := at(LogsCaptured, offset)
		d.Target.Unit = offset
		sink.Add(d)
	}
	sink.Add(at(DaemonUser, 1))
	for offset := range int32(3) {
		sink.Add(at(UnknownOption, offset)) // verbose, so it concerns no program
		sink.Add(at(UnresolvedExpansion, 20+offset))
		sink.Add(at(InvalidValue, 10+offset))
	}
	if got, want := offsets(sink.All()), []int32{5, 6, 1, 0, 20, 10, 1, 21, 11, 22, 12}; !slices.Equal(got, want) {
		t.Errorf("diagnostics at %v are kept, want %v", got, want)
	}
	want := map[Code]FoldedCount{LogsCaptured: {All: 2, Elsewhere: 1}, UnknownOption: {All: 1, Elsewhere: 1}}
	if got := sink.FoldedCounts(); !maps.Equal(got, want) {
		t.Errorf("the counts are %v, want %v", got, want)
	}
	folded := []Folded{{file.Span(6, 7), Target{Unit: 6}}, {file.Span(7, 8), Target{Unit: 7}}}
	if got := sink.TakeFolded(); !slices.Equal(got, folded) {
		t.Errorf("what was folded is %v, want %v", got, folded)
	}
	if got := sink.TakeFolded(); len(got) > 0 {
		t.Errorf("%v is taken twice", got)
	}
}

// TestOnlyCounts: it counts what Add would fold, and only that.
func TestOnlyCounts(t *testing.T) {
	added, counted := Sink{Fold: 2}, Sink{Fold: 2}
	for _, code := range []Code{LogsCaptured, UnknownOption, DaemonUser, InvalidValue} {
		for _, offset := range []int32{5, 6, 6, 7} {
			d := at(code, offset)
			d.Target.Unit = offset
			added.Add(d)
			if !counted.OnlyCounts(code, d.Span, d.Target) {
				counted.Add(d)
			}
		}
	}
	if got, want := offsets(counted.All()), offsets(added.All()); !slices.Equal(got, want) {
		t.Errorf("diagnostics at %v are kept, want %v", got, want)
	}
	if got, want := counted.FoldedCounts(), added.FoldedCounts(); !maps.Equal(got, want) {
		t.Errorf("the counts are %v, want %v", got, want)
	}
	if got, want := counted.TakeFolded(), added.TakeFolded(); !slices.Equal(got, want) {
		t.Errorf("what was folded is %v, want %v", got, want)
	}
	discarding := Sink{Discard: true}
	if !discarding.OnlyCounts(InvalidValue, file.Span(0, 1), Target{}) {
		t.Error("a sink that discards everything wants to have it")
	}
}

// TestJoin: a sink with what others have collected is as if it had collected all
// of it, but for what is dropped.
func TestJoin(t *testing.T) {
	whole := Sink{Fold: 2}
	var parts [2]Sink
	for i := range parts {
		parts[i].Fold = 2
		for offset := range int32(4) {
			parts[i].Add(at(LogsCaptured, offset))
			parts[i].Add(at(InvalidValue, offset))
		}
		parts[i].Add(at(DaemonUser, 9))
		whole.Join(&parts[i], func(d *Diagnostic) bool { return i > 0 && d.Code == DaemonUser })
	}
	if got, want := offsets(whole.All()), []int32{0, 0, 1, 1, 2, 3, 9, 0, 1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("diagnostics at %v are kept, want %v", got, want)
	}
	want := map[Code]FoldedCount{LogsCaptured: {All: 6, Elsewhere: 4}}
	if got := whole.FoldedCounts(); !maps.Equal(got, want) {
		t.Errorf("the counts are %v, want %v", got, want)
	}
	if n := len(whole.TakeFolded()); n != 6 {
		t.Errorf("%d notes are folded", n)
	}
}

// TestSort: by file, by place, then the worst first.
func TestSort(t *testing.T) {
	later := source.NewFile("y.conf", "x")
	later.Index = 1
	var sink Sink
	sink.Add(Diagnostic{Code: InvalidValue, Span: later.Span(0, 1)})
	sink.Add(at(LogsCaptured, 3))
	sink.Add(at(InvalidValue, 3))
	sink.Add(at(LogsCaptured, 1))
	sink.Add(at(GroupTag, 3))
	sink.Add(Diagnostic{Code: NoPrograms})
	sink.Sort()
	var got []Code
	for _, d := range sink.All() {
		got = append(got, d.Code)
	}
	want := []Code{NoPrograms, LogsCaptured, InvalidValue, GroupTag, LogsCaptured, InvalidValue}
	if !slices.Equal(got, want) {
		t.Errorf("the order is %v, want %v", got, want)
	}
}

func TestSubject(t *testing.T) {
	for subject, want := range map[Subject]string{
		{}:                                    "",
		{Section: "program:web"}:              "program:web",
		{Section: "program:web", Key: "user"}: "program:web.user",
	} {
		if got := subject.String(); got != want {
			t.Errorf("%#v is printed as %q, want %q", subject, got, want)
		}
	}
}

// TestFork: what comes of a fork is the same whether it was made before the sink
// that it is joined to had enough, or after. The later one keeps none.
func TestFork(t *testing.T) {
	for _, started := range []struct {
		name  string
		early bool
		keeps int
	}{{"before", true, 3}, {"after", false, 1}} {
		whole := NewSink(2)
		fork := whole.Fork()
		add := func(to *Sink) {
			for _, offset := range []int32{5, 6, 5, 7} {
				d := at(LogsCaptured, offset)
				d.Target.Unit = offset
				to.Add(d)
			}
		}
		if started.early {
			add(fork)
		}
		add(whole)
		whole.TakeFolded()
		if !started.early {
			add(fork)
		}
		fork.Add(at(DaemonUser, 1))
		if n := len(fork.All()); n != started.keeps {
			t.Errorf("%s: the fork keeps %d diagnostics, want %d", started.name, n, started.keeps)
		}
		whole.Join(fork, nil)
		if got, want := offsets(whole.All()), []int32{5, 6, 1}; !slices.Equal(got, want) {
			t.Errorf("%s: diagnostics at %v are kept, want %v", started.name, got, want)
		}
		// Of the fork's own four the third stands where the first does.
		want := map[Code]FoldedCount{LogsCaptured: {All: 6, Elsewhere: 2}}
		if got := whole.FoldedCounts(); !maps.Equal(got, want) {
			t.Errorf("%s: the counts are %v, want %v", started.name, got, want)
		}
		concerned := map[int32]bool{}
		for _, f := range whole.TakeFolded() {
			concerned[f.Target.Unit] = true
		}
		if len(concerned) != 3 {
			t.Errorf("%s: what was folded concerns the units %v", started.name, concerned)
		}
	}
}
