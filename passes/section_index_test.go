package passes

import (
	"fmt"
	"testing"

	"github.com/runwisp/runwisp/ir"
)

// TestSectionIndex: each of many sections is found by its name, whatever slots they
// fight for, and no other name finds one.
func TestSectionIndex(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		x := newSectionIndex(n)
		for i := range n {
			sec := &ir.Section{Name: fmt.Sprintf("program:p%d", i)}
			if got := x.find(sec.Name); got != nil {
				t.Fatalf("%s is there before it is added: %v", sec.Name, got)
			}
			slot, hash := x.slot(sec.Name)
			x.add(slot, hash, sec)
		}
		for i := range n {
			if name := fmt.Sprintf("program:p%d", i); x.find(name) != x.sections[i] {
				t.Errorf("of %d sections, %s finds %v", n, name, x.find(name))
			}
			if got := x.find(fmt.Sprintf("program:q%d", i)); got != nil {
				t.Errorf("of %d sections, a name that is not there finds %v", n, got)
			}
		}
	}
}
