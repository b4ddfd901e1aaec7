package html_test

import (
	"path"
	"strings"
	"testing"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/html"
	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
)

// importFiles imports the named inputs out of a folder.
func importFiles(files passes.FileSystem, dir string, names ...string) (html.Input, error) {
	var inputs []passes.Input
	for _, name := range names {
		full := path.Join(dir, name)
		content, err := files.ReadFile(full)
		if err != nil {
			return html.Input{}, err
		}
		inputs = append(inputs, passes.Input{File: source.NewFile(name, content), Path: name, Dir: path.Dir(full)})
	}
	im := runwisp.Import(inputs, passes.Options{
		Files:     files,
		LookupEnv: func(string) (string, bool) { return "", false },
		Node:      "testhost",
	})
	in := html.Input{Output: im.Output, Files: im.Config.Files, Diagnostics: im.Diagnostics}
	for _, p := range im.Config.Programs {
		in.Programs = append(in.Programs, emit.Program{Name: p.Name, Detail: "service", Header: p.Section.Header})
	}
	return in, nil
}

// importText imports a text that is a file of the given name.
func importText(name, content string) html.Input {
	in, err := importFiles(memfs.FS{path.Join("/", name): content}, "/", name)
	if err != nil {
		panic(err)
	}
	return in
}

func importExample(t testing.TB) html.Input {
	t.Helper()
	in, err := importFiles(passes.Disk{}, "../../examples", "supervisord.conf")
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// eachCase runs a test on every case of the conformance suite.
func eachCase(t *testing.T, test func(t *testing.T, in html.Input)) {
	for _, c := range seeds.Cases(t, "../..") {
		t.Run(c.Name, func(t *testing.T) {
			files := memfs.FS{}
			for name, content := range c.Files {
				files[path.Join("/conf", name)] = content
			}
			in, err := importFiles(files, "/conf", c.Inputs...)
			if err != nil {
				t.Fatal(err)
			}
			test(t, in)
		})
	}
}

// render returns the page of an input.
func render(t testing.TB, in html.Input) string {
	t.Helper()
	var b strings.Builder
	if err := html.Page(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
