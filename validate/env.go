package validate

import (
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// variable checks one variable of an environment.
func (c *checker) variable(n toml.Node) {
	if name := n.Name(); !schema.ValidEnvName(name) {
		c.badKey(n, diag.BadVariable, "variable %q holds more than letters, digits and underscores, or starts with a digit", name)
	}
	if !c.kind(n, toml.String, "string") {
		return
	}
	value, ok := c.expand(n)
	switch {
	case !ok:
	case len(value) > schema.MaxEnvValue:
		c.badValue(n, diag.LongVariable, "value has %d bytes, expected at most %d", len(value), schema.MaxEnvValue)
	case strings.Contains(value, "\x00"):
		c.badValue(n, diag.NulInVariable, "value holds a NUL character")
	}
}

// variables checks the size of an environment, with what it inherits.
func (c *checker) variables(n toml.Node, key *schema.Key) {
	inherited := c.inherited[key.Name]
	if len(inherited) > key.MaxItems || n.Parent().Path() == "defaults" {
		inherited = nil // [defaults] is counted on its own
	}
	count := n.Len()
	if count+len(inherited) <= key.MaxItems {
		return
	}
	for name := range inherited {
		if !n.Child(name).Exists() {
			count++
		}
	}
	if count > key.MaxItems {
		c.report(diag.TooManyVariables, n.Place(), n.Path(), "expected at most %d variables together with [defaults], got %d", key.MaxItems, count)
	}
}
