package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
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

// setWidth makes a terminal so many columns wide.
func setWidth(t *testing.T, terminal *os.File, columns uint16) {
	t.Helper()
	size := struct{ rows, columns, x, y uint16 }{24, columns, 0, 0}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, terminal.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
		t.Fatal(errno)
	}
}

// TestWidthOfTheTerminal: a report takes all of it, up to where lines are hard to read.
func TestWidthOfTheTerminal(t *testing.T) {
	dir := writeFiles(t, files{"x.conf": "[program:x]\ncommand=/bin/x " + strings.Repeat("%(ENV_A)s ", 40) + "\n"})
	for columns, want := range map[uint16]int{60: 60, 90: 90, 200: widest} {
		ours, theirs := openTerminal(t)
		setWidth(t, theirs, columns)
		p := newProcess(t, dir, "import", "supervisord", "x.conf", "-o", "/dev/null", "--color", "never")
		p.Stderr = theirs
		p.start(t)
		theirs.Close()
		said, _ := io.ReadAll(ours) // ends with an error when nobody writes any more
		p.check(t, "exit 0")
		_, line, _ := strings.Cut(string(said), "\n 2 | ") // of the source, cut to fit
		line, _, _ = strings.Cut(" 2 | "+line, "\r\n")
		if n := utf8.RuneCountInString(line); n != want-1 { // of two ellipses that fit only one is there
			t.Errorf("on %d columns a line takes %d, want %d: %s", columns, n, want-1, line)
		}
	}
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
