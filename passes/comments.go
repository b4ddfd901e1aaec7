package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
)

// commentsAtHeader returns the comment block directly above header i, and the
// comment behind it.
func (s *state) commentsAtHeader(t *parser.Tree, i int) []ir.Comment {
	before := t.Prelude()
	if i > 0 {
		before = t.Nodes(&t.Sections[i-1])
	}
	out := s.commentsAbove(t, before)
	if c, ok := commentBehindHeader(t, &t.Sections[i]); ok {
		out = append(out, c)
	}
	return out
}

// commentBehindHeader returns the prose behind a header on its line.
func commentBehindHeader(t *parser.Tree, sec *parser.Section) (ir.Comment, bool) {
	start := max(sec.Name.End+int32(len("]")), sec.Junk.End)
	rest := t.File.Content[start:sec.Header.End]
	if len(rest) < len(" ;x") { // a line end, as nearly always
		return ir.Comment{}, false
	}
	comment := lexer.Trim(rest)
	start += int32(strings.Index(rest, comment))
	return prose(t.File.Span(start, start+int32(len(comment))))
}

// commentsAbove returns the prose of the comment lines that end the nodes,
// with no other line between.
func (s *state) commentsAbove(t *parser.Tree, nodes []parser.Node) []ir.Comment {
	first := len(nodes)
	for first > 0 && nodes[first-1].Kind == parser.CommentNode {
		first--
	}
	if first == len(nodes) {
		return nil
	}
	out := s.arena.comments.take(len(nodes) - first)[:0]
	for _, n := range nodes[first:] {
		if c, ok := prose(t.Span(n.Text)); ok {
			out = append(out, c)
		}
	}
	return out
}

// commentBehind returns the prose behind the value on the line of the key.
func (s *state) commentBehind(t *parser.Tree, line parser.ValueLine) *ir.Comment {
	c, ok := lineComment(t, line)
	if !ok {
		return nil
	}
	out := s.arena.comments.one()
	*out = c
	return out
}

// commentsInside returns the prose on the further lines of a value.
func commentsInside(t *parser.Tree, lines []parser.ValueLine) []ir.Comment {
	var out []ir.Comment
	for _, line := range lines {
		if c, ok := lineComment(t, line); ok {
			out = append(out, c)
		}
	}
	return out
}

func lineComment(t *parser.Tree, line parser.ValueLine) (ir.Comment, bool) {
	if line.Comment.Empty() {
		return ir.Comment{}, false
	}
	return prose(t.Span(line.Comment))
}

// prose returns the text of a comment without its signs. A comment that is a
// disabled option or section is no prose, and neither is an empty one.
func prose(span source.Span) (ir.Comment, bool) {
	text := lexer.Trim(strings.TrimLeft(span.Text(), ";#"))
	if text == "" || isDisabledCode(text) {
		return ir.Comment{}, false
	}
	return ir.Comment{Text: text, Span: span}, true
}

// isDisabledCode reports whether a comment's text is a header, or a key of
// letters, digits and underscores with an equals sign.
func isDisabledCode(text string) bool {
	if strings.HasPrefix(text, "[") && strings.Contains(text, "]") {
		return true
	}
	key, _, ok := strings.Cut(text, "=")
	key = lexer.Trim(key)
	return ok && key != "" && strings.IndexFunc(key, notInKey) < 0
}

func notInKey(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_')
}
