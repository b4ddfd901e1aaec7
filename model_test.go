package runwisp_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/passes"
)

// node is what %(host_node_name)s stands for in all tests.
const node = "testhost"

// usualEnviron returns the environment of supervisord where a test says nothing
// of it.
func usualEnviron() map[string]string {
	return map[string]string{"HOME": "/home/app", "PATH": "/usr/bin:/bin", "USER": "app"}
}

// A question is a configuration on disk, and the environment in which it is
// read.
type question struct {
	conf    string
	environ map[string]string
}

// importClosed imports the configuration with everything filled in.
func (q question) importClosed(t testing.TB) *runwisp.Imported {
	t.Helper()
	return q.importWith(t, passes.Options{}, q.environ)
}

// importWith imports the configuration with given switches.
func (q question) importWith(t testing.TB, opts passes.Options, environ map[string]string) *runwisp.Imported {
	t.Helper()
	content, err := os.ReadFile(q.conf)
	if err != nil {
		t.Fatal(err)
	}
	input := passes.Input{
		File: source.NewFile(filepath.Base(q.conf), string(content)),
		Path: q.conf,
		Dir:  filepath.Dir(q.conf),
	}
	opts.Files = passes.Disk{}
	opts.LookupEnv = func(name string) (string, bool) { v, ok := q.environ[name]; return v, ok }
	opts.Node = node
	opts.Environ = environ
	return runwisp.Import([]passes.Input{input}, opts)
}

// ours answers the question by our model.
func (q question) ours(t testing.TB) oracle.Answer {
	t.Helper()
	im := q.importClosed(t)
	return oracle.Ours(im.Config, im.Diagnostics)
}

var askedVariable = regexp.MustCompile(`%\(ENV_([^)=\x00]+)\)`)

// closed returns the question with a value for each variable that the
// configuration asks for, and whether any was missing.
func (q question) closed(t testing.TB, value func(name string) string) (question, bool) {
	t.Helper()
	missing := false
	for {
		before := len(q.environ)
		environ := maps.Clone(q.environ)
		for _, f := range q.importClosed(t).Config.Files {
			for _, m := range askedVariable.FindAllStringSubmatch(f.Content, -1) {
				if _, ok := environ[m[1]]; !ok {
					environ[m[1]] = value(m[1])
				}
			}
		}
		q.environ = environ
		if len(environ) == before {
			return q, missing
		}
		missing = true // and the files that it includes may ask for more
	}
}

// environments returns the question in each environment that may tell
// something: with texts for the variables that are missing, and with numbers,
// since an option that wants a number refuses a text.
func (q question) environments(t testing.TB) []question {
	t.Helper()
	texts, missing := q.closed(t, func(name string) string { return "value-of-" + name })
	if !missing {
		return []question{texts}
	}
	numbers, _ := q.closed(t, func(string) string { return "1" })
	return []question{texts, numbers}
}

// questions writes out the ways in which a case is asked: as it stands, and,
// if it lacks [supervisord], with one behind it, since it would only be
// refused; each with texts for the variables that it does not set, and with
// numbers. What stands on standard input is asked as a file.
func (c *testCase) questions(t *testing.T) []question {
	t.Helper()
	files := map[string]string{}
	for name, content := range c.files {
		files[strings.TrimPrefix(name, caseDir+"/")] = content
	}
	main := c.inputs[0]
	if main == "-" {
		main = "stdin"
	}
	list := c.variants(t, files, main)
	if lacksDaemon(t, list[0]) {
		files[main] += "\n[supervisord]\n"
		list = append(list, c.variants(t, files, main)...)
	}
	return list
}

// caseDirInText finds absolute paths of files of the case.
var caseDirInText = regexp.MustCompile(`(^|[\s=])` + caseDir + "/")

// variants writes out files, and returns the questions about them.
func (c *testCase) variants(t *testing.T, files map[string]string, main string) []question {
	t.Helper()
	q := question{filepath.Join(t.TempDir(), filepath.FromSlash(main)), c.environ}
	dir := strings.TrimSuffix(q.conf, filepath.FromSlash(main))
	moved := map[string]string{}
	for name, content := range files {
		moved[name] = caseDirInText.ReplaceAllString(content, "${1}"+dir)
	}
	writeFiles(t, dir, moved)
	return q.environments(t)
}

func lacksDaemon(t *testing.T, q question) bool {
	t.Helper()
	return slices.ContainsFunc(q.importClosed(t).Diagnostics, func(d *diag.Diagnostic) bool {
		return d.Code == diag.MissingDaemon
	})
}

// ask puts questions to supervisord. Those with equal environments go to one
// process.
func ask(t testing.TB, e *oracle.Engine, questions []question) []oracle.Answer {
	t.Helper()
	answers := make([]oracle.Answer, len(questions))
	groups := byEnviron(questions)
	errs := make([]error, len(groups))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for i, group := range groups {
		slots <- struct{}{}
		running.Go(func() {
			errs[i] = askGroup(t, e, questions, group, answers)
			<-slots
		})
	}
	running.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return answers
}

// byEnviron groups the indexes of questions with equal environments.
func byEnviron(questions []question) [][]int {
	var groups [][]int
	for i, q := range questions {
		same := func(group []int) bool { return maps.Equal(questions[group[0]].environ, q.environ) }
		if g := slices.IndexFunc(groups, same); g >= 0 {
			groups[g] = append(groups[g], i)
		} else {
			groups = append(groups, []int{i})
		}
	}
	return groups
}

// askGroup puts the questions of a group to one process.
func askGroup(t testing.TB, e *oracle.Engine, questions []question, group []int, answers []oracle.Answer) error {
	confs := make([]string, len(group))
	for i, at := range group {
		confs[i] = questions[at].conf
	}
	got, err := e.Ask(t.Context(), confs, oracle.Options{Environ: questions[group[0]].environ, Node: node})
	if err != nil {
		return err
	}
	for i, at := range group {
		answers[at] = got[i]
	}
	return nil
}

// configsIn returns all .conf files below directories, in sorted order.
func configsIn(t *testing.T, dirs []string) []string {
	t.Helper()
	var confs []string
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && filepath.Ext(path) == ".conf" {
				path, err = filepath.Abs(path)
				confs = append(confs, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(confs) == 0 {
		t.Fatalf("no .conf file in %s", dirs)
	}
	return confs
}

// fileQuestions returns the ways in which a file is asked: as the main file
// and, if it lacks [supervisord], included by one that has it; with texts and
// with numbers for missing variables.
func fileQuestions(t *testing.T, conf string) []question {
	t.Helper()
	environ := usualEnviron()
	addArguments(t, environ, strings.TrimSuffix(conf, ".conf")+".args")
	mains := []question{{conf, environ}}
	if lacksDaemon(t, mains[0]) {
		if main, ok := includer(t, conf); ok {
			mains = append(mains, question{main, environ})
		}
	}
	var list []question
	for _, q := range mains {
		list = append(list, q.environments(t)...)
	}
	return list
}

// addArguments reads a file of arguments, if there is one.
func addArguments(t *testing.T, environ map[string]string, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	for i := 0; i+1 < len(lines); i += 2 {
		name, value, ok := strings.Cut(lines[i+1], "=")
		if lines[i] != "--env" || !ok {
			t.Fatalf("%s:%d: expected --env and K=V, got %q", file, i+1, lines[i])
		}
		environ[name] = value
	}
}

// patternEscapes make a path a pattern that matches it, and a value that
// expands to it.
var patternEscapes = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]", "%", "%%")

// includer writes a main file that includes another, and reports whether that
// is possible: a pattern cannot hold white space.
func includer(t *testing.T, conf string) (string, bool) {
	t.Helper()
	if len(strings.Fields(conf)) != 1 {
		return "", false
	}
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{
		"main.conf": "[supervisord]\n[include]\nfiles = " + patternEscapes.Replace(conf) + "\n",
	})
	return filepath.Join(dir, "main.conf"), true
}

// addPairs puts the variables of an environment= into a map.
func addPairs(environ map[string]string, pairs []ir.Pair) {
	for _, p := range pairs {
		environ[p.Name.String()] = p.Value.String()
	}
}

// writeFiles writes files by their slash-separated paths. One that memfs would
// not read becomes a dangling link, which not even root can read.
func writeFiles(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		err := os.WriteFile(file, []byte(content), 0o644)
		if content == memfs.Unreadable {
			err = relink(file)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// relink puts a dangling link in place of a file.
func relink(file string) error {
	if err := os.Remove(file); err != nil {
		return err
	}
	return os.Symlink("nothing", file)
}
