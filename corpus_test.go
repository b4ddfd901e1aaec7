package runwisp_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/oracle/confgen"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

// A corpus is a configuration to measure with, held in memory.
type corpus struct {
	files treeFiles
	// sources are the contents of the files that an import reads, and size
	// is how many bytes they have.
	sources []string
	size    int64
	// programs counts the programs in them.
	programs int
	// toml is what the configuration is imported as.
	toml string
}

// corpora are what every stage is measured with: the example of the README, a
// configuration as a Linux distribution ships it, and a very large one.
var corpora = []struct {
	name string
	load func() *corpus
}{
	{"small", sync.OnceValue(func() *corpus { return newCorpus(diskFiles("examples")) })},
	{"distro", sync.OnceValue(func() *corpus { return newCorpus(diskFiles("testdata/distro")) })},
	{"large", sync.OnceValue(func() *corpus { return newCorpus(largeFiles(100_000)) })},
}

// mainFile is the path of the main file of every corpus.
const mainFile = "/etc/supervisord.conf"

func largeFiles(programs int) map[string]string {
	var b strings.Builder
	if err := confgen.Large(&b, programs); err != nil {
		panic(err) // a builder takes everything
	}
	return map[string]string{mainFile: b.String()}
}

// diskFiles reads the files below a folder, as files beside the main file.
func diskFiles(root string) map[string]string {
	files := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name) // both are relative
		files[path.Join(path.Dir(mainFile), filepath.ToSlash(rel))] = string(data)
		return err
	})
	if err != nil {
		panic(err) // the files are part of the repository
	}
	return files
}

func newCorpus(files map[string]string) *corpus {
	c := &corpus{files: newTree(files)}
	im := c.run()
	for _, f := range im.Config.Files {
		c.sources = append(c.sources, f.Content)
		c.size += int64(f.Size())
	}
	for _, s := range im.Config.Sections {
		if s.Kind == ir.ProgramSection {
			c.programs++
		}
	}
	c.toml = string(im.Output.TOML)
	return c
}

// input returns the main file as one that was just read.
func (c *corpus) input() []passes.Input {
	file := source.NewFile(mainFile, c.files.content[mainFile])
	return []passes.Input{{File: file, Path: mainFile, Dir: path.Dir(mainFile)}}
}

func (c *corpus) options() passes.Options {
	return passes.Options{Files: c.files, LookupEnv: os.LookupEnv, Node: "host"}
}

// lean are the options by which the command imports.
func (c *corpus) lean() passes.Options {
	opts := c.options()
	opts.Lean, opts.FoldNotes = true, report.ShownNotes
	return opts
}

// run imports the corpus.
func (c *corpus) run() *runwisp.Imported { return runwisp.Import(c.input(), c.options()) }

// TestCorpora: what is measured is the way from one valid file to another. A
// large one of fewer programs holds everything that the large one does.
func TestCorpora(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"small": diskFiles("examples"), "distro": diskFiles("testdata/distro"), "large": largeFiles(2000),
	} {
		t.Run(name, func(t *testing.T) {
			c := newCorpus(files)
			if n := diag.Count(c.run().Diagnostics, diag.Error); n > 0 {
				t.Errorf("%d errors in the source", n)
			}
			v := runwisp.Validate(source.NewFile("runwisp.toml", c.toml), validate.Options{})
			if v.Tasks+v.Services < c.programs {
				t.Errorf("%d tasks and %d services of %d programs", v.Tasks, v.Services, c.programs)
			}
			for _, d := range v.Diagnostics {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s", d.Code, d.Message)
				}
			}
		})
	}
}
