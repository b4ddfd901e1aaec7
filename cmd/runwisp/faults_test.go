package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

const (
	oneConf = "[program:one]\ncommand=/bin/one\n"
	twoConf = "[program:two]\ncommand=/bin/two\n"
	oldTOML = "# what was there before\n"
)

// manyPrograms returns a configuration that makes more output and more of a
// report than a pipe holds.
func manyPrograms(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("[program:p" + strconv.Itoa(i) + "]\ncommand=/bin/serve --port %(ENV_PORT)s --with-a-long-option-that-fills-the-file\n")
	}
	return b.String()
}

// imported returns the TOML of a configuration.
func imported(t *testing.T, dir, name string) string {
	t.Helper()
	stdout, _ := runCommand(t, dir, "exit 0", "import", "supervisord", name)
	return stdout
}

// fullDevice opens a device that is always full.
func fullDevice(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("SKIPPED, no disk is full: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestFullStandardOutput(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "out.toml": oldTOML, "good.toml": ""})
	before := takeSnapshot(t, dir)
	for _, args := range []string{
		"import supervisord one.conf",
		"import supervisord one.conf -o out.toml --diff",
		"validate good.toml",
		"validate --json good.toml",
		"schema",
		"explain",
		"explain no-programs",
		"completion bash",
		"version",
	} {
		t.Run(args, func(t *testing.T) {
			p := newProcess(t, dir, strings.Fields(args)...)
			p.Stdout = fullDevice(t)
			p.start(t)
			p.check(t, "exit 2")
			to := "to standard output"
			if strings.HasPrefix(args, "validate") {
				to = "the result"
			}
			if said, want := p.stderr.String(), "runwisp: cannot write "+to+": no space left on device\n"; said != want {
				t.Errorf("it says %q, want %q", said, want)
			}
			before.check(t, dir)
		})
	}
}

func TestFullStandardError(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf})
	want := imported(t, dir, "one.conf")
	for _, format := range []string{"text", "json", "sarif", "short"} {
		p := newProcess(t, dir, "import", "supervisord", "one.conf", "-o", "out.toml", "--format", format)
		p.Stderr = fullDevice(t)
		p.start(t)
		p.check(t, "exit 2")
		if got := readFile(t, dir, "out.toml"); got != want {
			t.Errorf("%s: the output is %q", format, got)
		}
	}
}

// TestFullDevice: what cannot be undone is tried first, so that nothing else
// is touched.
func TestFullDevice(t *testing.T) {
	fullDevice(t)
	dir := writeFiles(t, files{"one.conf": oneConf, "out.toml": oldTOML})
	before := takeSnapshot(t, dir)
	for _, args := range []string{
		"-o /dev/full",
		"-o out.toml --force --report /dev/full",
		"-o out.toml --force --html /dev/full",
		"-o /dev/full --force --report out.toml",
	} {
		refused(t, dir, "cannot write /dev/full: no space left on device", append([]string{"import", "supervisord", "one.conf"}, strings.Fields(args)...)...)
		before.check(t, dir)
	}
}

// TestFileSizeLimit: as on a full disk, a part of the output can be written.
func TestFileSizeLimit(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(1000), "out.toml": oldTOML})
	before := takeSnapshot(t, dir)
	for _, out := range []string{"out.toml", "new.toml"} {
		p := newShell(t, dir, `ulimit -f 8 && exec "$@"`, "import", "supervisord", "big.conf", "-o", out, "--force")
		p.start(t)
		p.check(t, "exit 2")
		if want := "runwisp: cannot write " + out + ": file too large\n"; p.stderr.String() != want {
			t.Errorf("it says %q, want %q", p.stderr.String(), want)
		}
		before.check(t, dir)
	}
}

func TestReadErrors(t *testing.T) {
	dir := writeFiles(t, files{"out.toml": oldTOML, "dir/x": ""})
	sparse := filepath.Join(dir, "sparse.conf")
	if err := errors.Join(os.WriteFile(sparse, nil, 0o644), os.Truncate(sparse, 1<<42)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ input, reason string }{
		{"missing.conf", "no such file or directory"},
		{"dir", "is a directory"},
		{"sparse.conf", "file is larger than 2 GiB"},
	} {
		for _, command := range []string{"import supervisord -o out.toml --force", "validate"} {
			refused(t, dir, "cannot read "+tt.input+": "+tt.reason, append(strings.Fields(command), tt.input)...)
		}
	}
	if err := os.Remove(sparse); err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, dir, "out.toml"); got != oldTOML {
		t.Errorf("the output is %q", got)
	}
}

// TestReaderLeavesEarly: as in "| head -1", the process ends by the signal by
// which all others do, and says nothing.
func TestReaderLeavesEarly(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(1000)})
	for _, args := range []string{"big.conf", "big.conf --report report.json", "big.conf -o new.toml --diff"} {
		p := newProcess(t, dir, append([]string{"import", "supervisord"}, strings.Fields(args)...)...)
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		p.Stdout = w
		p.start(t)
		w.Close()
		if _, err := bufio.NewReader(r).ReadString('\n'); err != nil {
			t.Errorf("%s: no first line: %v", args, err)
		}
		r.Close()
		p.check(t, syscall.SIGPIPE.String())
		if p.stderr.Len() > 0 {
			t.Errorf("%s: it says %.200q", args, p.stderr.String())
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"big.conf", "report.json"}) {
		t.Errorf("it left %v", got)
	}
}

// TestReportReaderLeavesEarly: as in "2>&1 | head -1", the output is written.
func TestReportReaderLeavesEarly(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "out.toml": oldTOML})
	want := imported(t, dir, "one.conf")
	p := newProcess(t, dir, "import", "supervisord", "one.conf", "-o", "out.toml", "--force")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	p.Stderr = w
	p.start(t)
	w.Close()
	p.check(t, syscall.SIGPIPE.String())
	if got := readFile(t, dir, "out.toml"); got != want {
		t.Errorf("the output is %q", got)
	}
}

// TestClosedStreams: the output is the first file that is opened, and must not
// be taken for a stream.
func TestClosedStreams(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf})
	want := imported(t, dir, "one.conf")
	p := newShell(t, dir, `exec "$@" <&- >&- 2>&-`, "import", "supervisord", "one.conf", "-o", "out.toml")
	p.start(t)
	p.check(t, "exit 0")
	if got := readFile(t, dir, "out.toml"); got != want {
		t.Errorf("the output is %q", got)
	}
}

// staged starts a run that has written all of its output beside out.toml and
// waits for somebody to read its report.
func staged(t *testing.T, p *process, pipe string, flags ...string) *os.File {
	t.Helper()
	p.Args = append(p.Args, "import", "supervisord", "big.conf", "-o", "out.toml", "--report", pipe, "--format", "json")
	p.Args = append(p.Args, flags...)
	p.start(t)
	r := p.openPipe(t, filepath.Join(p.Dir, pipe), os.O_RDONLY)
	if len(temporary(t, p.Dir)) == 0 {
		t.Error("nothing is written yet")
	}
	return r
}

// temporary returns the hidden files of a folder.
func temporary(t *testing.T, dir string) []string {
	t.Helper()
	return slices.DeleteFunc(names(t, dir), func(name string) bool { return !strings.HasPrefix(name, ".") })
}

func TestSignalWhileWriting(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			dir := writeFiles(t, files{"big.conf": manyPrograms(200), "out.toml": oldTOML})
			makePipe(t, filepath.Join(dir, "report"))
			before := takeSnapshot(t, dir)
			caught := make(chan os.Signal, 1)
			signal.Notify(caught, sig) // what the tests ignore, under nohup, the command would ignore too
			defer signal.Stop(caught)
			p := newProcess(t, dir)
			staged(t, p, "report", "--force")
			if err := p.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			p.check(t, sig.String())
			if p.stderr.Len() > 0 {
				t.Errorf("it says %.200q", p.stderr.String())
			}
			before.check(t, dir)
		})
	}
}

// TestSignalWhileWritingNew: a new file is written while the TOML is made.
func TestSignalWhileWritingNew(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(5000)})
	makePipe(t, filepath.Join(dir, "report"))
	before := takeSnapshot(t, dir)
	p := newProcess(t, dir)
	staged(t, p, "report", "--format", "text")
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.check(t, syscall.SIGTERM.String())
	before.check(t, dir)
}

// TestQuitWhileWriting: whoever asks for a stack trace gets it, and nothing else
// stays behind.
func TestQuitWhileWriting(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(200), "out.toml": oldTOML})
	makePipe(t, filepath.Join(dir, "report"))
	before := takeSnapshot(t, dir)
	p := newProcess(t, dir)
	staged(t, p, "report", "--force")
	if err := p.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if got := p.outcome(); got == "exit 0" {
		t.Error("it goes on")
	}
	before.check(t, dir)
}

// TestIgnoredSignalWhileWriting: under nohup a run goes on when the terminal
// is closed.
func TestIgnoredSignalWhileWriting(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(200)})
	makePipe(t, filepath.Join(dir, "report"))
	p := newShell(t, dir, `trap "" HUP; exec "$@"`)
	r := staged(t, p, "report")
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Error(err)
	}
	p.check(t, "exit 0")
	if got, want := readFile(t, dir, "out.toml"), imported(t, dir, "big.conf"); got != want {
		t.Errorf("the output is %.200q", got)
	}
}

func TestSignalWhileReading(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		dir := writeFiles(t, files{"out.toml": oldTOML})
		makePipe(t, filepath.Join(dir, "in.conf"))
		before := takeSnapshot(t, dir)
		p := newProcess(t, dir, "import", "supervisord", "in.conf", "-o", "out.toml", "--force")
		p.start(t)
		w := p.openPipe(t, filepath.Join(dir, "in.conf"), os.O_WRONLY)
		if _, err := w.WriteString(oneConf); err != nil {
			t.Fatal(err)
		}
		if err := p.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		p.check(t, sig.String())
		before.check(t, dir)
	}
}

// TestReportReaderLeavesPipe: the report is half read, so there is no output.
func TestReportReaderLeavesPipe(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(200), "out.toml": oldTOML})
	makePipe(t, filepath.Join(dir, "report"))
	before := takeSnapshot(t, dir)
	p := newProcess(t, dir)
	staged(t, p, "report", "--force").Close()
	p.check(t, "exit 2")
	if want := "runwisp: cannot write report: broken pipe\n"; p.stderr.String() != want {
		t.Errorf("it says %q, want %q", p.stderr.String(), want)
	}
	before.check(t, dir)
}

func TestInputsThatAreNoFiles(t *testing.T) {
	dir := writeFiles(t, files{"etc/one.conf": oneConf + "[include]\nfiles=two.conf\n", "etc/two.conf": twoConf, "two.conf": oneConf})
	makePipe(t, filepath.Join(dir, "pipe.conf"))
	if err := errors.Join(os.Symlink("etc/one.conf", filepath.Join(dir, "hop.conf")), os.Symlink("hop.conf", filepath.Join(dir, "link.conf"))); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{"link.conf", "pipe.conf", "/dev/stdin", "-", "/dev/fd/0"} {
		t.Run(input, func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			p := newProcess(t, dir, "import", "supervisord", input)
			p.Stdin = r
			p.start(t)
			r.Close()
			if input == "pipe.conf" {
				w.Close()
				w = p.openPipe(t, filepath.Join(dir, input), os.O_WRONLY)
			}
			if input != "link.conf" {
				if _, err := w.WriteString(oneConf); err != nil {
					t.Fatal(err)
				}
			}
			w.Close()
			p.check(t, "exit 0")
			if !strings.Contains(p.stdout.String(), "[services.one]\n") {
				t.Errorf("the output is %q", p.stdout.String())
			}
		})
	}
}

// TestLinkAsOutput: links stay links, and the file at their end is replaced,
// or made.
func TestLinkAsOutput(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "etc/old.toml": oldTOML})
	links := [][2]string{
		{"etc/old.toml", "old"}, {"old", "chain"},
		{"etc/new.toml", "new"}, {"../there", "etc/hop"}, {"etc/hop", "far"},
		{"nowhere/x.toml", "lost"}, {"loop", "loop"},
	}
	for _, link := range links {
		if err := os.Symlink(link[0], filepath.Join(dir, link[1])); err != nil {
			t.Fatal(err)
		}
	}
	want := imported(t, dir, "one.conf")
	for _, tt := range []struct{ link, target string }{{"chain", "etc/old.toml"}, {"new", "etc/new.toml"}, {"far", "there"}} {
		runCommand(t, dir, "exit 0", "import", "supervisord", "one.conf", "-o", tt.link, "--force")
		if got := readFile(t, dir, tt.target); got != want {
			t.Errorf("%s leads to %q", tt.link, got)
		}
	}
	before := takeSnapshot(t, dir)
	refused(t, dir, "cannot write lost: there is no folder nowhere; make it first", "import", "supervisord", "one.conf", "-o", "lost")
	refused(t, dir, "cannot write loop: too many levels of symbolic links", "import", "supervisord", "one.conf", "-o", "loop")
	before.check(t, dir)
	for _, link := range links {
		if got, err := os.Readlink(filepath.Join(dir, link[1])); got != link[0] {
			t.Errorf("%s is no link any more: %v", link[1], err)
		}
	}
}

// nobody is a user without rights.
const nobody = 65534

func TestReadOnlyFolder(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "etc/out.toml": oldTOML})
	path, err := exec.LookPath("runwisp")
	if err != nil {
		t.Fatal(err)
	}
	// The command and the folder have to be where this user can reach them.
	command := filepath.Join(dir, "runwisp")
	if err := errors.Join(
		os.WriteFile(command, []byte(readFile(t, path)), 0o755),
		os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755),
		os.Chmod(filepath.Join(dir, "etc", "out.toml"), 0o666),
		os.Chmod(filepath.Join(dir, "etc"), 0o555),
	); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "etc"), 0o755) }) // so that it can be removed
	before := takeSnapshot(t, filepath.Join(dir, "etc"))
	var user syscall.SysProcAttr
	if os.Getuid() == 0 { // who may write everywhere
		user.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	for _, out := range []string{"etc/out.toml", "etc/new.toml"} {
		p := prepare(t, dir, command, "import", "supervisord", "one.conf", "-o", out, "--force")
		p.SysProcAttr = &user
		if err := p.Start(); errors.Is(err, fs.ErrPermission) {
			t.Skipf("SKIPPED, the command cannot be run as another user: %v", err)
		} else if err != nil {
			t.Fatal(err)
		}
		p.watch()
		p.check(t, "exit 2")
		if want := "runwisp: cannot write " + out + ": permission denied\n"; p.stderr.String() != want {
			t.Errorf("it says %q, want %q", p.stderr.String(), want)
		}
		before.check(t, filepath.Join(dir, "etc"))
	}
}

// TestModeIsKept: that of a file which is overwritten, whatever the umask is.
func TestModeIsKept(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "out.toml": oldTOML})
	out := filepath.Join(dir, "out.toml")
	if err := os.Chmod(out, 0o666); err != nil {
		t.Fatal(err)
	}
	p := newShell(t, dir, `umask 077; exec "$@"`, "import", "supervisord", "one.conf", "-o", "out.toml", "--force", "--html", "new.html")
	p.start(t)
	p.check(t, "exit 0")
	for path, want := range map[string]fs.FileMode{out: 0o666, filepath.Join(dir, "new.html"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v: %v", path, info.Mode().Perm(), want, err)
		}
	}
}

// TestInputChangesAfterItWasRead: a file is read once, and to its end.
func TestInputChangesAfterItWasRead(t *testing.T) {
	for _, change := range []struct {
		name string
		do   func(path string) error
	}{
		{"truncated", func(path string) error { return os.Truncate(path, 0) }},
		{"rewritten", func(path string) error { return os.WriteFile(path, []byte(twoConf), 0o644) }},
		{"removed", os.Remove},
	} {
		t.Run(change.name, func(t *testing.T) {
			dir := writeFiles(t, files{"big.conf": manyPrograms(200)})
			want := imported(t, dir, "big.conf")
			makePipe(t, filepath.Join(dir, "last.conf"))
			p := newProcess(t, dir, "import", "supervisord", "big.conf", "last.conf")
			p.start(t)
			w := p.openPipe(t, filepath.Join(dir, "last.conf"), os.O_WRONLY)
			if err := errors.Join(change.do(filepath.Join(dir, "big.conf")), w.Close()); err != nil {
				t.Fatal(err)
			}
			p.check(t, "exit 0")
			got := strings.Replace(p.stdout.String(), "# Imported from big.conf, last.conf by", "# Imported from big.conf by", 1)
			if got != want {
				t.Errorf("the output is %.300q", got)
			}
		})
	}
}

// TestTwoRunsOneOutput: both have written all of their output when the first
// of them goes on.
func TestTwoRunsOneOutput(t *testing.T) {
	for _, tt := range []struct {
		name   string
		flags  []string
		extra  string // a flag of the second run
		second string
		winner int
	}{
		{"with --force the last one wins", []string{"--force"}, "--annotate", "exit 0", 1},
		{"otherwise the first one does", nil, "--annotate", "exit 2", 0},
		{"the same content is no conflict", nil, "--verbose", "exit 0", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := writeFiles(t, files{"big.conf": manyPrograms(200)})
			makePipe(t, filepath.Join(dir, "report0"))
			makePipe(t, filepath.Join(dir, "report1"))
			var runs []*process
			var reports []*os.File
			for i, flags := range [][]string{tt.flags, append(tt.flags, tt.extra)} {
				p := newProcess(t, dir)
				reports = append(reports, staged(t, p, "report"+strconv.Itoa(i), flags...))
				runs = append(runs, p)
			}
			if n := len(temporary(t, dir)); n != 2 {
				t.Errorf("%d outputs are written, want 2", n)
			}
			for i, outcome := range []string{"exit 0", tt.second} {
				if _, err := io.Copy(io.Discard, reports[i]); err != nil {
					t.Error(err)
				}
				runs[i].check(t, outcome)
			}
			got := readFile(t, dir, "out.toml")
			annotated, _ := runCommand(t, dir, "exit 0", "import", "supervisord", "big.conf", "--annotate")
			if want := []string{imported(t, dir, "big.conf"), annotated}[tt.winner]; got != want {
				t.Errorf("the output is %.300q", got)
			}
			if left := temporary(t, dir); len(left) > 0 {
				t.Errorf("it left %v", left)
			}
		})
	}
}

// TestOutputsThatAreRead: no output may be a file that was read, under any
// name, and no two of them the same file.
func TestOutputsThatAreRead(t *testing.T) {
	dir := writeFiles(t, files{"main.conf": "[include]\nfiles=conf.d/*.conf\n", "conf.d/web.conf": oneConf, "page.html": "old"})
	if err := os.Symlink("conf.d/web.conf", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	before := takeSnapshot(t, dir)
	web := takeSnapshot(t, filepath.Join(dir, "conf.d"))
	for _, tt := range []struct{ flags, message string }{
		{"-o conf.d/web.conf --force", "output conf.d/web.conf is also an input, which it would overwrite; name another file"},
		{"--report conf.d/../conf.d/web.conf", "output conf.d/../conf.d/web.conf is also an input, which it would overwrite; name another file"},
		{"--html link", "output link is also an input, which it would overwrite; name another file"},
		{"--report " + filepath.Join(dir, "main.conf"), "output " + filepath.Join(dir, "main.conf") + " is also an input, which it would overwrite; name another file"},
		{"-o new.toml --report ./new.toml", "output ./new.toml is named twice; name a file for each"},
		{"-o new.toml --report " + filepath.Join(dir, "new.toml"), "output " + filepath.Join(dir, "new.toml") + " is named twice; name a file for each"},
		{"--report page.html --html page.html", "output page.html is named twice; name a file for each"},
	} {
		refused(t, dir, tt.message, append([]string{"import", "supervisord", "main.conf"}, strings.Fields(tt.flags)...)...)
		before.check(t, dir)
		web.check(t, filepath.Join(dir, "conf.d"))
	}
	p := newShell(t, dir, `exec "$@" <conf.d/web.conf`, "import", "supervisord", "-o", "conf.d/web.conf", "--force")
	p.start(t)
	p.check(t, "exit 2")
	web.check(t, filepath.Join(dir, "conf.d"))
	runCommand(t, dir, "exit 0", "import", "supervisord", "main.conf", "--report", "/dev/null", "--html", "/dev/null")
}

// TestLinkedWorkingDirectory: where the shell calls the working directory by a
// link, paths start from the folder that the system knows, as for supervisord.
func TestLinkedWorkingDirectory(t *testing.T) {
	dir := writeFiles(t, files{
		"real/etc/x.conf":        "[program:here]\ncommand=/bin/here %(here)s\n[include]\nfiles=conf.d/*.conf\n",
		"real/etc/conf.d/1.conf": oneConf,
		"real/etc/sub/keep":      "",
	})
	if err := os.Symlink("real/etc/sub", filepath.Join(dir, "work")); err != nil {
		t.Fatal(err)
	}
	real, err := filepath.EvalSymlinks(filepath.Join(dir, "real/etc"))
	if err != nil {
		t.Fatal(err)
	}
	stdout, _ := runCommand(t, filepath.Join(dir, "work"), "exit 0", "import", "supervisord", "../x.conf", "--resolve")
	if !strings.Contains(stdout, "[services.one]\n") || !strings.Contains(stdout, "/bin/here "+real) {
		t.Errorf("the output is %q", stdout)
	}
}

// TestPathsUpFromLinks: above the folder that a link leads to is another one than
// above the link.
func TestPathsUpFromLinks(t *testing.T) {
	dir := writeFiles(t, files{
		"etc/x.conf":    "[include]\nfiles=link/../1.conf\n",
		"far/deep/keep": "",
		"far/1.conf":    "[program:one]\ncommand=/bin/one %(ENV_X)s\n",
	})
	if err := os.Symlink("../far/deep", filepath.Join(dir, "etc/link")); err != nil {
		t.Fatal(err)
	}
	stdout, _ := runCommand(t, dir, "exit 0", "import", "supervisord", "etc/x.conf")
	if !strings.Contains(stdout, "# TODO etc/link/../1.conf:2: ") {
		t.Errorf("the TODO names another file: %q", stdout)
	}
	before := takeSnapshot(t, filepath.Join(dir, "far"))
	refused(t, dir, "output far/1.conf is also an input, which it would overwrite; name another file", "import", "supervisord", "etc/x.conf", "-o", "far/1.conf", "--force")
	refused(t, dir, "output far/new.toml is named twice; name a file for each", "import", "supervisord", "etc/x.conf", "-o", "etc/link/../new.toml", "--report", "far/new.toml")
	before.check(t, filepath.Join(dir, "far"))
	runCommand(t, dir, "exit 0", "import", "supervisord", "etc/x.conf", "-o", "etc/link/../new.toml", "--report", "etc/new.toml")
	if got := readFile(t, dir, "far/new.toml"); got != stdout {
		t.Errorf("the output is %q", got)
	}
}

// TestStagedBesideOutput: the output is written in the folder that it is meant
// for, also where its path goes up from a link. The report is larger than a pipe,
// so that the run waits.
func TestStagedBesideOutput(t *testing.T) {
	dir := writeFiles(t, files{"big.conf": manyPrograms(200), "far/deep/keep": ""})
	if err := os.Symlink("far/deep", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	makePipe(t, filepath.Join(dir, "report"))
	p := newProcess(t, dir, "import", "supervisord", "big.conf", "-o", "link/../out.toml", "--report", "report", "--format", "json")
	p.start(t)
	r := p.openPipe(t, filepath.Join(dir, "report"), os.O_RDONLY)
	if len(temporary(t, filepath.Join(dir, "far"))) == 0 {
		t.Error("it is written elsewhere")
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Error(err)
	}
	p.check(t, "exit 0")
}

// TestHugeOutput: what is in the way may be larger than the memory.
func TestHugeOutput(t *testing.T) {
	dir := writeFiles(t, files{"one.conf": oneConf, "out.toml": ""})
	want := imported(t, dir, "one.conf")
	if err := os.Truncate(filepath.Join(dir, "out.toml"), 1<<43); err != nil {
		t.Skipf("SKIPPED, no file can be that large: %v", err)
	}
	refused(t, dir, "cannot read out.toml: file is larger than 2 GiB", "import", "supervisord", "one.conf", "-o", "out.toml", "--diff")
	refused(t, dir, "cannot write out.toml: it exists with other content; pass --force to overwrite it", "import", "supervisord", "one.conf", "-o", "out.toml")
	runCommand(t, dir, "exit 0", "import", "supervisord", "one.conf", "-o", "out.toml", "--force")
	if got := readFile(t, dir, "out.toml"); got != want {
		t.Errorf("the output is %q", got)
	}
}
