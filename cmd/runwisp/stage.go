package main

import (
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/google/renameio/v2"
)

// A stage holds the files that were written beside the places they are meant
// for. None of them stays behind, also where a signal ends the process: a stage
// must be cleared in the end. The zero stage is empty.
type stage struct {
	// mu is held while a file appears or disappears, so that a signal finds
	// each of them either known or gone.
	mu      sync.Mutex
	files   []*renameio.PendingFile
	signals chan os.Signal // nil while there was no file
}

// endings are the signals that end a process unless it listens.
var endings = []os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM}

// listen listens for signals once there is something to remove.
func (s *stage) listen() {
	if s.signals != nil {
		return
	}
	s.signals = make(chan os.Signal, 1)
	for _, sig := range endings {
		if !signal.Ignored(sig) { // as under nohup
			signal.Notify(s.signals, sig)
		}
	}
	go s.watch()
}

// watch waits for a signal, removes the files, and lets the signal end the
// process as it would have, so that whoever started it can tell.
func (s *stage) watch() {
	sig, ok := <-s.signals
	if !ok {
		return
	}
	s.mu.Lock() // and never unlock: no file comes or goes any more
	s.remove()
	signal.Reset(sig)
	_ = syscall.Kill(os.Getpid(), sig.(syscall.Signal))
}

// create makes an empty file beside path.
func (s *stage) create(path string, mode os.FileMode) (*renameio.PendingFile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listen()
	pending, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithPermissions(mode))
	if err == nil {
		s.files = append(s.files, pending)
	}
	return pending, err
}

// move runs what moves a file to its place. A signal waits for it.
func (s *stage) move(commit func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return commit()
}

// clear removes the files that were not moved, and listens no more.
func (s *stage) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove()
	if s.signals != nil {
		signal.Stop(s.signals)
		close(s.signals)
	}
}

func (s *stage) remove() {
	for _, f := range s.files {
		_ = f.Cleanup()
	}
}
