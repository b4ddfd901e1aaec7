package parser

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// A partReader reads one part of a file: all of it, or what stands from one
// header up to another.
type partReader struct {
	part
	content  string // of the file
	index    int32  // of the part in the tree
	sections []Section
	prelude  int32   // nodes before the first header
	allNames []byte  // those of the sections, to be part.names
	bad      []Range // the content of the lines that supervisord refuses
	valid    bool    // the part is UTF-8

	option int // the node of the last option; the lexer knows whether it goes on
}

// readPart reads the part [start, end) of a file. Its nodes are put into room,
// its sections into the given slice, which must be empty.
func readPart(file *source.File, index, start, end int, room *nodeRoom, sections []Section) partReader {
	text := file.Content[start:end]
	lines := strings.Count(text, "\n") + 1 // more with lone CRs, which nobody writes
	r := partReader{
		part:     part{start: int32(start), nodes: room.take(lines)},
		content:  file.Content,
		index:    int32(index),
		sections: slices.Grow(sections, 1+lines/8), // shorter ones are rare
		allNames: slices.Grow(room.names[:0], lines),
		valid:    utf8.ValidString(text),
	}
	s := lexer.NewPartScanner(file, start, end)
	for tokens := s.Line(); len(tokens) > 0; tokens = s.Line() {
		r.line(tokens, s.HasSigns())
	}
	r.closeSection()
	r.nodes = room.keep(r.nodes)
	r.names, room.names = string(r.allNames), r.allNames
	return r
}

// line adds a line. Its first token that is no white space says what it is.
func (r *partReader) line(tokens []lexer.Token, signs bool) {
	start, end := tokens[0].Start, tokens[len(tokens)-1].End
	for len(tokens) > 1 && (tokens[0].Kind == lexer.Space || tokens[0].Kind == lexer.BOM) {
		tokens = tokens[1:]
	}
	text := Range{tokens[0].Start, tokens[0].End}
	switch tokens[0].Kind {
	case lexer.Open:
		r.header(Range{start, end}, tokens)
	case lexer.Key:
		r.option = len(r.nodes)
		n := r.add(OptionNode, text)
		n.notable = signs || r.content[text.Start] == '['
		n.value = find(tokens, lexer.Value)
	case lexer.Continuation:
		r.continuation(ValueLine{Text: text, Comment: find(tokens, lexer.Comment)})
	case lexer.Bad:
		r.add(BadNode, text)
		r.bad = append(r.bad, text)
	case lexer.Comment:
		r.add(CommentNode, text)
	default:
		r.add(BlankNode, Range{start, start})
	}
}

// find returns the token of a kind, or an empty range.
func find(tokens []lexer.Token, kind lexer.Kind) Range {
	for _, tok := range tokens {
		if tok.Kind == kind {
			return Range{tok.Start, tok.End}
		}
	}
	return Range{}
}

// closeSection ends the section, or the prelude, that is being read.
func (r *partReader) closeSection() {
	end := int32(len(r.nodes))
	if n := len(r.sections); n > 0 {
		r.sections[n-1].last = end
	} else {
		r.prelude = end
	}
}

func (r *partReader) header(line Range, tokens []lexer.Token) {
	r.closeSection()
	first, name := int32(len(r.nodes)), find(tokens, lexer.Name)
	r.sections = append(r.sections, Section{
		Header: line, Name: name, Junk: find(tokens, lexer.Junk),
		part: r.index, first: first, last: first, name: int32(len(r.allNames)),
	})
	r.allNames = append(r.allNames, r.content[name.Start:name.End]...)
}

// continuation adds a line to the option at hand. What came since the option's
// last line, blank lines, comments and bad lines, turns out to be inside it.
func (r *partReader) continuation(line ValueLine) {
	option := &r.nodes[r.option]
	if !option.several {
		r.addLine(option.line(r.content))
		option.several = true
		option.value.Start = int32(len(r.lines)) - 1
	}
	for _, n := range r.nodes[r.option+1:] {
		r.addLine(insideLine(n))
	}
	r.addLine(line)
	r.nodes = r.nodes[:r.option+1]
	option.value.End = int32(len(r.lines))
}

// insideLine returns what a node becomes that turns out to be inside a value.
func insideLine(n Node) ValueLine {
	v := ValueLine{Kind: SkippedLine, Text: Range{n.Text.Start, n.Text.Start}}
	switch n.Kind {
	case BlankNode:
		v.Kind = EmptyLine
	case CommentNode:
		v.Comment = n.Text
	}
	return v
}

func (r *partReader) add(kind NodeKind, text Range) *Node {
	r.nodes = append(r.nodes, Node{})
	n := &r.nodes[len(r.nodes)-1]
	n.Kind, n.Text = kind, text
	return n
}

// addLine appends a value line. Where they are many the slice doubles, while
// append alone would add a quarter at a time and leave much garbage.
func (r *partReader) addLine(v ValueLine) {
	if len(r.lines) == cap(r.lines) {
		r.lines = slices.Grow(r.lines, max(len(r.lines), 16))
	}
	r.lines = append(r.lines, v)
}
