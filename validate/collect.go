package validate

import (
	"cmp"
	"math"
	"slices"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// collect takes down what keys of other tables and files refer to, and reports
// names that are given twice.
func (c *checker) collect(tree *toml.Tree) {
	root := tree.Root()
	for _, u := range unitsOf(root) {
		c.addUnit(u)
	}
	if notifiers := root.Child("notifier"); notifiers.Kind() == toml.Array {
		for n := range notifiers.Children() {
			c.addNotifier(n)
		}
	}
	// A compose file brings services under names that are not known here.
	if root.Child("compose").Exists() {
		c.manyUnits = true
	}
	for _, key := range []string{"env", "secrets"} {
		c.inherit(root.Child("defaults").Child(key), key)
	}
	c.setShutdown(root.Child("daemon").Child("shutdown_timeout"))
}

// unitsOf returns the tasks and services of a file in file order, in which the
// two kinds may take turns.
func unitsOf(root toml.Node) []unit {
	var units []unit
	for _, table := range []string{"tasks", "services"} {
		n := root.Child(table)
		if n.Kind() != toml.Table {
			continue
		}
		units = slices.Grow(units, n.Len())
		for u := range n.Children() {
			units = append(units, unit{u, table == "services"})
		}
	}
	slices.SortStableFunc(units, func(a, b unit) int {
		return cmp.Compare(a.node.KeySpan().Start, b.node.KeySpan().Start)
	})
	return units
}

func (c *checker) addUnit(u unit) {
	name := u.node.Name()
	before, ok := c.units[name]
	switch {
	case !ok:
		c.units[name] = u
		if u.service {
			c.services = append(c.services, name)
		}
	case before.service == u.service && before.node.Tree() == u.node.Tree():
		// The file is not TOML then, which has been said.
	default:
		d := c.badKey(u.node, diag.NameClash, "name %q is already that of a %s", name, before.what())
		d.Related = definedAt(before.node.KeySpan())
		d.Hint = "Rename one of the two: tasks and services share their names."
	}
}

func (u unit) what() string {
	if u.service {
		return "service"
	}
	return "task"
}

func (c *checker) addNotifier(n toml.Node) {
	id := n.Child("id")
	name, ok := c.peek(id)
	if !ok {
		c.manyNotifiers = true
		return
	}
	if before, ok := c.notifiers[name]; ok {
		d := c.badValue(id, diag.NotifierClash, "id %q is already that of another notifier", name)
		d.Related = definedAt(before.Span())
		return
	}
	c.notifiers[name] = id
}

// inherit takes down the variables of one key of [defaults].
func (c *checker) inherit(n toml.Node, key string) {
	if n.Kind() != toml.Table {
		return
	}
	if c.inherited[key] == nil {
		c.inherited[key] = make(map[string]bool, n.Len())
	}
	for v := range n.Children() {
		c.inherited[key][v.Name()] = true
	}
}

// setShutdown takes down how long the daemon waits. Where that cannot be told,
// no stop window counts as too long.
func (c *checker) setShutdown(n toml.Node) {
	if !n.Exists() {
		return
	}
	c.shutdown = math.MaxInt64
	text, ok := c.peek(n)
	if !ok {
		return
	}
	switch window, problem := parseDuration(text); {
	case problem == "" && window > 0:
		c.shutdown = window
	case problem == "":
		c.shutdown = schema.DefaultShutdownTimeout
	}
}
