package runwisp_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/oracle/confgen"
	"github.com/runwisp/runwisp/passes"
)

// The tests of this file hold what we read against what supervisord reads.
// There are no exceptions: what is compared is equal, or a test fails.

var (
	randomFiles = flag.Int("random", 300, "how many random configurations are compared with supervisord")
	randomSeed  = flag.Uint64("seed", 0, "seed of the random configurations; 0 takes another each time")
)

// configsVariable names directories of configurations that are compared too.
// A file NAME.args beside NAME.conf holds arguments, one a line: "--env",
// "K=V".
const configsVariable = "RUNWISP_CONFIGS"

// findEngine finds the supervisord of this machine once. It is nil where there
// is none that reads by the rules that we follow.
var findEngine = sync.OnceValues(func() (*oracle.Engine, error) {
	e, err := oracle.Find("")
	if err == nil && !e.IsReference() {
		return nil, fmt.Errorf("%s reads by other rules", e)
	}
	return e, err
})

// engine returns the supervisord of this machine or, with a loud word, nil.
func engine(t *testing.T) *oracle.Engine {
	t.Helper()
	e, err := findEngine()
	if err != nil {
		t.Logf("the real supervisord was not asked: %v", err)
		fmt.Fprintf(os.Stderr, "%s: the real supervisord was NOT asked: %v\n", t.Name(), err)
		return nil
	}
	t.Logf("asking %s", e)
	return e
}

// differ returns what is different between two answers, "" if nothing is.
func differ(t testing.TB, ours, theirs oracle.Answer) string {
	t.Helper()
	list := oracle.Compare(ours, theirs)
	diff := cmp.Diff(theirs, ours,
		cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(oracle.Answer{}, "Error"),
		cmpopts.IgnoreFields(oracle.Group{}, "Source"),
		cmpopts.IgnoreFields(oracle.Process{}, "Source"),
	)
	if diff != "" && len(list) == 0 {
		t.Errorf("oracle.Compare finds no difference:\n%s", diff)
	}
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s: %s\n", d.Span, d)
	}
	return b.String() + "(-supervisord +ours)\n" + diff
}

// TestDifferential compares every conformance case with supervisord's answer:
// the recorded one and, where there is a supervisord, a fresh one, which must
// be what is recorded.
func TestDifferential(t *testing.T) {
	e := engine(t)
	if golden.Update(t) && e == nil {
		t.Fatal("-update needs a supervisord")
	}
	var all []caseQuestions
	var questions []question
	for _, name := range cases(t) {
		c := readCase(t, name)
		if len(c.inputs) != 1 {
			continue // several main files mean something to us only
		}
		list := c.questions(t)
		all = append(all, caseQuestions{caseName(name), list})
		questions = append(questions, list...)
	}
	var fresh []oracle.Answer
	if e != nil {
		fresh = ask(t, e, questions)
	}
	if golden.Update(t) {
		removeStray(t, all)
	}
	for _, c := range all {
		var theirs []oracle.Answer
		if e != nil {
			theirs, fresh = fresh[:len(c.list)], fresh[len(c.list):]
		}
		t.Run(c.name, func(t *testing.T) { c.check(t, theirs) })
	}
}

// caseQuestions are the questions of one conformance case.
type caseQuestions struct {
	name string
	list []question
}

// answersDir is where supervisord's answers to the conformance cases are kept,
// one file a case and one line a question.
const answersDir = "testdata/answers"

// removeStray removes the answers to cases that nobody asks about any more. The
// others stay until they are written anew: -run may leave them out.
func removeStray(t *testing.T, asked []caseQuestions) {
	t.Helper()
	for _, file := range answerFiles(t) {
		if !slices.ContainsFunc(asked, func(c caseQuestions) bool { return c.file() == file }) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// answerFiles returns the files of all recorded answers.
func answerFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(answersDir + "/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestAnswersHaveCases: none is left of a case that is gone.
func TestAnswersHaveCases(t *testing.T) {
	files := answerFiles(t)
	if len(files) == 0 {
		t.Fatal("no recorded answers")
	}
	for _, file := range files {
		name := strings.TrimPrefix(strings.TrimSuffix(filepath.ToSlash(file), ".json"), answersDir+"/")
		if _, err := os.Stat("testdata/conformance/" + name + ".txtar"); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// file returns where the answers to the case are recorded.
func (c caseQuestions) file() string {
	return filepath.Join(answersDir, filepath.FromSlash(c.name)+".json")
}

// check compares our answers with fresh ones, if there are any, and with those
// that are recorded.
func (c caseQuestions) check(t *testing.T, fresh []oracle.Answer) {
	file := c.file()
	if fresh != nil {
		lines := c.record(t, fresh)
		if golden.Update(t) {
			writeFiles(t, ".", map[string]string{file: lines})
		}
		recorded, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("no recorded answer, run with -update: %v", err)
		}
		if diff := cmp.Diff(string(recorded), lines); diff != "" {
			t.Errorf("supervisord says something else than recorded, run with -update (-recorded +fresh):\n%s", diff)
		}
	}
	theirs := c.recorded(t, file)
	for i, q := range c.list {
		if diff := differ(t, q.ours(t), theirs[i]); diff != "" {
			t.Errorf("%s, supervisord's own word %q:\n%s", filepath.Base(q.conf), theirs[i].Error, diff)
		}
	}
}

// dirMarker stands for the directory of the configuration in recorded answers.
const dirMarker = "@DIR@"

// record returns answers as they are recorded.
func (c caseQuestions) record(t *testing.T, answers []oracle.Answer) string {
	t.Helper()
	var b strings.Builder
	for i, a := range answers {
		var line bytes.Buffer
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false)
		if err := e.Encode(a); err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.ReplaceAll(line.String(), filepath.Dir(c.list[i].conf), dirMarker))
	}
	return b.String()
}

// recorded reads the recorded answers of a case.
func (c caseQuestions) recorded(t *testing.T, file string) []oracle.Answer {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no recorded answer, run with -update where there is a supervisord: %v", err)
	}
	lines := slices.Collect(strings.Lines(string(data)))
	if len(lines) != len(c.list) {
		t.Fatalf("%s: %d answers to %d questions, run with -update where there is a supervisord", file, len(lines), len(c.list))
	}
	answers := make([]oracle.Answer, len(lines))
	for i, line := range lines {
		line = strings.ReplaceAll(line, dirMarker, filepath.Dir(c.list[i].conf))
		if err := json.Unmarshal([]byte(line), &answers[i]); err != nil {
			t.Fatalf("%s:%d: %v", file, i+1, err)
		}
	}
	return answers
}

// TestDefaults: a program that sets the defaults of the options table is the same
// to us, and to supervisord, as one that sets nothing.
func TestDefaults(t *testing.T) {
	const silent = "[supervisord]\n[program:x]\ncommand=/bin/cat\n"
	told := silent
	for _, o := range passes.KnownOptions() {
		if o.Default != "" {
			told += o.Key + "=" + o.Default + "\n"
		}
	}
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"silent.conf": silent, "told.conf": told})
	questions := []question{
		{filepath.Join(dir, "silent.conf"), map[string]string{}},
		{filepath.Join(dir, "told.conf"), map[string]string{}},
	}
	answer := questions[0].ours(t)
	if diff := differ(t, questions[1].ours(t), answer); diff != "" {
		t.Errorf("what is told differs from our own defaults:\n%s", diff)
	}
	e := engine(t)
	if e == nil {
		return
	}
	for i, theirs := range ask(t, e, questions) {
		if diff := differ(t, answer, theirs); diff != "" {
			t.Errorf("%s differs from supervisord's answer:\n%s", filepath.Base(questions[i].conf), diff)
		}
	}
}

// TestConfigs compares the configurations that RUNWISP_CONFIGS names.
func TestConfigs(t *testing.T) {
	dirs := filepath.SplitList(os.Getenv(configsVariable))
	if len(dirs) == 0 {
		t.Skipf("%s names no directory", configsVariable)
	}
	e := engine(t)
	if e == nil {
		t.Fatal("there is nobody to ask")
	}
	var questions []question
	for _, conf := range configsIn(t, dirs) {
		questions = append(questions, fileQuestions(t, conf)...)
	}
	accepted := 0
	for i, theirs := range ask(t, e, questions) {
		if theirs.OK {
			accepted++
		}
		if diff := differ(t, questions[i].ours(t), theirs); diff != "" {
			t.Errorf("%s, supervisord's own word %q:\n%s", questions[i].conf, theirs.Error, diff)
		}
	}
	t.Logf("%d questions, %d accepted by supervisord", len(questions), accepted)
	for _, q := range questions {
		t.Run(filepath.Base(q.conf), func(t *testing.T) {
			t.Parallel()
			run := func(opts passes.Options, environ map[string]string) *runwisp.Imported {
				return q.importWith(t, opts, environ)
			}
			checkPromises(t, run, q.environ)
		})
	}
}

// batchSize is how many random configurations one supervisord process reads.
const batchSize = 250

// TestRandom compares made-up configurations.
func TestRandom(t *testing.T) {
	e := engine(t)
	if e == nil {
		t.Skip("there is nobody to ask")
	}
	seed := *randomSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-seed %d", seed)
	var accepted atomic.Int64
	t.Cleanup(func() {
		n := int(accepted.Load())
		t.Logf("%d configurations, %d accepted by supervisord", *randomFiles, n)
		if *randomFiles >= batchSize && n < *randomFiles/4 {
			t.Error("so few are accepted that little is proved")
		}
	})
	for first := 0; first < *randomFiles; first += batchSize {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, uint64(first)))
			b := batch{t: t, engine: e, environ: confgen.Environ(r)}
			for range min(batchSize, *randomFiles-first) {
				b.configs = append(b.configs, confgen.New(r))
			}
			accepted.Add(int64(b.check()))
		})
	}
}

// A batch is configurations that are read in one environment.
type batch struct {
	t       *testing.T
	engine  *oracle.Engine
	environ map[string]string
	configs []confgen.Config
}

// maxShrunk bounds the configurations that are made small for each batch.
const maxShrunk = 2

// check compares all configurations and returns how many supervisord accepts.
func (b *batch) check() (accepted int) {
	theirs, diffs := b.compare(b.configs)
	failed := 0
	for i, diff := range diffs {
		if theirs[i].OK {
			accepted++
		}
		if diff == "" {
			continue
		}
		if failed++; failed <= maxShrunk {
			b.report(b.configs[i])
		}
	}
	if failed > maxShrunk {
		b.t.Errorf("%d configurations differ, of which %d are shown", failed, maxShrunk)
	}
	return accepted
}

// compare returns supervisord's answers to configurations, and what we read
// otherwise.
func (b *batch) compare(configs []confgen.Config) ([]oracle.Answer, []string) {
	b.t.Helper()
	dir, err := os.MkdirTemp(b.t.TempDir(), "")
	if err != nil {
		b.t.Fatal(err)
	}
	questions := make([]question, len(configs))
	for i, c := range configs {
		at := filepath.Join(dir, fmt.Sprint(i))
		writeFiles(b.t, at, c.Files)
		questions[i] = question{filepath.Join(at, filepath.FromSlash(c.Main)), b.environ}
	}
	theirs := ask(b.t, b.engine, questions)
	diffs := make([]string, len(configs))
	for i, q := range questions {
		diffs[i] = b.differ(q, theirs[i])
	}
	if err := os.RemoveAll(dir); err != nil {
		b.t.Fatal(err)
	}
	return theirs, diffs
}

// differ returns what we read otherwise than supervisord. A panic is something
// else too, to be made small and shown.
func (b *batch) differ(q question, theirs oracle.Answer) (diff string) {
	defer func() {
		if failure := recover(); failure != nil {
			diff = fmt.Sprintf("panic: %v\n%s", failure, debug.Stack())
		}
	}()
	return differ(b.t, q.ours(b.t), theirs)
}

// report prints the smallest part of a configuration that still differs.
func (b *batch) report(c confgen.Config) {
	b.t.Helper()
	for _, split := range []func(string) []string{wholeLines, characters} {
		c = b.shrink(c, split)
	}
	theirs, diffs := b.compare([]confgen.Config{c})
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		fmt.Fprintf(&text, "-- %s --\n%q\n", name, c.Files[name])
	}
	b.t.Errorf("environment %q\n%ssupervisord's own word: %q\n%s", b.environ, text.String(), theirs[0].Error, diffs[0])
}

func wholeLines(text string) []string { return slices.Collect(strings.Lines(text)) }

// characters splits short texts into characters; long ones stay whole, since
// each piece costs a question.
func characters(text string) []string {
	if len(text) > 400 {
		return []string{text}
	}
	return strings.Split(text, "")
}

// shrink leaves out pieces of a configuration, many at first, as long as what
// is left still differs.
func (b *batch) shrink(c confgen.Config, split func(string) []string) confgen.Config {
	var pieces []piece
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		for _, text := range split(c.Files[name]) {
			pieces = append(pieces, piece{name, text})
		}
	}
	for size := (len(pieces) + 1) / 2; size > 0; {
		smaller := b.without(c.Main, pieces, size)
		if smaller == nil {
			size /= 2
			continue
		}
		pieces = smaller
		size = min(size, len(pieces))
	}
	return join(c.Main, pieces)
}

// A piece is a part of a file.
type piece struct{ file, text string }

// join puts a configuration together from pieces.
func join(main string, pieces []piece) confgen.Config {
	files := map[string]string{main: ""}
	for _, p := range pieces {
		files[p.file] += p.text
	}
	return confgen.Config{Main: main, Files: files}
}

// without returns the pieces without some that stand together, so that a
// difference is left, or nil. Where there are several such places, it tries to
// do without all of them.
func (b *batch) without(main string, pieces []piece, size int) []piece {
	var configs []confgen.Config
	for at := 0; at < len(pieces); at += size {
		configs = append(configs, join(main, leaveOut(pieces, size, at/size)))
	}
	var places []int
	_, diffs := b.compare(configs)
	for place, diff := range diffs {
		if diff != "" {
			places = append(places, place)
		}
	}
	if len(places) == 0 {
		return nil
	}
	all := leaveOut(pieces, size, places...)
	if _, diffs := b.compare([]confgen.Config{join(main, all)}); diffs[0] != "" {
		return all
	}
	return leaveOut(pieces, size, places[0])
}

// leaveOut returns what is left of pieces without the runs of the given size
// and ranks.
func leaveOut(pieces []piece, size int, ranks ...int) []piece {
	var rest []piece
	for i, p := range pieces {
		if !slices.Contains(ranks, i/size) {
			rest = append(rest, p)
		}
	}
	return rest
}
