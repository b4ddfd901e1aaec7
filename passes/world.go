package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/passes/percent"
)

// A world is what supervisord fills in that no program decides, so far as it is
// known: the name of the host, and variables.
type world struct {
	node string
	// environ holds the variables.
	environ func(name string) (string, bool)
	// closed is set where environ holds all variables that there are.
	closed bool
}

func (w *world) isClosed() bool { return w != nil && w.closed }

// value fills in what does not depend on a program.
func (w *world) value(name string, sec *ir.Section) (percent.Value, bool) {
	if w == nil {
		return percent.Value{}, false
	}
	switch name {
	case "here":
		return percent.Value{Str: sec.Here}, sec.Here != ""
	case "host_node_name":
		return percent.Value{Str: w.node}, true
	}
	value, ok := w.environ(strings.TrimPrefix(name, envPrefix))
	return percent.Value{Str: value}, ok
}

// of returns what knows the names in a section that makes no process.
func (w *world) of(sec *ir.Section) valuer {
	return valueFunc(func(name string) (percent.Value, bool) { return w.value(name, sec) })
}

// overlay puts variables over those that are known so far.
func (w *world) overlay(pairs []ir.Pair) { w.environ = over(pairs, w.environ) }

// under returns a closed world that, behind the variables of w, knows others.
func (w *world) under(others func(string) (string, bool)) *world {
	return &world{node: w.node, closed: true, environ: func(name string) (string, bool) {
		if value, ok := w.environ(name); ok {
			return value, true
		}
		return others(name)
	}}
}

// lookup makes a function of an environment.
func lookup(environ map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := environ[name]
		return value, ok
	}
}

// nothing is a lookup that knows no variable.
func nothing(string) (string, bool) { return "", false }

// over returns a lookup that knows the pairs and, behind them, what below
// knows. The value of a pair with holes is not known.
func over(pairs []ir.Pair, below func(string) (string, bool)) func(string) (string, bool) {
	index := indexPairs(pairs)
	return func(name string) (string, bool) {
		if p, ok := findPair(pairs, index, name); ok {
			return p.Value.String(), len(p.Holes) == 0
		}
		return below(name)
	}
}
