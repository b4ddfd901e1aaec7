package validate

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// kinds are the kinds of values that the types ask for.
var kinds = [...]toml.Kind{
	schema.Bool:      toml.Boolean,
	schema.Int:       toml.Integer,
	schema.String:    toml.String,
	schema.Ints:      toml.Array,
	schema.Strings:   toml.Array,
	schema.StringMap: toml.Table,
	schema.Sub:       toml.Table,
	schema.Named:     toml.Table,
	schema.List:      toml.Array,
	schema.Opaque:    toml.Array,
}

// value checks the value of a key.
func (c *checker) value(n toml.Node, key *schema.Key) {
	if !c.kind(n, kinds[key.Type], key.Type.String()) {
		return
	}
	switch key.Type {
	case schema.Int:
		c.integer(n, key)
	case schema.String:
		c.text(n, key)
	case schema.Ints, schema.Strings:
		c.array(n, key)
	case schema.StringMap:
		c.stringMap(n, key)
	case schema.Sub:
		c.table(n, key.Table)
	case schema.Named:
		c.named(n, key)
	case schema.List:
		c.list(n, key)
	case schema.Opaque:
		c.opaque(n)
	}
}

// kind reports a value of the wrong kind, and whether n is of the right one. A
// value that could not be read has been reported before.
func (c *checker) kind(n toml.Node, want toml.Kind, what string) bool {
	got := n.Kind()
	if got != want && got != toml.Bad {
		c.badValue(n, diag.WrongType, "expected %s, got %s", what, got)
	}
	return got == want
}

func (c *checker) integer(n toml.Node, key *schema.Key) {
	value := n.Int()
	if !key.Bounded || key.Min <= value && value <= key.Max {
		return
	}
	if value == 0 && key.Type == schema.Int {
		return // zero is the same as no value
	}
	c.badValue(n, diag.NumberRange, "%d is out of range, expected %d to %d", value, key.Min, key.Max)
}

// text checks a string, or a string of an array.
func (c *checker) text(n toml.Node, key *schema.Key) {
	text, ok := n.Text().String(), true
	if key.Format != schema.Script {
		text, ok = c.expand(n)
	}
	switch {
	case !ok:
	case key.Required && strings.TrimSpace(text) == "":
		if !c.has(n.Parent(), key.Unless, true) {
			c.badValue(n, diag.BlankValue, "%q is blank", key.Name)
		}
	case len(key.Enum) > 0 && key.Format == schema.Plain:
		c.word(n, key, text)
	default:
		c.format(n, key, text)
	}
}

// word checks a string that is one of a few.
func (c *checker) word(n toml.Node, key *schema.Key, text string) {
	if slices.Contains(key.Enum, text) {
		return
	}
	if r := key.Refusal(text); r != nil {
		c.badValue(n, diag.MisplacedValue, "%q %s", text, r.Why).Hint = r.Do
		return
	}
	c.badValue(n, diag.UnknownWord, "expected %s, got %q", quoted(key.Enum), text)
}

// array checks an array of integers or strings.
func (c *checker) array(n toml.Node, key *schema.Key) {
	switch length := n.Len(); {
	case length < key.MinItems:
		c.badValue(n, diag.ListLength, "expected at least %d entry, got %d", key.MinItems, length)
	case key.MaxItems > 0 && length > key.MaxItems:
		c.badValue(n, diag.ListLength, "expected at most %d entries, got %d", key.MaxItems, length)
	}
	for e := range n.Children() {
		switch {
		case key.Type == schema.Ints && c.kind(e, toml.Integer, "integer"):
			c.integer(e, key)
		case key.Type == schema.Strings && c.kind(e, toml.String, "string"):
			c.text(e, key)
		}
	}
}

// named checks a table of tables.
func (c *checker) named(n toml.Node, key *schema.Key) {
	for e := range n.Children() {
		if e.Kind() != toml.Table && key.Table.Key(e.Name()) != nil {
			c.badKey(e, diag.MisplacedKey, "%q belongs in %s", e.Name(), key.Table.Header())
			continue
		}
		if key.Format == schema.UnitName {
			c.unitName(e)
		}
		if c.kind(e, toml.Table, "table") {
			c.table(e, key.Table)
			c.stopWindow(e)
		}
	}
}

// unitName checks the name of a task or service.
func (c *checker) unitName(n toml.Node) {
	name := n.Name()
	switch {
	case schema.ValidName(name):
	case strings.TrimSpace(name) == "":
		c.badKey(n, diag.BadName, "name is blank")
	case len(name) > schema.MaxNameLen:
		c.badKey(n, diag.BadName, "name has %d bytes, expected at most %d", len(name), schema.MaxNameLen)
	default:
		c.badKey(n, diag.BadName, "name %q holds more than letters, digits, dots, underscores and hyphens", name)
	}
}

// list checks an array of tables.
func (c *checker) list(n toml.Node, key *schema.Key) {
	for e := range n.Children() {
		if c.kind(e, toml.Table, "table") {
			c.table(e, key.Table)
		}
	}
}

// opaque checks an array of tables whose contents are free. Its strings are
// substituted all the same.
func (c *checker) opaque(n toml.Node) {
	for e := range n.Children() {
		c.kind(e, toml.Table, "table")
	}
	for d := range n.Descendants() {
		if d.Kind() == toml.String {
			c.expand(d)
		}
	}
}

// stringMap checks a table of strings.
func (c *checker) stringMap(n toml.Node, key *schema.Key) {
	for e := range n.Children() {
		if key.Format == schema.EnvName {
			c.variable(e)
			continue
		}
		if c.kind(e, toml.String, "string") {
			c.expand(e)
		}
	}
	if key.Format == schema.EnvName {
		c.variables(n, key)
	}
}
