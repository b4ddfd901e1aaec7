package passes

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/cores"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
	"github.com/runwisp/runwisp/passes/glob"
	"github.com/runwisp/runwisp/passes/percent"
)

// defaultSection is the section whose options every other section falls back
// to. Its name is matched exactly.
const defaultSection = "DEFAULT"

// A readFile is one reading of a file. A file that two patterns match is read
// twice, and its values count again.
type readFile struct {
	tree *parser.Tree // nil where an included file could not be read
	// here replaces %(here)s in the options of this reading, textually, as
	// supervisord does where the main file has an [include] section. It is
	// empty where it has none.
	here string
	// fixed is what here comes to once everything is read.
	fixed string
	// mainDir is what %(here)s stands for elsewhere: the directory of the
	// main file.
	mainDir string
	main    bool
}

// includePass parses the inputs and follows the [include] of each, after it,
// once: an [include] in an included file does nothing.
func includePass(s *state) {
	s.opts.Files = &listing{FileSystem: s.opts.Files, names: map[string][]string{}}
	for _, in := range s.inputs {
		r := readFile{tree: s.parse(in.File), mainDir: in.Dir, main: true}
		if in.Path != "" {
			s.parsed[glob.Join(in.Dir, filepath.Base(in.Path))] = r.tree
		}
		include := findInclude(r.tree)
		if include.present {
			r.here = in.Dir
		}
		s.reads = append(s.reads, r)
		if include.present {
			s.follow(in, include)
		}
	}
	s.fixReadings()
}

// fixReadings finds out what the directories of the readings come to:
// supervisord replaces %(here)s in what it has read so far after every file, so
// a directory that is itself called so is replaced again.
func (s *state) fixReadings() {
	for i := range s.reads {
		r := &s.reads[i]
		r.fixed = r.here
		for _, later := range s.reads[i+1:] {
			if !strings.Contains(r.fixed, hereFormat) {
				break
			}
			if later.here != "" {
				r.fixed = strings.ReplaceAll(r.fixed, hereFormat, later.here)
			}
		}
	}
}

// parse reads a file that was not read before.
func (s *state) parse(f *source.File) *parser.Tree {
	s.addFile(f)
	return parser.Parse(f, s.sink)
}

func (s *state) addFile(f *source.File) {
	f.Index = len(s.config.Files)
	s.config.Files = append(s.config.Files, f)
}

// includeFiles is what findings about patterns are about.
var includeFiles = diag.Subject{Section: "include", Key: "files"}

func (s *state) tellFiles(code diag.Code, span source.Span, message, hint string) {
	s.sink.Add(diag.Diagnostic{Code: code, Span: span, Subject: includeFiles, Message: message, Hint: hint})
}

// An includeOption is what a main file says about its includes.
type includeOption struct {
	present bool
	header  source.Span
	set     bool
	files   source.Text
}

// findInclude looks for the [include] section of a file and the last "files"
// in it or, failing that, in [DEFAULT].
func findInclude(t *parser.Tree) includeOption {
	var inc, fallback includeOption
	for i := range t.Sections {
		sec := &t.Sections[i]
		switch t.Name(sec) {
		case "include":
			if !inc.present {
				inc.present, inc.header = true, t.Span(sec.Name)
			}
			inc.findFiles(t, sec)
		case defaultSection:
			fallback.findFiles(t, sec)
		}
	}
	if !inc.set {
		inc.set, inc.files = fallback.set, fallback.files
	}
	return inc
}

func (inc *includeOption) findFiles(t *parser.Tree, sec *parser.Section) {
	nodes := t.Nodes(sec)
	for i := range nodes {
		n := &nodes[i]
		if n.Kind == parser.OptionNode && foldKey(t.Span(n.Text).Text()) == "files" {
			inc.set, inc.files = true, t.Value(n)
		}
	}
}

// follow reads the files that an [include] section names.
func (s *state) follow(in Input, inc includeOption) {
	if !inc.set {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.MissingFiles,
			Span:    inc.header,
			Subject: diag.Subject{Section: "include"},
			Message: "[include] section has no files option",
			Hint:    "Name the files, or remove the section.",
		})
		return
	}
	if in.Path == "" {
		if inc.files.Len() > 0 {
			s.unread = true
			s.tellFiles(diag.IncludeStdin, inc.files.Span(), "[include] can't be resolved from standard input",
				"Pass the path of the file instead of piping it.")
		}
		return
	}
	for _, pattern := range s.patterns(in, inc.files) {
		s.followPattern(in, pattern)
	}
}

// patterns returns the patterns of an input that can be followed. What
// supervisord takes from its environment is taken from ours; a pattern that
// needs a variable we do not have is left out.
func (s *state) patterns(in Input, files source.Text) []source.Text {
	e := expander{
		sink:    s.sink,
		subject: includeFiles,
		names:   includeNames,
		pieces:  &s.arena.pieces,
		values: valueFunc(func(name string) (percent.Value, bool) {
			switch name {
			case "here":
				return percent.Value{Str: in.Dir}, true
			case "host_node_name":
				return percent.Value{Str: s.opts.Node}, true
			}
			value, ok := s.opts.LookupEnv(strings.TrimPrefix(name, envPrefix))
			return percent.Value{Str: value}, ok
		}),
		closed: s.world.isClosed(),
	}
	v := e.expand(files, in.Dir)
	if !v.ok {
		return nil
	}
	for _, h := range v.holes {
		s.unread = true
		name := strings.TrimPrefix(h.Name, envPrefix)
		s.tellFiles(diag.IncludeUnresolved, h.Span, "variable "+name+" is not set, so the pattern cannot be followed",
			"Set it as supervisord has it, and import again.")
	}
	return slices.DeleteFunc(fields(v.text), func(pattern source.Text) bool {
		return slices.ContainsFunc(v.holes, func(h ir.Hole) bool { return pattern.Span().Contains(h.Span) })
	})
}

// followPattern reads the matches of one pattern, in sorted order.
func (s *state) followPattern(in Input, pattern source.Text) {
	absolute := glob.Join(in.Dir, pattern.String())
	if glob.ListsNUL(absolute) {
		s.tellFiles(diag.InvalidValue, pattern.Span(), "files: the pattern names a directory with a NUL, which no path can hold", "Remove the NUL.")
		return
	}
	matches := glob.Glob(s.opts.Files, absolute)
	if len(matches) == 0 {
		s.tellFiles(diag.IncludeNoMatch, pattern.Span(), fmt.Sprintf("no file matches %q", absolute),
			"Import on the machine that has the files, or correct the pattern.")
		return
	}
	s.readIncluded(in, pattern, matches)
	for _, path := range matches {
		s.reads = append(s.reads, readFile{
			tree:    s.parsed[fileKey(path)],
			here:    filepath.Dir(path),
			mainDir: in.Dir,
		})
	}
}

// An included is a file that is read for a pattern.
type included struct {
	path string
	file *source.File
	tree *parser.Tree
	sink *diag.Sink // what the parser said
	err  error
}

// readIncluded parses the files that a pattern matches, on all cores. Those that
// were parsed before, the main file among them, are not read again.
func (s *state) readIncluded(in Input, pattern source.Text, matches []string) {
	var list []included
	for _, path := range matches {
		key := fileKey(path)
		if _, known := s.parsed[key]; !known {
			list = append(list, included{path: path, sink: s.sink.Fork()})
		}
	}
	cores.InOrder(len(list), func(_, i int) {
		list[i].read(in, s.opts.Files)
	}, func(i int) {
		r := &list[i]
		if r.err == nil {
			s.addFile(r.file)
			s.parsed[fileKey(r.path)] = r.tree
			s.sink.Join(r.sink, nil)
			return
		}
		s.parsed[fileKey(r.path)] = nil // other patterns need not try again
		s.tellFiles(diag.IncludeUnreadable, pattern.Span(),
			fmt.Sprintf("included file %s cannot be read: %v", displayName(in, r.path), say.Reason(r.err)),
			"Make it readable, or narrow the pattern.")
	})
}

// read reads and parses the file.
func (r *included) read(in Input, files FileSystem) {
	var content string
	content, r.err = files.ReadFile(r.path)
	if r.err == nil && len(content) > source.MaxSize {
		r.err = errTooLarge
	}
	if r.err == nil {
		r.file = source.NewFile(displayName(in, r.path), content)
		r.tree = parser.Parse(r.file, r.sink)
	}
}

// displayName calls an included file as the user would type it: below the
// main file's directory, relative to where the main file's own path starts.
func displayName(in Input, path string) string {
	rest, ok := strings.CutPrefix(path, glob.Join(in.Dir, ""))
	dir := filepath.Dir(in.Path)
	switch {
	case !ok:
		return path
	case dir == ".":
		return fileKey(rest)
	}
	return glob.Join(dir, fileKey(rest))
}

// fileKey returns what tells whether two paths name one file. It is the shortest
// spelling of one that does not go up, which leads elsewhere than it looks behind
// a symbolic link.
func fileKey(path string) string {
	if strings.Contains(path, "../") {
		return path
	}
	return filepath.Clean(path)
}

// fields splits a text at white space, as Python's str.split does.
func fields(t source.Text) []source.Text {
	var out []source.Text
	start := -1
	str := t.String()
	for i, r := range str {
		switch space := lexer.IsSpace(r); {
		case space && start >= 0:
			out = append(out, t.Slice(start, i))
			start = -1
		case !space && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, t.Slice(start, len(str)))
	}
	return out
}
