// Package cores spreads work over the cores of the machine, with the same
// outcome as on one.
package cores

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// InOrder calls work for 0 to n-1, on all cores, and done for each of them in
// order, one at a time. Workers are numbered from 0 to GOMAXPROCS-1, and each does
// one call of work at a time: what belongs to one of them needs no lock.
func InOrder(n int, work func(worker, i int), done func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			work(0, i)
			done(i)
		}
		return
	}
	var next atomic.Int64
	var running sync.WaitGroup
	q := queue{finished: make([]bool, n), done: done, reach: maxAhead * workers}
	q.moved.L = &q.mu
	for worker := range workers {
		running.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				q.await(int(i))
				work(worker, int(i))
				q.finish(int(i))
			}
		})
	}
	running.Wait()
}

// maxAhead is how far a core may get ahead of one that the system keeps waiting:
// what it makes is held until the other is done.
const maxAhead = 8

// A queue calls done in order, whatever the order of finish.
type queue struct {
	mu       sync.Mutex
	moved    sync.Cond // the head has
	finished []bool
	head     int  // the next to be done
	busy     bool // somebody calls done, without mu: others go on with their work
	reach    int  // how far from the head work may begin
	done     func(i int)
}

// await waits until i is within reach.
func (q *queue) await(i int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i-q.head >= q.reach {
		q.moved.Wait()
	}
}

func (q *queue) finish(i int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.finished[i] = true
	if q.busy {
		return
	}
	q.busy = true
	for q.head < len(q.finished) && q.finished[q.head] {
		q.callDone()
		q.head++
		q.moved.Broadcast()
	}
	q.busy = false
}

// callDone calls done for the head, without the lock, and holds it again at the
// end even where done panics: the panic is what the user is to see, not the
// unlock of a mutex that nobody holds.
func (q *queue) callDone() {
	q.mu.Unlock()
	defer q.mu.Lock()
	q.done(q.head)
}
