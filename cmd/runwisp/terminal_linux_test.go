package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// openTerminal opens both ends of a terminal.
func openTerminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("SKIPPED, there is no terminal: %v", err)
	}
	t.Cleanup(func() { ours.Close() })
	var number, locked int32
	for request, arg := range map[uintptr]*int32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &locked} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, ours.Fd(), request, uintptr(unsafe.Pointer(arg))); errno != 0 {
			t.Fatal(errno)
		}
	}
	theirs, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// colours are the escape sequences of our own.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestEscapesOnATerminal: there the report is in colours, and a difference is
// not shown as it is.
func TestEscapesOnATerminal(t *testing.T) {
	dir := writeFiles(t, files{"x.conf": hostileConf(), "old.toml": "# was\t" + escapes + "\n"})
	ours, theirs := openTerminal(t)
	p := newProcess(t, dir, "import", "supervisord", "x.conf", "-o", "old.toml", "--diff", "-v")
	p.Stdout, p.Stderr = theirs, theirs
	p.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=")
	p.start(t)
	theirs.Close()
	said, _ := io.ReadAll(ours) // ends with an error when nobody writes any more
	p.check(t, "exit 1")
	text := strings.ReplaceAll(string(said), "\r\n", "\n")
	if !strings.Contains(text, "\n-# was\t\\x1b]0;owned\\a") {
		t.Errorf("the difference is not shown: %.300q", text)
	}
	if !colours.MatchString(text) {
		t.Error("there are no colours")
	}
	checkHarmless(t, "the terminal", strings.ReplaceAll(colours.ReplaceAllString(text, ""), "\t", ""))
}
