package parser

import (
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// Parse reads a file. It never fails: a line that supervisord refuses becomes
// a BadNode and a diagnostic, and reading goes on with the next line.
func Parse(file *source.File, sink *diag.Sink) *Tree {
	p := parser{tree: &Tree{File: file}, sink: sink, option: -1}
	s := lexer.NewScanner(file, sink)
	for tokens := s.Line(); len(tokens) > 0; tokens = s.Line() {
		p.line(sortTokens(tokens))
	}
	p.closeSection()
	return p.tree
}

type parser struct {
	tree   *Tree
	sink   *diag.Sink
	option int  // the node whose value may go on, or -1
	lost   bool // a line before the first header was reported
}

// A line is the tokens of one line, by what they are.
type line struct {
	kind    lexer.Kind // Name, Key, Continuation, Bad, or Space for a line without content
	bytes   Range      // the whole line
	text    Range      // the token of that kind
	value   Range
	junk    Range
	comment Range
}

func sortTokens(tokens []lexer.Token) line {
	l := line{bytes: Range{tokens[0].Start, tokens[len(tokens)-1].End}}
	for _, tok := range tokens {
		r := Range{tok.Start, tok.End}
		switch tok.Kind {
		case lexer.Name, lexer.Key, lexer.Continuation, lexer.Bad:
			l.kind, l.text = tok.Kind, r
		case lexer.Value:
			l.value = r
		case lexer.Junk:
			l.junk = r
		case lexer.Comment:
			l.comment = r
		}
	}
	return l
}

func (p *parser) line(l line) {
	switch l.kind {
	case lexer.Name:
		p.header(l)
	case lexer.Key:
		p.key(l)
	case lexer.Continuation:
		p.continuation(l)
	case lexer.Bad:
		p.bad(l)
	default:
		p.filler(l)
	}
}

// closeSection ends the section, or the prelude, that is being read.
func (p *parser) closeSection() {
	end := int32(len(p.tree.nodes))
	if n := len(p.tree.Sections); n > 0 {
		p.tree.Sections[n-1].last = end
	} else {
		p.tree.prelude = end
	}
}

func (p *parser) header(l line) {
	p.closeSection()
	first := int32(len(p.tree.nodes))
	p.tree.Sections = append(p.tree.Sections, Section{
		Header: l.bytes, Name: l.text, Junk: l.junk, first: first, last: first,
	})
	p.option = -1
}

func (p *parser) key(l line) {
	first := int32(len(p.tree.lines))
	p.tree.lines = append(p.tree.lines, ValueLine{Text: l.value, Comment: l.comment})
	p.option = len(p.tree.nodes)
	p.add(Node{Kind: OptionNode, Lines: l.bytes, Text: l.text, first: first, last: first + 1})
}

// continuation adds a line to the open option. What came since the option's
// last line, blank lines, comments and bad lines, turns out to be inside it.
func (p *parser) continuation(l line) {
	between := p.tree.nodes[p.option+1:]
	for _, n := range between {
		v := ValueLine{Text: Range{n.Text.Start, n.Text.Start}}
		switch n.Kind {
		case BlankNode:
			v.Kind = EmptyLine
		case CommentNode:
			v.Kind, v.Comment = SkippedLine, n.Text
		default:
			v.Kind = SkippedLine
		}
		p.tree.lines = append(p.tree.lines, v)
	}
	p.tree.lines = append(p.tree.lines, ValueLine{Text: l.text, Comment: l.comment})
	p.tree.nodes = p.tree.nodes[:p.option+1]
	option := &p.tree.nodes[p.option]
	option.Lines.End = l.bytes.End
	option.last = int32(len(p.tree.lines))
}

// filler adds a line without content.
func (p *parser) filler(l line) {
	if l.comment.Empty() {
		p.add(Node{Kind: BlankNode, Lines: l.bytes, Text: Range{l.bytes.Start, l.bytes.Start}})
		return
	}
	p.add(Node{Kind: CommentNode, Lines: l.bytes, Text: l.comment})
}

// bad reports a line that supervisord refuses. What stands before the first
// header is reported once: it has one cause.
func (p *parser) bad(l line) {
	p.add(Node{Kind: BadNode, Lines: l.bytes, Text: l.text})
	span := p.tree.Span(l.text)
	switch text := span.Text(); {
	case len(p.tree.Sections) == 0:
		if !p.lost {
			p.sink.Add(diag.Diagnostic{
				Code:    diag.MissingSection,
				Span:    span,
				Message: "line before the first [section] header" + unclosed(text),
				Hint:    "Put a header such as [program:NAME] above it.",
			})
		}
		p.lost = true
	case text[0] == '=' || text[0] == ':':
		p.option = -1
		p.sink.Add(diag.Diagnostic{
			Code:    diag.MissingKey,
			Span:    span,
			Message: "line has no key before its delimiter",
			Hint:    "Write it as key=value, or make it a comment with a leading semicolon.",
		})
	default:
		p.sink.Add(diag.Diagnostic{
			Code:    diag.MissingDelimiter,
			Span:    span,
			Message: "line is neither a [section] header nor key=value" + unclosed(text),
			Hint:    "Indent it deeper to continue the value above, or make it a comment with a leading semicolon.",
		})
	}
}

// unclosed adds to a message what most likely went wrong.
func unclosed(text string) string {
	if strings.HasPrefix(text, "[") && !strings.Contains(text, "]") {
		return ": its bracket is not closed"
	}
	return ""
}

func (p *parser) add(n Node) { p.tree.nodes = append(p.tree.nodes, n) }
