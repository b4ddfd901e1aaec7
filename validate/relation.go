package validate

import (
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// relations reports the keys of n that lack another, or exclude one another.
func (c *checker) relations(n toml.Node, t *schema.Table) {
	for _, r := range t.Relations {
		if c.holds(n, t, r.Other, r.Kind == schema.Needs) == (r.Kind == schema.Needs) {
			continue
		}
		switch {
		case r.Key.Key == schema.OthersKey:
			c.noOthers(n, t, r.Other)
		case !c.holds(n, t, r.Key, false):
		case r.Kind == schema.Needs:
			c.badKey(n.Child(r.Key.Key), diag.NeedsKey, "%s needs %s", r.Key, r.Other)
		default:
			c.badKey(n.Child(r.Key.Key), diag.ConflictingKeys, "%s cannot stand together with %s", r.Key, r.Other)
		}
	}
}

// noOthers reports the tables of n that are there by their own names.
func (c *checker) noOthers(n toml.Node, t *schema.Table, with schema.Term) {
	for k := range n.Children() {
		if k.Kind() == toml.Table && t.Key(k.Name()) == nil {
			c.badKey(k, diag.ConflictingKeys, "overrides of %q cannot stand together with %s", k.Name(), with)
		}
	}
}

// holds is has for a table whose keys are known: a duration of zero is not set.
func (c *checker) holds(n toml.Node, t *schema.Table, term schema.Term, unsure bool) bool {
	key := t.Key(term.Key)
	if key != nil && key.Format == schema.Duration && c.isZero(n.Child(term.Key)) {
		return false
	}
	return c.has(n, term, unsure)
}

// has reports whether n has the key of a term, with its value if the term has
// one. Where that cannot be told it returns unsure, so that a value that is
// wrong in itself is not reported again. Nothing has a term without a key.
func (c *checker) has(n toml.Node, term schema.Term, unsure bool) bool {
	k := n.Child(term.Key)
	switch {
	case term.Key == "" || !k.Exists():
		return false
	case k.Kind() == toml.Bad:
		return unsure
	case term.Value != "":
		return c.is(k, term.Value, unsure)
	}
	return true
}

// is reports whether k has the given value.
func (c *checker) is(k toml.Node, value string, unsure bool) bool {
	if k.Kind() == toml.Boolean {
		return k.Span().Text() == value
	}
	if text, ok := c.peek(k); ok {
		return text == value
	}
	return unsure
}

// isZero reports whether k is a duration of zero, which is the same as unset.
func (c *checker) isZero(k toml.Node) bool {
	text, ok := c.peek(k)
	if !ok {
		return false
	}
	d, problem := parseDuration(text)
	return problem == "" && d == 0
}
