package validate

import (
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/validate/toml"
)

const filePrefix = "file:"

// expand returns the string n with its ${} filled in. It reports each that
// cannot be filled in, at its own place, and then returns false.
func (c *checker) expand(n toml.Node) (value string, ok bool) {
	value, _, ok = c.substitute(n, func(at source.Span, code diag.Code, format string, args ...any) {
		c.report(code, at, keyPath(n), format, args...)
	})
	return value, ok
}

// peek is expand for values that are looked at before, or besides, being
// checked: it reports nothing. A value that is no string, or is none, gives false.
func (c *checker) peek(n toml.Node) (value string, ok bool) {
	if n.Kind() != toml.String {
		return "", false
	}
	value, _, ok = c.substitute(n, unreported)
	return value, ok
}

// filledIn returns what is filled into the value of n: messages may quote it, and
// it does not stand in the file.
func (c *checker) filledIn(n toml.Node) []diag.Outside {
	if n.Kind() != toml.String {
		return nil
	}
	_, filled, _ := c.substitute(n, unreported)
	return filled
}

// A reporter takes down that a part of a string is wrong.
type reporter func(at source.Span, code diag.Code, format string, args ...any)

func unreported(source.Span, diag.Code, string, ...any) {}

// substitute fills in the ${} of a string, and returns what it filled in, which is
// not looked at again. A ${ without its brace is text.
func (c *checker) substitute(n toml.Node, report reporter) (value string, filled []diag.Outside, ok bool) {
	text := n.Text()
	s := text.String()
	if !strings.Contains(s, "${") {
		return s, nil, true
	}
	var b strings.Builder
	ok = true
	lastBrace := strings.LastIndexByte(s, '}')
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "$${"):
			b.WriteString("${")
			i += len("$${")
		case strings.HasPrefix(s[i:], "${") && i < lastBrace:
			end := i + strings.IndexByte(s[i:], '}')
			name := s[i+len("${") : end]
			part, found := c.lookup(n, name, text.SpanOf(i, end+1), report)
			if found {
				filled = append(filled, outside(name, part))
			}
			b.WriteString(part)
			ok = ok && found
			i = end + 1
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String(), filled, ok
}

// outside is what was filled in for the inside of a ${}. What comes from a file
// of its own is taken for a secret: that is what such files are for.
func outside(name, text string) diag.Outside {
	if strings.HasPrefix(name, filePrefix) {
		name = "secret"
	}
	return diag.Outside{Name: name, Text: text}
}

// lookup returns what stands for the inside of a ${}.
func (c *checker) lookup(n toml.Node, name string, at source.Span, report reporter) (value string, ok bool) {
	path, isFile := strings.CutPrefix(name, filePrefix)
	if !isFile {
		value, ok = c.opts.LookupEnv(name)
		if !ok {
			report(at, diag.UnsetVariable, "variable %q is not set", name)
		}
		return value, ok
	}
	content, err := c.opts.ReadFile(beside(n, path))
	if err != nil {
		report(at, diag.UnreadableFile, "file %q cannot be read: %v", path, err)
		return "", false
	}
	return strings.TrimSpace(string(content)), true
}
