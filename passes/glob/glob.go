// Package glob matches file names as Python's glob.glob does without recursion,
// for that is what supervisord makes of [include]. Unlike in path/filepath there
// are no escapes, "[!a]" negates, "[" without "]" is literal, and a leading dot
// is matched only by a part that starts with one.
package glob

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/internal/pyrune"
)

// A FileSystem is where names are looked up.
type FileSystem interface {
	// ReadDir returns the names in a directory, in any order.
	ReadDir(path string) ([]string, error)
	// Exists reports whether something is at path; a dangling symbolic
	// link is something.
	Exists(path string) bool
	// IsDir reports whether a directory, or a link to one, is at path.
	IsDir(path string) bool
}

// Glob returns what a pattern matches, sorted by code point as supervisord sorts
// it. A directory that cannot be listed is empty.
func Glob(fs FileSystem, pattern string) []string {
	matches := all(fs, pattern)
	slices.SortFunc(matches, compareText)
	return matches
}

// compareText orders as Python does, by code point.
func compareText(a, b string) int {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] && a[same] < utf8.RuneSelf {
		same++
	}
	for a, b = a[same:], b[same:]; a != "" && b != ""; {
		r, size := pyrune.Decode(a)
		other, otherSize := pyrune.Decode(b)
		if r != other {
			return cmp.Compare(r, other)
		}
		a, b = a[size:], b[otherSize:]
	}
	return cmp.Compare(len(a), len(b))
}

func decodeRunes(s string) []rune {
	runes := make([]rune, 0, len(s))
	for s != "" {
		r, size := pyrune.Decode(s)
		runes = append(runes, r)
		s = s[size:]
	}
	return runes
}

// all matches the last part of a pattern in every directory that the rest
// of it matches.
func all(fs FileSystem, pattern string) []string {
	dir, base := splitPath(pattern)
	if !hasMagic(pattern) {
		if base != "" && fs.Exists(pattern) || base == "" && fs.IsDir(dir) {
			return []string{pattern}
		}
		return nil
	}
	dirs := []string{dir}
	if hasMagic(dir) {
		dirs = all(fs, dir)
	}
	var matches []string
	for _, d := range dirs {
		for _, name := range matchesIn(fs, d, base) {
			matches = append(matches, Join(d, name))
		}
	}
	return matches
}

// matchesIn returns the names in dir that one part of a pattern matches: none where
// dir is a file.
func matchesIn(fs FileSystem, dir, part string) []string {
	if !hasMagic(part) {
		if part == "" && fs.IsDir(dir) || part != "" && fs.Exists(Join(dir, part)) {
			return []string{part}
		}
		return nil
	}
	names, err := fs.ReadDir(dir)
	if err != nil {
		return nil
	}
	var matches []string
	matcher := compilePattern(part)
	for _, name := range names {
		if matcher.match(name) {
			matches = append(matches, name)
		}
	}
	return matches
}

// magic are the characters that mean more than themselves.
const magic = "*?["

func hasMagic(s string) bool { return strings.ContainsAny(s, magic) }

// ListsNUL reports whether a pattern asks for the names in a directory whose own
// name holds a NUL. Python gives up then, and supervisord with it.
func ListsNUL(pattern string) bool {
	i := strings.IndexAny(pattern, magic)
	if i < 0 {
		return false
	}
	dir := pattern[:strings.LastIndexByte(pattern[:i], '/')+1]
	return strings.IndexByte(dir, 0) >= 0
}

// splitPath is Python's os.path.split: the head keeps no trailing slash unless
// it is all slashes.
func splitPath(path string) (dir, base string) {
	i := strings.LastIndexByte(path, '/') + 1
	dir, base = path[:i], path[i:]
	if trimmed := strings.TrimRight(dir, "/"); trimmed != "" {
		dir = trimmed
	}
	return dir, base
}

// Join is Python's os.path.join.
func Join(dir, name string) string {
	if strings.HasPrefix(name, "/") || dir == "" {
		return name
	}
	if strings.HasSuffix(dir, "/") {
		return dir + name
	}
	return dir + "/" + name
}

// A pattern is one part of a glob pattern that has magic.
type pattern struct {
	// head and tail are text that every match starts and ends with. Most
	// names can be told from them that are none.
	head, tail string
	elements   []element // of the whole part, in order
}

// An element matches one character, or with any set, any number of them.
type element struct {
	any    bool // "*"
	negate bool
	ranges []runeRange // nil: only the character itself
	char   rune
}

type runeRange struct{ low, high rune }

// everything is the set of "?".
var everything = []runeRange{{0, utf8.MaxRune}}

// compilePattern reads one part of a glob pattern.
func compilePattern(part string) pattern {
	return pattern{
		head:     part[:strings.IndexAny(part, "*?[")],
		tail:     part[strings.LastIndexAny(part, "*?]")+1:], // no set opens there, since none closes
		elements: compileElements(decodeRunes(part)),
	}
}

func compileElements(runes []rune) []element {
	p := make([]element, 0, len(runes))
	closes := true // until a set does not: then none behind it does
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '*':
			if n := len(p); n == 0 || !p[n-1].any {
				p = append(p, element{any: true})
			}
		case r == '?':
			p = append(p, element{ranges: everything})
		case r == '[' && closes:
			end := closingBracket(runes, i)
			if closes = end >= 0; !closes {
				p = append(p, literal(r))
				continue
			}
			p = append(p, compileSet(runes[i+1:end]))
			i = end
		default:
			p = append(p, literal(r))
		}
	}
	return p
}

func literal(r rune) element { return element{char: r} }

// closingBracket finds the "]" of the set that opens at i. Directly behind the
// "[", or behind "[!", a "]" is a member, as every character is.
func closingBracket(runes []rune, i int) int {
	j := i + 1
	if j < len(runes) && runes[j] == '!' {
		j++
	}
	for j++; j < len(runes); j++ {
		if runes[j] == ']' {
			return j
		}
	}
	return -1
}

// compileSet reads what stands between brackets. A range whose ends are the
// wrong way round holds nothing. Python takes it out before it looks for the "!"
// that negates: "[b-a!x]" is "[!x]", and "[b-a!-x]" is "[!-x]", without a range.
func compileSet(members []rune) element {
	e := element{ranges: []runeRange{}}
	if members[0] == '!' {
		e.negate = true
		members = members[1:]
	}
	for i := 0; i < len(members); i++ {
		low, high := members[i], members[i]
		isRange := i+2 < len(members) && members[i+1] == '-'
		if isRange {
			high = members[i+2]
			i += 2
		}
		switch {
		case low > high:
		case low != '!' || e.negate || len(e.ranges) > 0:
			e.add(low, high)
		default:
			e.negate = true
			if isRange {
				e.add('-', '-')
				e.add(high, high)
			}
		}
	}
	return e
}

func (e *element) add(low, high rune) { e.ranges = append(e.ranges, runeRange{low, high}) }

// match reports whether the pattern matches the whole name. Only a pattern that
// starts with a dot matches a name that does.
func (p *pattern) match(name string) bool {
	return strings.HasPrefix(name, p.head) && strings.HasSuffix(name, p.tail) &&
		(!strings.HasPrefix(name, ".") || p.head != "") &&
		matchElements(p.elements, name)
}

// matchElements goes back only to the last star, so its time is bounded by the
// product of both lengths.
func matchElements(p []element, name string) bool {
	i, k := 0, 0
	star, retry := -1, 0
	for i < len(name) {
		r, size := pyrune.Decode(name[i:])
		switch {
		case k < len(p) && p[k].any:
			star, retry = k, i
			k++
		case k < len(p) && p[k].matches(r):
			i += size
			k++
		case star >= 0:
			_, size = utf8.DecodeRuneInString(name[retry:])
			retry += size
			i, k = retry, star+1
		default:
			return false
		}
	}
	for k < len(p) && p[k].any {
		k++
	}
	return k == len(p)
}

func (e *element) matches(r rune) bool {
	if e.ranges == nil {
		return r == e.char
	}
	for _, rr := range e.ranges {
		if rr.low <= r && r <= rr.high {
			return !e.negate
		}
	}
	return e.negate
}
