package lexer

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/internal/seeds"
	"github.com/runwisp/runwisp/ir/source"
)

// A model reads a file as slowly and as plainly as can be, after Python's
// configparser and not after the scanner.
type model struct {
	text   string
	pos    int // what stands before has its token
	tokens []Token

	section, option bool
	level           int
}

var modelLine = regexp.MustCompile(`(?s)^(.*?)(\r\n|\n|\r|$)`)

func modelTokens(text string) []Token {
	m := model{text: text}
	if strings.HasPrefix(text, "\uFEFF") {
		m.take(BOM, 3)
	}
	for m.pos < len(text) {
		parts := modelLine.FindStringSubmatch(text[m.pos:])
		m.line(parts[1])
		m.take(Newline, len(parts[2]))
	}
	return m.tokens
}

// take makes a token of the next n bytes.
func (m *model) take(kind Kind, n int) {
	if n > 0 || kind == Value {
		m.tokens = append(m.tokens, Token{kind, int32(m.pos), int32(m.pos + n)})
	}
	m.pos += n
}

// space makes a token of the white space that the next n bytes start with, and
// returns how many bytes are left of them.
func (m *model) space(n int) int {
	text := m.text[m.pos : m.pos+n]
	rest := strings.TrimLeftFunc(text, IsSpace)
	m.take(Space, len(text)-len(rest))
	return len(rest)
}

func (m *model) line(line string) {
	cut := modelComment(line)
	content := Trim(line[:cut])
	lineEnd := m.pos + len(line)
	indent := utf8.RuneCountInString(line[:len(line)-len(strings.TrimLeftFunc(line, IsSpace))])
	m.space(cut)
	m.content(content, indent)
	m.space(lineEnd - (len(line) - cut) - m.pos)
	m.take(Comment, lineEnd-m.pos)
}

var (
	modelHeader = regexp.MustCompile(`(?s)^\[(.+)\](.*)$`)
	modelOption = regexp.MustCompile(`(?s)^([^=:]*)([=:])(.*)$`)
)

func (m *model) content(content string, indent int) {
	if content == "" {
		return
	}
	if m.option && indent > m.level {
		m.take(Continuation, len(content))
		return
	}
	m.level = indent
	if parts := modelHeader.FindStringSubmatch(content); parts != nil {
		m.section, m.option = true, false
		m.take(Open, 1)
		m.take(Name, len(parts[1]))
		m.take(Close, 1)
		m.take(Junk, m.space(len(parts[2])))
		return
	}
	parts := modelOption.FindStringSubmatch(content)
	if !m.section || parts == nil {
		m.take(Bad, len(content))
		return
	}
	key := strings.TrimRightFunc(parts[1], IsSpace)
	m.option = key != ""
	if key == "" {
		m.take(Bad, len(content))
		return
	}
	m.take(Key, len(key))
	m.space(len(parts[1]) - len(key))
	m.take(Delim, 1)
	m.take(Value, m.space(len(parts[3])))
}

// modelComment is what configparser does to find a comment, step by step.
func modelComment(line string) int {
	start := len(line)
	next := map[string]int{";": -1, "#": -1}
	for start == len(line) && len(next) > 0 {
		last := next
		next = map[string]int{}
		for prefix, index := range last {
			found := strings.Index(line[index+1:], prefix)
			if found < 0 {
				continue
			}
			index += 1 + found
			next[prefix] = index
			before, _ := utf8.DecodeLastRuneInString(line[:index])
			if index == 0 || IsSpace(before) {
				start = min(start, index)
			}
		}
	}
	indent := len(line) - len(strings.TrimLeftFunc(line, IsSpace))
	if strings.HasPrefix(line[indent:], ";") || strings.HasPrefix(line[indent:], "#") {
		start = indent
	}
	return start
}

// checkModel checks the tokens of a text, and those of each part of it that
// could be read on its own.
func checkModel(t *testing.T, text string) {
	t.Helper()
	f := source.NewFile("x.conf", text)
	want, got := modelTokens(text), lex(f, 0)
	if !slices.Equal(want, got) {
		t.Fatalf("tokens of %q differ (-model +scanner):\n%s", text, cmp.Diff(want, got))
	}
	for i, tok := range got {
		at := int(tok.Start)
		if tok.Kind != Open || at == 0 || text[at-1] != '\n' {
			continue
		}
		if !IsHeader(text[at:]) {
			t.Fatalf("%q has no header at %d", text, at)
		}
		if part := lex(f, at); !slices.Equal(got[i:], part) {
			t.Fatalf("tokens of %q from %d on differ (-all +part):\n%s", text, at, cmp.Diff(got[i:], part))
		}
	}
}

// modelPieces are what random texts are made of: all that means something to
// the scanner, white space of several kinds, and bytes that are not UTF-8.
var modelPieces = []string{
	"[", "]", "[a]", "\n[b]", "\n[c]", "=", ":", ";", "#", " ;", " #", "\t", " ", "  ", "\n", "\n", "\n ", "\r", "\r\n", "\v", "\x1c",
	"a", "key", "key=value\n", "\u00e9", "\u00a0", "\u2028", "\u0085", "\u200b", "\uFEFF", "\xff", "\x80", "\xe2\x80", "\xa0", "\x00",
}

func TestScannerIsTheModel(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		for range random.IntN(30) {
			b.WriteString(modelPieces[random.IntN(len(modelPieces))])
		}
		checkModel(t, b.String())
		checkModel(t, "[a]\n"+b.String())
	}
}

// TestScannerIsTheModelOnCases takes the files of the conformance suite as they
// stand, and with other line ends.
func TestScannerIsTheModelOnCases(t *testing.T) {
	for _, text := range seeds.Inputs(t, "..") {
		for _, lineEnd := range []string{"\n", "\r\n", "\r"} {
			checkModel(t, strings.ReplaceAll(text, "\n", lineEnd))
		}
	}
}

// TestLineEnd: from anywhere inside of a line it finds the end that the scanner
// found.
func TestLineEnd(t *testing.T) {
	const text = "[a]\nb=c\r\n\r\rd=e\n\r\n\n;f"
	f := source.NewFile("x.conf", text)
	s := NewPartScanner(f, 0, len(text))
	for line := s.Line(); len(line) > 0; line = s.Line() {
		last := line[len(line)-1]
		wantEnd, wantNext := int(last.End), int(last.End)
		if last.Kind == Newline {
			wantEnd = int(last.Start)
		}
		for from := int(line[0].Start); from <= wantEnd; from++ {
			if end, next := LineEnd(text, from); end != wantEnd || next != wantNext {
				t.Errorf("the line of byte %d ends at %d and %d, want %d and %d", from, end, next, wantEnd, wantNext)
			}
		}
	}
}

func TestIsHeader(t *testing.T) {
	for text, want := range map[string]bool{
		"[a]":       true,
		"[a]\nb=c":  true,
		"[a]b]\r\n": true,
		"[]":        false,
		"[a\n]":     false,
		"[a\r]\n":   false,
		"[a ;]":     false,
		" [a]":      false,
		"\u00a0[a]": false,
		"a=[b]":     false,
		";[a]":      false,
		"":          false,
	} {
		if got := IsHeader(text); got != want {
			t.Errorf("IsHeader(%q) is %v", text, got)
		}
	}
}

func TestScannerNeedsNoMemory(t *testing.T) {
	f := source.NewFile("x.conf", strings.Repeat("[a]\nkey = value ; comment\n  more\n\n", 100))
	allocs := testing.AllocsPerRun(10, func() {
		s := NewPartScanner(f, 0, len(f.Content))
		for line := s.Line(); len(line) > 0; line = s.Line() {
		}
	})
	if allocs > 1 { // the scanner itself
		t.Errorf("%v allocations", allocs)
	}
}
