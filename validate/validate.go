// Package validate finds everything that is wrong with a runwisp.toml. What
// the format allows is data in ir/schema; here is how it is checked.
package validate

import (
	"fmt"
	"time"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

// Options say what the world around the file looks like.
type Options struct {
	// LookupEnv finds the daemon's variables for ${NAME}, as os.LookupEnv
	// does. If it is nil, no variable is set.
	LookupEnv func(name string) (value string, ok bool)
	// ReadFile reads the files of ${file:PATH} and of include, as
	// os.ReadFile does. If it is nil, no file can be read.
	ReadFile func(name string) ([]byte, error)
	// Glob expands the patterns of include, as filepath.Glob does. If it
	// is nil, nothing matches.
	Glob func(pattern string) ([]string, error)
}

// A Result sums up a configuration with all files that it includes.
type Result struct {
	// Tasks and Services count the units, without those that a compose
	// file defines.
	Tasks, Services int
	// Files are the given file and the included ones, in reading order.
	Files []*source.File
}

// Validate checks a configuration and adds what is wrong to sink, sorted by
// place. Of each diagnostic the Subject is the dotted path of the key,
// `services.web.env.PORT` or "notifier[1].id", and "" for a syntax error. The
// configuration is valid if no diagnostic is of severity diag.Error.
func Validate(file *source.File, opts Options, sink *diag.Sink) Result {
	c := newChecker(opts, sink)
	c.load(file)
	c.include()
	for _, tree := range c.trees {
		c.collect(tree)
	}
	for _, tree := range c.trees {
		c.table(tree.Root(), schema.Root)
	}
	c.cycles()
	sink.Sort()
	return c.result()
}

// A checker is one run. The maps are what keys of one table need to know about
// other tables and files.
type checker struct {
	opts  Options
	sink  *diag.Sink
	trees []*toml.Tree // the given file first

	units     map[string]unit
	services  []string // in file order, for the cycles
	notifiers map[string]toml.Node
	// inherited are the names of the variables in [defaults], by key.
	inherited map[string]map[string]bool
	shutdown  time.Duration
	zones     map[string]bool // whether a time zone exists

	// manyUnits and manyNotifiers are set where there may be more units or
	// notifiers than could be read, so that an unknown name may exist.
	manyUnits, manyNotifiers bool
}

// A unit is a task or service.
type unit struct {
	node    toml.Node
	service bool
}

func newChecker(opts Options, sink *diag.Sink) *checker {
	if opts.LookupEnv == nil {
		opts.LookupEnv = func(string) (string, bool) { return "", false }
	}
	if opts.ReadFile == nil {
		opts.ReadFile = func(string) ([]byte, error) { return nil, errNoFiles }
	}
	if opts.Glob == nil {
		opts.Glob = func(string) ([]string, error) { return nil, nil }
	}
	return &checker{
		opts:      opts,
		sink:      sink,
		units:     make(map[string]unit),
		notifiers: make(map[string]toml.Node),
		inherited: make(map[string]map[string]bool),
		shutdown:  schema.DefaultShutdownTimeout,
		zones:     make(map[string]bool),
	}
}

func (c *checker) result() Result {
	var r Result
	for _, tree := range c.trees {
		r.Files = append(r.Files, tree.File())
		r.Tasks += tableLen(tree, "tasks")
		r.Services += tableLen(tree, "services")
	}
	return r
}

// tableLen returns the number of entries of a top-level table.
func tableLen(tree *toml.Tree, name string) int {
	n := tree.Root().Child(name)
	if n.Kind() != toml.Table {
		return 0
	}
	return n.Len()
}

// load parses a file and reports where it is not TOML.
func (c *checker) load(file *source.File) {
	tree := toml.Parse(file)
	c.trees = append(c.trees, tree)
	if tree.Broken() {
		c.manyUnits, c.manyNotifiers = true, true
	}
	for _, e := range tree.Errors() {
		if !e.First.IsValid() {
			c.sink.Add(diag.Diagnostic{Code: diag.SyntaxError, Span: e.Span, Message: e.Message})
			continue
		}
		d := c.report(diag.DuplicateKey, e.Span, e.Node.Path(), "%s", e.Message)
		d.Related = definedAt(e.First)
	}
}

// definedAt is the second place of a diagnostic about something that is there
// twice.
func definedAt(at source.Span) []diag.Related {
	return []diag.Related{{Span: at, Message: "first defined here"}}
}

// report adds a diagnostic about the key with the given path.
func (c *checker) report(code diag.Code, at source.Span, key, format string, args ...any) *diag.Diagnostic {
	return c.sink.Add(diag.Diagnostic{
		Code:    code,
		Span:    at,
		Subject: diag.Subject{Section: key},
		Message: fmt.Sprintf(format, args...),
	})
}

// badKey adds a diagnostic about the key of n.
func (c *checker) badKey(n toml.Node, code diag.Code, format string, args ...any) *diag.Diagnostic {
	return c.report(code, n.KeySpan(), keyPath(n), format, args...)
}

// badValue adds a diagnostic about the value of n, which it may quote.
func (c *checker) badValue(n toml.Node, code diag.Code, format string, args ...any) *diag.Diagnostic {
	d := c.report(code, n.Span(), keyPath(n), format, args...)
	d.Outside = c.filledIn(n)
	return d
}

// keyPath returns the path of the key that n is the value of, or is a part of
// the value of: the entries of an array have no key of their own.
func keyPath(n toml.Node) string {
	if n.Kind() != toml.Table && n.Parent().Kind() == toml.Array {
		return n.Parent().Path()
	}
	return n.Path()
}
