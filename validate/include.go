package validate

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

var (
	errNoFiles  = errors.New("no file can be read here")
	errTooLarge = errors.New("file is larger than 2 GiB")
)

// include loads the files that the given one includes, each of them once. The
// patterns themselves are checked like any other value.
func (c *checker) include() {
	root := c.trees[0]
	patterns := includeKey(root)
	if patterns.Kind() != toml.Array {
		return
	}
	seen := map[string]bool{filepath.Clean(root.File().Name): true}
	for n := range patterns.Children() {
		for _, name := range c.matches(n) {
			if clean := filepath.Clean(name); !seen[clean] {
				seen[clean] = true
				c.includeFile(n, name)
			}
		}
	}
	for _, tree := range c.trees[1:] {
		if n := includeKey(tree); n.Exists() {
			c.badKey(n, diag.IncludeInInclude, "included file includes others, expected only %s to include", root.File().Name)
		}
	}
}

func includeKey(tree *toml.Tree) toml.Node {
	return tree.Root().Child("daemon").Child("include")
}

// matches returns the files that a pattern matches, sorted.
func (c *checker) matches(n toml.Node) []string {
	pattern, ok := c.peek(n)
	if !ok {
		return nil
	}
	names, err := c.opts.Glob(beside(n, pattern))
	if err != nil {
		return nil // a malformed pattern is reported with the value
	}
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

// includeFile loads a file that the pattern n matches.
func (c *checker) includeFile(n toml.Node, name string) {
	content, err := c.opts.ReadFile(name)
	if err == nil && len(content) > source.MaxSize {
		err = errTooLarge
	}
	if err != nil {
		c.manyUnits, c.manyNotifiers = true, true
		c.badValue(n, diag.UnreadableInclude, "%q cannot be included: %v", name, err)
		return
	}
	file := source.NewFile(name, string(content))
	file.Index = c.trees[0].File().Index + len(c.trees)
	c.load(file)
}

// beside resolves a path against the folder of the file that n stands in.
func beside(n toml.Node, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(n.Tree().File().Name), path)
}
