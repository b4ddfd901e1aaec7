package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
	"github.com/runwisp/runwisp/parser"
)

// suspectPass warns of text that supervisord reads otherwise than its author
// can have meant, and of text that other versions read otherwise.
func suspectPass(s *state) {
	seen := map[*parser.Tree]bool{}
	for _, r := range s.reads {
		if r.tree == nil || seen[r.tree] {
			continue
		}
		seen[r.tree] = true
		c := checker{sink: s.sink, tree: r.tree, main: r.main}
		for i := range r.tree.Sections {
			c.check(&r.tree.Sections[i])
		}
	}
}

// A checker looks at the text of sections.
type checker struct {
	sink *diag.Sink
	tree *parser.Tree
	main bool // the text is that of a main file
	// kind and section, its name, are those of the section at hand.
	kind    ir.SectionKind
	section string
}

func (c *checker) check(sec *parser.Section) {
	c.section = c.tree.Name(sec)
	c.kind = sectionKind(c.section)
	c.header(sec)
	nodes := c.tree.Nodes(sec)
	for k := range nodes {
		if nodes[k].Kind == parser.OptionNode {
			c.option(&nodes[k])
		}
	}
}

func (c *checker) warn(code diag.Code, span source.Span, message, hint string) {
	c.sink.Add(diag.Diagnostic{Code: code, Span: span, Subject: diag.Subject{Section: c.section}, Message: message, Hint: hint})
}

func (c *checker) header(sec *parser.Section) {
	junk := c.tree.Span(sec.Junk)
	if junk.Len() > 0 && junk.Text()[0] != ';' && junk.Text()[0] != '#' {
		c.warn(diag.DroppedAfterHeader, junk, fmt.Sprintf("%q behind the header is dropped", junk.Text()),
			"Put it on a line of its own, and behind a semicolon if it is a remark.")
	}
	if strings.Contains(c.section, "]") {
		c.warn(diag.VersionDependent, c.tree.Span(sec.Name),
			"header holds more than one ], and Python up to 3.9 ends the name at the first",
			"Remove the others.")
	}
	if !c.main && c.kind == ir.IncludeSection {
		c.warn(diag.NestedInclude, c.tree.Span(sec.Name), "[include] in an included file does nothing",
			"Name the files in the [include] of the main file.")
	}
}

func (c *checker) option(n *parser.Node) {
	if n.IsPlain() {
		return
	}
	key := c.tree.Span(n.Text)
	if strings.HasPrefix(key.Text(), "[") {
		c.warn(diag.HeaderAsKey, key, fmt.Sprintf("%q is read as an option of [%s], because its bracket is not closed", key.Text(), c.section),
			"Close the bracket if it is meant as a header.")
	}
	lines := c.tree.ValueLines(n)
	for i, line := range lines {
		if i > 0 && line.Kind == parser.TextLine {
			c.swallowed(n, lines[:i], line)
		}
		if c.kind != ir.UnknownSection && line.Kind == parser.TextLine {
			c.comment(line, n.Text.Start)
		}
	}
	if len(lines) < 2 {
		return
	}
	if _, known := fold(key.Text()); knownRows[known].quoted {
		c.openQuotes(lines)
	}
}

// openQuotes warns of comments behind lines of a value at whose end a quote is
// open that a later line closes.
func (c *checker) openQuotes(lines []parser.ValueLine) {
	quote := byte(0)
	var inside []source.Span
	for _, line := range lines {
		if line.Kind != parser.TextLine {
			continue
		}
		text, comment := c.tree.Span(line.Text).Text(), c.tree.Span(line.Comment)
		quote = quoting{quote: quote}.behind(text).quote
		if quote != 0 && !line.Comment.Empty() && !cutsQuote(text, comment.Text()) {
			inside = append(inside, comment)
		}
	}
	if quote != 0 {
		return // nor is it closed anywhere else
	}
	for _, comment := range inside {
		c.warnCut(comment)
	}
}

// swallowed warns of a continuation that looks like an option or a header. Before
// are the lines of the value above it.
func (c *checker) swallowed(n *parser.Node, before []parser.ValueLine, line parser.ValueLine) {
	span := c.tree.Span(line.Text)
	key := c.tree.Span(n.Text).Text()
	switch text := span.Text(); {
	case looksLikeHeader(text):
	case !c.looksLikeOption(text), foldKey(key) == "environment" && c.isPair(before, text):
		return
	}
	c.warn(diag.SwallowedLine, span,
		fmt.Sprintf("line is part of the value of %s, because it is indented deeper", foldKey(key)),
		"Indent it like the options around it if it is meant as one.")
}

// isPair reports whether a line of an environment is meant as one of its pairs,
// though its name is also that of an option: nobody writes options in capitals,
// or behind a comma.
func (c *checker) isPair(before []parser.ValueLine, text string) bool {
	name := text[:strings.IndexAny(text, "=:")]
	if name == strings.ToUpper(name) {
		return true
	}
	for _, line := range slices.Backward(before) {
		if line.Kind == parser.TextLine {
			return strings.HasSuffix(c.tree.Span(line.Text).Text(), ",")
		}
	}
	return false
}

// looksLikeHeader reports whether a text starts with a header that supervisord
// would look at.
func looksLikeHeader(text string) bool {
	name, header := strings.CutPrefix(text, "[")
	name, _, closed := strings.Cut(name, "]")
	return header && closed && sectionKind(name) != ir.UnknownSection
}

// looksLikeOption reports whether a text starts with a key that is known in
// the section, and a delimiter.
func (c *checker) looksLikeOption(text string) bool {
	i := strings.IndexAny(text, "=:")
	if i < 0 {
		return false
	}
	key := foldKey(lexer.Trim(text[:i]))
	if c.kind == ir.DaemonSection {
		return daemonRow(key) != nil
	}
	return c.kind.MakesProcesses() && programRow(c.kind, key) != nil
}

// comment warns where a comment cuts a quoted string, or where Python 3.13
// would cut elsewhere. The option starts at an offset.
func (c *checker) comment(line parser.ValueLine, option int32) {
	whole, start := c.lineOf(line, option)
	if strings.IndexByte(whole, ';') < 0 && strings.IndexByte(whole, '#') < 0 {
		return
	}
	if later := start + int32(lexer.LeftmostComment(whole)); later < line.Text.End {
		c.warn(diag.VersionDependent, c.tree.File.Span(later, later+1),
			"comment starts here from Python 3.13 on, and further right before",
			"Leave no blank before a semicolon or hash that is part of the value.")
	}
	if line.Comment.Empty() {
		return
	}
	if comment := c.tree.Span(line.Comment); cutsQuote(c.tree.Span(line.Text).Text(), comment.Text()) {
		c.warnCut(comment)
	}
}

// cutsQuote reports whether a comment holds the other one of a pair of quotes.
func cutsQuote(text, comment string) bool {
	return slices.ContainsFunc([]string{`"`, "'"}, func(quote string) bool {
		return strings.Count(text, quote)%2 == 1 && strings.Contains(comment, quote)
	})
}

func (c *checker) warnCut(comment source.Span) {
	c.warn(diag.CommentCutsQuote, comment, "comment starts inside quotes, which do not protect it, and cuts the value",
		"Leave no blank before the sign, or do without it.")
}

// lineOf returns the source line that holds a line of a value of an option, from
// its start or at least from that of the option.
func (c *checker) lineOf(line parser.ValueLine, option int32) (text string, start int32) {
	content := c.tree.File.Content
	from, to := line.Text.Start, max(line.Text.End, line.Comment.End)
	for from > option && content[from-1] != '\n' && content[from-1] != '\r' {
		from--
	}
	return content[from:to], from
}
