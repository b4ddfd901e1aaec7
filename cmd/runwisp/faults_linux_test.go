package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk: the disk is full when a part of the output is written.
func TestFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("SKIPPED, a small disk cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	source := writeFiles(t, files{"big.conf": manyPrograms(1000)})
	if err := os.WriteFile(filepath.Join(dir, "out.toml"), []byte(oldTOML), 0o644); err != nil {
		t.Fatal(err)
	}
	before := takeSnapshot(t, dir)
	for _, out := range []string{"out.toml", "new.toml"} {
		refused(t, dir, "cannot write "+out+": no space left on device", "import", "supervisord", filepath.Join(source, "big.conf"), "-o", out, "--force")
		before.check(t, dir)
	}
}

// TestUnreadableFile: it can be opened, and not be read.
func TestUnreadableFile(t *testing.T) {
	dir := writeFiles(t, files{"out.toml": oldTOML, "x.conf": "[include]\nfiles=/proc/self/mem\n"})
	before := takeSnapshot(t, dir)
	for _, command := range []string{"import supervisord -o out.toml --force", "validate"} {
		refused(t, dir, "cannot read /proc/self/mem: input/output error", append(strings.Fields(command), "/proc/self/mem")...)
		before.check(t, dir)
	}
	_, stderr := runCommand(t, dir, "exit 0", "import", "supervisord", "x.conf", "--format", "short")
	if !strings.Contains(stderr, "x.conf:2:7: warning: included file ") || !strings.Contains(stderr, ": input/output error [include-unreadable]\n") {
		t.Errorf("it says %q", stderr)
	}
}

// TestReadErrorInTheMiddle: the first half of the input arrives, and then the
// connection breaks.
func TestReadErrorInTheMiddle(t *testing.T) {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "ours"), os.NewFile(uintptr(pair[1]), "theirs")
	defer theirs.Close()
	// Closing a socket on which something lies unread breaks the connection.
	_, err1 := theirs.Write([]byte("unread"))
	_, err2 := ours.Write([]byte(oneConf))
	if err := errors.Join(err1, err2, ours.Close()); err != nil {
		t.Fatal(err)
	}
	dir := writeFiles(t, files{"out.toml": oldTOML})
	before := takeSnapshot(t, dir)
	p := newProcess(t, dir, "import", "supervisord", "-o", "out.toml", "--force")
	p.Stdin = theirs
	p.start(t)
	p.check(t, "exit 2")
	if want := "runwisp: cannot read -: connection reset by peer\n"; p.stderr.String() != want {
		t.Errorf("it says %q, want %q", p.stderr.String(), want)
	}
	before.check(t, dir)
}

// TestIgnoredSignalStaysIgnored: a run that has staged its output does not listen
// to a signal that it was started to ignore.
func TestIgnoredSignalStaysIgnored(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(200)})
	makePipe(t, filepath.Join(dir, "report"))
	p := newShell(t, dir, `trap "" HUP; exec "$@"`)
	r := staged(t, p, "report")
	status := readFile(t, "/proc", strconv.Itoa(p.Process.Pid), "status")
	_, mask, _ := strings.Cut(status, "\nSigIgn:\t")
	mask, _, _ = strings.Cut(mask, "\n")
	if ignored, err := strconv.ParseUint(mask, 16, 64); err != nil || ignored&(1<<(syscall.SIGHUP-1)) == 0 {
		t.Errorf("the ignored signals are %s: %v", mask, err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Error(err)
	}
	p.check(t, "exit 0")
}
