package runwisp_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// witnessVariable makes the test binary write down how it was started, wait for
// a signal, and write that down too. Its value is the directory to write to.
const witnessVariable = "RUNWISP_TEST_WITNESS"

// A testimony is what a witness writes down.
type testimony struct {
	Argv   []string
	Dir    string
	Umask  string
	Env    []string
	Signal string
}

// witness writes its testimony to a file named by its first argument.
func witness(dir string) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGQUIT)
	t := testimony{Argv: os.Args, Env: withoutSupervisor(os.Environ())}
	t.Dir, _ = os.Getwd()
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	t.Umask = fmt.Sprintf("%03o", mask)
	write := func(name string) {
		data, _ := json.Marshal(t)
		_ = os.WriteFile(filepath.Join(dir, name+".tmp"), data, 0o644)
		_ = os.Rename(filepath.Join(dir, name+".tmp"), filepath.Join(dir, name))
	}
	name := filepath.Base(os.Args[1])
	write(name + ".started")
	select {
	case s := <-signals:
		t.Signal = s.String()
	case <-time.After(time.Minute):
		t.Signal = "none"
	}
	write(name + ".stopped")
}

// withoutSupervisor leaves out the variables that are the supervisor's or the
// shell's own business.
func withoutSupervisor(env []string) []string {
	own := regexp.MustCompile(`^(SUPERVISOR_.*|RUNWISP_INSTANCE_INDEX|PWD|OLDPWD|SHLVL|_)=`)
	env = slices.DeleteFunc(env, own.MatchString)
	slices.Sort(env)
	return env
}

// liveConfig runs witnesses under everything that a program can ask for. The
// first argument names the testimony.
const liveConfig = `
[supervisord]
nodaemon=true
logfile=@DIR@/supervisord.log
pidfile=@DIR@/supervisord.pid
environment=GLOBAL="from [supervisord]",OVER="global"

[program:zz_first]
command=@SELF@ zz_first
priority=1

[program:quoting]
command=@SELF@ quoting $HOME *.conf ~ "a  b" 'c "d"' e\ f "\$x" ; a comment
  {1,2} [a-z] #no-comment? | & > < () ! 'it''s' "" \"

[program:environment]
command=@SELF@ environment
environment=OVER="own",SPACES="a  b",QUOTE="it's",DOLLAR="${HOME} $HOME",EQUALS="a=b",COMMA="a,b"

[program:directory]
command=@SELF@ directory
directory=@DIR@/some where

[program:mask]
command=@SELF@ mask
umask=027

[program:many]
command=@SELF@ many_%(process_num)s
process_name=%(program_name)s_%(process_num)s
numprocs=3

[program:on_int]
command=@SELF@ on_int
stopsignal=INT

[program:on_usr1]
command=@SELF@ on_usr1
stopsignal=USR1

[program:never]
command=@SELF@ never
autostart=false

[program:once]
command=@SELF@ once
autorestart=false
startsecs=0

[program:member_b]
command=@SELF@ member_b
[program:member_a]
command=@SELF@ member_a
[group:team]
programs=member_b,member_a
priority=5
`

// TestLive starts the real supervisord on liveConfig, then what we import from
// it in the way RunWisp does, and compares what the processes saw.
func TestLive(t *testing.T) {
	supervisord, err := exec.LookPath("supervisord")
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT RUN: TestLive needs a supervisord on PATH")
		t.Skip("no supervisord on PATH")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "some where"), 0o755); err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(dir, "supervisord.conf")
	text := strings.NewReplacer("@DIR@", dir, "@SELF@", self).Replace(liveConfig)
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	im := runwisp.Import([]passes.Input{{File: source.NewFile(conf, text), Path: conf, Dir: dir}},
		passes.Options{Files: passes.Disk{}, LookupEnv: os.LookupEnv, Node: node})

	before := liveRun{t: t, dir: filepath.Join(dir, "old")}
	before.supervisord(supervisord, conf)
	after := liveRun{t: t, dir: filepath.Join(dir, "new")}
	after.runwisp(im.Output.TOML)

	if diff := gocmp.Diff(before.order, after.order); diff != "" {
		t.Errorf("starting order differs (-supervisord +runwisp):\n%s", diff)
	}
	if diff := gocmp.Diff(before.seen, after.seen); diff != "" {
		t.Errorf("processes differ (-supervisord +runwisp):\n%s", diff)
	}
}

// liveNames are the witnesses that start by themselves.
var liveNames = []string{
	"zz_first", "quoting", "environment", "directory", "mask", "many_0", "many_1", "many_2",
	"on_int", "on_usr1", "once", "member_b", "member_a",
}

// liveEnv is the environment of both supervisors, but for the witness.
var liveEnv = []string{"HOME=/home/of the witness", "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"}

// A liveRun is one set of witnesses.
type liveRun struct {
	t     *testing.T
	dir   string
	order []string // services, in the order in which they were started
	seen  map[string]testimony
}

func (r *liveRun) prepare() []string {
	r.t.Helper()
	if err := os.MkdirAll(r.dir, 0o777); err != nil {
		r.t.Fatal(err)
	}
	r.seen = map[string]testimony{}
	return append(slices.Clone(liveEnv), witnessVariable+"="+r.dir)
}

// collect waits for all testimonies of one kind.
func (r *liveRun) collect(kind string) {
	r.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for _, name := range liveNames {
		for {
			data, err := os.ReadFile(filepath.Join(r.dir, name+kind))
			if err == nil {
				var got testimony
				if err := json.Unmarshal(data, &got); err != nil {
					r.t.Fatal(err)
				}
				got.Env = slices.DeleteFunc(got.Env, func(v string) bool { return strings.HasPrefix(v, witnessVariable) })
				r.seen[name] = got
				break
			}
			if time.Now().After(deadline) {
				r.t.Fatalf("witness %s has not written %s", name, kind)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// supervisord runs the real one until all witnesses have spoken.
func (r *liveRun) supervisord(path, conf string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-n", "-c", conf)
	cmd.Env = r.prepare()
	cmd.Dir = filepath.Dir(conf)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.collect(".started")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	r.collect(".stopped")
	if err := cmd.Wait(); err != nil {
		r.t.Fatalf("supervisord: %v\n%s", err, log.String())
	}
	spawned := regexp.MustCompile(`spawned: '(.*?)(_\d+)?' with`)
	for _, m := range spawned.FindAllStringSubmatch(log.String(), -1) {
		if m[1] != "once" { // a task
			r.order = append(r.order, m[1])
		}
	}
	r.order = slices.Compact(r.order)
}

// A liveUnit is a unit as RunWisp reads it.
type liveUnit struct {
	name       string
	Run        string
	WorkingDir string `toml:"working_dir"`
	Umask      string
	StopSignal string `toml:"stop_signal"`
	Instances  int
	Priority   int
	Autostart  *bool
	Env        map[string]string
}

// runwisp starts what a runwisp.toml says: services by priority and name, in
// the working directory and environment that they ask for, through a shell.
func (r *liveRun) runwisp(text []byte) {
	r.t.Helper()
	// The one TODO of the configuration, settled as it says.
	resolved := strings.ReplaceAll(string(text), "%(process_num)s", "$RUNWISP_INSTANCE_INDEX")
	var doc struct {
		Defaults        struct{ Env map[string]string }
		Services, Tasks map[string]liveUnit
	}
	if _, err := toml.Decode(resolved, &doc); err != nil {
		r.t.Fatal(err)
	}
	env := r.prepare()
	for name, value := range doc.Defaults.Env {
		env = append(env, name+"="+unescape(value))
	}
	var started []*exec.Cmd
	units := append(byStart(doc.Services), byStart(doc.Tasks)...)
	for i, u := range units {
		if u.Autostart != nil && !*u.Autostart {
			continue
		}
		if i < len(doc.Services) {
			r.order = append(r.order, u.name)
		}
		for index := range max(u.Instances, 1) {
			started = append(started, r.start(u, env, index))
		}
	}
	r.collect(".started")
	for _, cmd := range started {
		if err := syscall.Kill(-cmd.Process.Pid, stopSignal(cmd.Args[0])); err != nil {
			r.t.Fatal(err)
		}
		_ = cmd.Wait()
	}
	r.collect(".stopped")
}

// byStart sorts units as RunWisp starts them.
func byStart(units map[string]liveUnit) []liveUnit {
	var out []liveUnit
	for name, u := range units {
		u.name = name
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b liveUnit) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), strings.Compare(a.name, b.name))
	})
	return out
}

// unescape reads a value in which RunWisp would substitute variables.
func unescape(value string) string { return strings.ReplaceAll(value, "$${", "${") }

func (r *liveRun) start(u liveUnit, env []string, index int) *exec.Cmd {
	r.t.Helper()
	cmd := exec.Command("/bin/sh", "-e", "-c", u.Run)
	cmd.Args[0] = u.StopSignal // the shell's own name means nothing to it
	cmd.Dir = cmp.Or(unescape(u.WorkingDir), filepath.Dir(r.dir))
	cmd.Env = append(slices.Clone(env), fmt.Sprintf("RUNWISP_INSTANCE_INDEX=%d", index))
	for name, value := range u.Env {
		cmd.Env = append(cmd.Env, name+"="+unescape(value))
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if u.Umask != "" {
		mask, err := strconv.ParseInt(u.Umask, 8, 32)
		if err != nil {
			r.t.Fatal(err)
		}
		defer syscall.Umask(syscall.Umask(int(mask)))
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	return cmd
}

func stopSignal(name string) syscall.Signal {
	switch name {
	case "SIGINT":
		return syscall.SIGINT
	case "SIGUSR1":
		return syscall.SIGUSR1
	}
	return syscall.SIGTERM
}
