package diag

import (
	"fmt"
	"slices"
	"sync"

	"github.com/runwisp/runwisp/internal/keytable"
)

// A Code names a rule in kebab case: "unresolved-expansion". Codes are never
// renamed or used again for something else.
type Code string

// An Input is a format that is read.
type Input uint8

// The formats.
const (
	Supervisord Input = iota // a supervisord.conf, for the importer
	RunWisp                  // a runwisp.toml, for the validator
)

// A Rule is everything that is known about one code. The registry is the only
// place where it is written down: the command's explanations, the docs and
// the tests are made from it.
type Rule struct {
	Code     Code
	Severity Severity
	// TODO is set where the output needs a human at the place of the
	// finding; it is then written as a "# TODO" comment.
	TODO bool
	// Verbose is set for notes that are shown only on request.
	Verbose bool
	// Title says in a few words what was found.
	Title string
	// Explanation says what it means, why RunWisp differs, and what to do.
	Explanation string
	// Input is the format of the files that the code is raised for.
	Input Input
	// Example is a small configuration that raises the code in its Scene, or
	// "" where it takes a large one; see ExampleText.
	Example string
	// Scene is what has to be around the example.
	Scene Scene

	long  func() string // makes an example that is too long to be written down
	index int           // in the registry
}

// ExampleText returns the example of the rule, however long it is.
func (r *Rule) ExampleText() string {
	if r.long != nil {
		return r.long()
	}
	return r.Example
}

// A registry holds all rules. It is made for the first finding.
type registry struct {
	rules  []Rule
	byCode keytable.Table[*Rule]
}

var all = sync.OnceValue(func() *registry {
	r := &registry{rules: slices.Concat(importRules, validateRules)}
	for i := range r.rules {
		r.rules[i].index = i
		r.byCode.Add(string(r.rules[i].Code), &r.rules[i])
	}
	return r
})

// Rules returns every rule, in the order in which they are documented. The
// slice must not be changed.
func Rules() []Rule { return all().rules }

// Lookup returns the rule of a code, and whether there is one.
func Lookup(code Code) (*Rule, bool) { return all().byCode.Get(string(code)) }

// Rule returns the rule of c. Every code in the source of this program has
// one; an unknown code is a programming error and panics.
func (c Code) Rule() *Rule {
	r, ok := Lookup(c)
	if !ok {
		panic(fmt.Sprintf("diag: no rule for code %q", string(c)))
	}
	return r
}
