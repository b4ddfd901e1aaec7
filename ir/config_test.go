package ir_test

import (
	"testing"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

func TestPartAt(t *testing.T) {
	first, second := source.NewFile("a", "0123456789"), source.NewFile("b", "0123456789")
	second.Index = 1
	c := &ir.Config{Parts: []ir.Part{
		{Span: first.Span(2, 5)}, {Span: first.Span(5, 8)},
		{Span: second.Span(0, 4)}, {Span: second.Span(6, 10)},
	}}
	for _, tt := range []struct {
		span source.Span
		want int // -1 for none
	}{
		{source.Span{}, -1},
		{first.Span(0, 1), -1},
		{first.Span(1, 3), -1},
		{first.Span(2, 2), 0},
		{first.Span(2, 5), 0},
		{first.Span(4, 6), -1},
		{first.Span(5, 6), 1},
		{first.Span(7, 8), 1},
		{first.Span(9, 10), -1},
		{second.Span(0, 4), 2},
		{second.Span(4, 5), -1},
		{second.Span(9, 10), 3},
	} {
		got := c.PartAt(tt.span)
		switch {
		case tt.want < 0 && got != nil:
			t.Errorf("at %v there is the part %v, want none", tt.span, got.Span)
		case tt.want >= 0 && got != &c.Parts[tt.want]:
			t.Errorf("at %v there is %v, want %v", tt.span, got, c.Parts[tt.want].Span)
		}
	}
}

func TestConcerned(t *testing.T) {
	a, b := &ir.Section{}, &ir.Section{}
	c := &ir.Config{Programs: []*ir.Program{{Section: a}, {Section: a}, {Section: b}}}
	for _, tt := range []struct {
		target     diag.Target
		first, end int
	}{
		{diag.Target{}, 0, 0},
		{diag.Target{Unit: diag.DefaultsUnit}, 0, 0},
		{diag.Target{Unit: 1}, 0, 1},
		{diag.Target{Unit: 1, Shared: true}, 0, 2},
		{diag.Target{Unit: 2, Shared: true}, 1, 2},
		{diag.Target{Unit: 3, Shared: true}, 2, 3},
	} {
		got, want := c.Concerned(tt.target), c.Programs[tt.first:tt.end]
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%+v concerns %d programs, want %d from number %d", tt.target, len(got), len(want), tt.first+1)
		}
	}
}
