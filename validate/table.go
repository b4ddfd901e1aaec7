package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/guess"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// table checks everything in a table.
func (c *checker) table(n toml.Node, t *schema.Table) {
	variant := c.variant(n, t)
	for k := range n.Children() {
		c.entry(k, t, variant)
	}
	if n.Damaged() {
		return // what is missing may stand where reading failed
	}
	for _, part := range []*schema.Table{t, variant} {
		if part != nil {
			c.required(n, part)
			c.relations(n, part)
		}
	}
}

// variant returns the table of the further keys that n may hold, or nil.
func (c *checker) variant(n toml.Node, t *schema.Table) *schema.Table {
	value, _ := c.peek(n.Child(t.VariantKey))
	return t.Variant(value)
}

// entry checks one key of a table with its value.
func (c *checker) entry(k toml.Node, t, variant *schema.Table) {
	name := k.Name()
	key := t.Key(name)
	if key == nil && variant != nil {
		key = variant.Key(name)
	}
	switch {
	case key != nil:
		c.value(k, key)
	case t.Others != nil && k.Kind() == toml.Table:
		c.table(k, t.Others)
		c.stopWindow(k)
	default:
		c.stranger(k, t, variant)
	}
}

// stranger reports a key that does not belong in t, and where it does belong.
func (c *checker) stranger(k toml.Node, t, variant *schema.Table) {
	name := k.Name()
	if r := t.Refusal(name); r != nil {
		c.refused(k, r)
		return
	}
	if types := t.VariantsWith(name); len(types) > 0 {
		if variant != nil {
			c.badKey(k, diag.MisplacedKey, "%q is for a %s of type %s", name, t.Path, quoted(types))
		}
		return // without a type that is known it may be in place
	}
	if homes := schema.Homes(name); len(homes) > 0 {
		c.badKey(k, diag.MisplacedKey, "%q belongs in %s", name, headers(homes))
		return
	}
	c.unknown(k, t, variant)
}

func (c *checker) refused(k toml.Node, r *schema.Refusal) {
	code := diag.MisplacedKey
	if r.Renamed != "" {
		code = diag.RenamedKey
	}
	d := c.badKey(k, code, "%q %s", k.Name(), r.Why)
	d.Hint, d.Fix = r.Do, rename(k, r.Renamed)
}

// rename returns the change of a key to a known one, or nil without one, or where
// the table has that too.
func rename(k toml.Node, name string) *diag.Fix {
	if name == "" || k.Parent().Child(name).Exists() {
		return nil
	}
	return &diag.Fix{Span: k.KeySpan(), Text: name} // no known key needs quotes
}

// unknown reports a key that is found nowhere.
func (c *checker) unknown(k toml.Node, t, variant *schema.Table) {
	code, what, where := diag.UnknownKey, "key", ""
	switch {
	case t != schema.Root:
		where = " in " + t.Header()
	case k.Kind() == toml.Table || k.Kind() == toml.Array:
		code, what = diag.UnknownTable, "table"
	}
	names := t.Names()
	if variant != nil {
		names = append(names, variant.Names()...)
	}
	near, refused := t.FromSupervisord(k.Name())
	if refused != nil {
		c.badKey(k, code, "unknown %s %q%s, %s", what, k.Name(), where, refused.Why).Hint = refused.Do
		return
	}
	near = cmp.Or(near, guess.Nearest(k.Name(), names))
	suggestion, hint := "", ""
	switch {
	case near != "":
		suggestion = fmt.Sprintf(", did you mean %q?", near)
	case (t == schema.Task || t == schema.Service) && strings.HasPrefix(k.Span().Text(), "["):
		unit := k.Parent()
		hint = fmt.Sprintf("If the dot is part of the name, write [%s.%q].", unit.Parent().Name(), unit.Name()+"."+k.Name())
	}
	d := c.badKey(k, code, "unknown %s %q%s%s", what, k.Name(), where, suggestion)
	d.Hint, d.Fix = hint, rename(k, near)
}

// required reports the keys that are missing in n.
func (c *checker) required(n toml.Node, t *schema.Table) {
	for i := range t.Keys {
		k := &t.Keys[i]
		if !k.Required || n.Child(k.Name).Exists() || c.has(n, k.Unless, true) {
			continue
		}
		message := fmt.Sprintf("key %q is missing", k.Name)
		if k.Unless.Key != "" {
			message += fmt.Sprintf(", expected it or %q", k.Unless)
		}
		c.report(diag.RequiredKey, n.Place(), n.Path()+"."+k.Name, "%s", message)
	}
}

// headers joins the headers of tables: "[tasks.NAME] or [services.NAME]".
func headers(tables []*schema.Table) string {
	var names []string
	for _, t := range tables {
		names = append(names, t.Header())
	}
	return say.Or(names)
}

// quoted joins words in quotes: `"a", "b" or "c"`.
func quoted(words []string) string {
	words = slices.Clone(words)
	for i, w := range words {
		words[i] = fmt.Sprintf("%q", w)
	}
	return say.Or(words)
}
