package passes

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir"
)

// The lexers of environment= once more, as regular expressions. holeLetter
// stands for a hole, which every lexer takes for a letter.
const (
	holeLetter  = "\uE000"
	legacyWords = `a-zA-Z0-9_/.+():\-` + holeLetter
	posixWords  = `À-ÖØ-öø-ÿ` + legacyWords
)

var (
	holeFormat  = regexp.MustCompile(`%\(x\)s`)
	envGap      = regexp.MustCompile(`^(?:[ \t\r\n]|#[^\n]*\n?)*`)
	envComment  = regexp.MustCompile(`#[^\n]*\n?`)
	legacyToken = regexp.MustCompile(`^(?s:'[^']*'|"[^"]*"|[` + legacyWords + `](?:[` + legacyWords + `'"]|#[^\n]*\n?)*|[^'"])`)
	posixPiece  = regexp.MustCompile(`^(?s:'[^']*'|"(?:\\["\\]|\\[^"\\]|[^"\\])*"|\\.|[` + posixWords + `])`)
	posixEscape = regexp.MustCompile(`\\(["\\])`)
)

// An envModel is what an environment is read to. Its pairs are names and
// values by turns.
type envModel struct {
	pairs  []string
	cut    bool // something was dropped without a word
	reason string
}

// modelEnvironment cuts a value into tokens and pairs them. Token returns the
// token at the start of a text, as written and as read, or "" where a quote is
// not closed.
func modelEnvironment(s string, token func(string) (raw, text string)) envModel {
	m := envModel{}
	var tokens []string
	for {
		gap := envGap.FindString(s)
		m.cut = m.cut || strings.Contains(gap, "#")
		if s = s[len(gap):]; s == "" {
			break
		}
		raw, text := token(s)
		if raw == "" {
			return envModel{reason: "no closing quotation"}
		}
		m.cut = m.cut || strings.Contains(raw, "#") && !strings.ContainsAny(raw[:1], `'"`)
		tokens = append(tokens, text)
		s = s[len(raw):]
	}
	for i, separator := range tokens {
		if i%4 == 3 {
			m.cut = m.cut || separator != "," && (separator != ";" || i+1 == len(tokens))
		}
	}
	m.pair(tokens)
	return m
}

// pair makes pairs of tokens: a name, "=", a value, and any one token.
func (m *envModel) pair(tokens []string) {
	for ; len(tokens) > 0; tokens = tokens[min(4, len(tokens)):] {
		if len(tokens) < 3 || tokens[1] != "=" {
			m.reason = "unexpected end of key/value pairs"
			return
		}
		m.set(tokens[0], tokens[2])
	}
}

// set gives a variable its value; one that has one keeps its place.
func (m *envModel) set(name, value string) {
	for i := 0; i < len(m.pairs); i += 2 {
		if m.pairs[i] == name {
			m.pairs[i+1] = value
			return
		}
	}
	m.pairs = append(m.pairs, name, value)
}

func modelLegacy(s string) envModel {
	m := modelEnvironment(s, func(s string) (raw, text string) {
		raw = legacyToken.FindString(s)
		if strings.HasPrefix(raw, "'") || strings.HasPrefix(raw, `"`) {
			return raw, raw
		}
		return raw, envComment.ReplaceAllString(raw, "")
	})
	for i := 1; i < len(m.pairs); i += 2 {
		m.pairs[i] = strings.Trim(m.pairs[i], `'"`)
	}
	return m
}

func modelPosix(s string) envModel {
	return modelEnvironment(s, func(s string) (raw, text string) {
		rest := s
		for {
			piece := posixPiece.FindString(rest)
			if piece == "" {
				break
			}
			rest = rest[len(piece):]
			text += posixText(piece)
		}
		switch raw = s[:len(s)-len(rest)]; {
		case rest != "" && strings.ContainsAny(rest[:1], `'"\`):
			return "", "" // a quote that is not closed, or nothing to escape
		case raw == "":
			char := []rune(s)[0]
			return string(char), string(char)
		}
		return raw, text
	})
}

// posixText returns what a piece of a word stands for.
func posixText(piece string) string {
	switch piece[0] {
	case '\'':
		return piece[1 : len(piece)-1]
	case '"':
		return posixEscape.ReplaceAllString(piece[1:len(piece)-1], "$1")
	case '\\':
		return piece[1:]
	}
	return piece
}

// FuzzEnvironment: an environment is read as by the model, by the rules of
// both lexers, and every name, value and hole knows its place.
func FuzzEnvironment(f *testing.F) {
	seedValues(f, func(key, value string) {
		if strings.HasSuffix(key, "environment") {
			f.Add(value)
		}
	})
	f.Add("A=#\n'x%(x)s'y,B=\"\\\"%(x)s\"#c\nd,A='')")
	f.Add("A=1;B=2|C=3;")
	f.Add("é=\\ü;b='=\"=\" c\td#=1")
	f.Fuzz(func(t *testing.T, value string) {
		if strings.Contains(value, holeLetter) || strings.ToValidUTF8(value, "") != value {
			t.Skip("no value that supervisord hands on, or a letter that the test needs")
		}
		var holes []ir.Hole
		for _, at := range holeFormat.FindAllStringIndex(value, -1) {
			holes = append(holes, ir.Hole{Start: at[0], End: at[1], Name: "x", Format: "s"})
		}
		marked := holeFormat.ReplaceAllString(value, holeLetter)
		want := modelLegacy(marked)
		text := wholeText(value)
		pairs, cut, reason := parseEnvironment(text, holes)
		if reason == unknownPairs && len(holes) > 0 {
			reason = "unexpected end of key/value pairs" // what the model says of a letter without an equals sign
		}
		if reason != want.reason {
			t.Fatalf("%q: reason %q, want %q", value, reason, want.reason)
		}
		plain, isPlain := newArena().plainPairs(text)
		if isPlain = isPlain && len(holes) == 0; isPlain {
			if diff := cmp.Diff(want.pairs, pairStrings(t, plain)); diff != "" || reason != "" || want.cut {
				t.Errorf("%q: read as plain pairs (-model +ours):\n%s", value, diff)
			}
		}
		if reason != "" {
			return
		}
		if diff := cmp.Diff(want.pairs, pairStrings(t, pairs)); diff != "" {
			t.Errorf("%q: pairs differ (-model +ours):\n%s", value, diff)
		}
		if cut.IsValid() != want.cut {
			t.Errorf("%q: something dropped: %v, want %v", value, cut.IsValid(), want.cut)
		}
		posix := modelPosix(marked)
		differs := posix.reason != "" || !slices.Equal(posix.pairs, want.pairs)
		if isPlain && differs {
			t.Errorf("%q: read as plain pairs, but POSIX rules read it otherwise", value)
		}
		if got := differsInPosix(text, holes, pairs); got != differs {
			t.Errorf("%q: POSIX rules read it otherwise: %v, want %v: %q and %q", value, got, differs, want.pairs, posix.pairs)
		}
	})
}

// pairStrings returns names and values by turns, with letters for holes.
func pairStrings(t *testing.T, pairs []ir.Pair) []string {
	t.Helper()
	var list []string
	for _, p := range pairs {
		checkBytes(t, p.Name)
		checkBytes(t, p.Value)
		value := p.Value.String()
		for _, h := range p.Holes {
			if h.Start < 0 || h.End > len(value) || value[h.Start:h.End] != "%(x)s" {
				t.Fatalf("%q has a hole at [%d, %d)", value, h.Start, h.End)
			}
		}
		if len(p.Holes) != strings.Count(value, "%(x)s") {
			t.Errorf("%q has %d holes", value, len(p.Holes))
		}
		list = append(list, holeFormat.ReplaceAllString(p.Name.String(), holeLetter), holeFormat.ReplaceAllString(value, holeLetter))
	}
	return list
}
