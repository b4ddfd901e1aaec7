package diag

import (
	"fmt"
	"slices"
)

// A Code names a rule in kebab case: "unresolved-expansion". Codes are never
// renamed or used again for something else.
type Code string

// An Input says in which of the two formats an example is written.
type Input uint8

// The formats of examples.
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
	// Input is the format of Example.
	Input Input
	// Example is a small configuration that raises the code in its Scene.
	Example string
	// Scene is what has to be around the example.
	Scene Scene

	index int // in the registry
}

// rules is the registry.
var rules = slices.Concat(importRules, validateRules)

// byCode finds rules by their code.
var byCode = func() map[Code]*Rule {
	index := make(map[Code]*Rule, len(rules))
	for i := range rules {
		rules[i].index = i
		index[rules[i].Code] = &rules[i]
	}
	return index
}()

// Rules returns every rule, in the order in which they are documented. The
// slice must not be changed.
func Rules() []Rule { return rules }

// Lookup returns the rule of a code, and whether there is one.
func Lookup(code Code) (*Rule, bool) {
	r, ok := byCode[code]
	return r, ok
}

// Rule returns the rule of c. Every code in the source of this program has
// one; an unknown code is a programming error and panics.
func (c Code) Rule() *Rule {
	r, ok := byCode[c]
	if !ok {
		panic(fmt.Sprintf("diag: no rule for code %q", string(c)))
	}
	return r
}
