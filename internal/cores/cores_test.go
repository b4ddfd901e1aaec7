package cores

import (
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
)

// TestInOrder: each number is worked on once, by a worker of its own at a time,
// and done in order, however long the work takes.
func TestInOrder(t *testing.T) {
	for _, procs := range []int{1, 4} {
		before := runtime.GOMAXPROCS(procs)
		for _, n := range []int{0, 1, 3, 500} {
			worked := make([]atomic.Int32, n)
			busy := make([]atomic.Bool, procs)
			var order []int
			InOrder(n, func(worker, i int) {
				if busy[worker].Swap(true) {
					t.Errorf("worker %d has two numbers at a time", worker)
				}
				if i%3 == 0 {
					runtime.Gosched() // so that others overtake it
				}
				worked[i].Add(1)
				busy[worker].Store(false)
			}, func(i int) {
				if worked[i].Load() != 1 {
					t.Errorf("%d is done and was worked on %d times", i, worked[i].Load())
				}
				order = append(order, i)
			})
			if len(order) != n || !slices.IsSorted(order) {
				t.Errorf("%d cores: %d numbers are done as %v", procs, n, order)
			}
		}
		runtime.GOMAXPROCS(before)
	}
}

// TestPanicInDone: what done panics with is what comes out, and not what the
// lock says of it.
func TestPanicInDone(t *testing.T) {
	q := queue{finished: make([]bool, 1), reach: 1, done: func(int) { panic("in done") }}
	q.moved.L = &q.mu
	defer func() {
		if got := recover(); got != "in done" {
			t.Errorf("panic with %v, want that of done", got)
		}
	}()
	q.finish(0)
	t.Error("the panic is lost")
}
