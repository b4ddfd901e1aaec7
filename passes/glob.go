package passes

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// glob returns what a pattern matches, as Python's glob.glob does without
// recursion, sorted by code point as supervisord sorts it. Unlike in
// path/filepath there are no escapes, "[!a]" negates, "[" without "]" is
// literal, and a leading dot is matched only by a part that starts with one.
func glob(fs FileSystem, pattern string) []string {
	matches := globAll(fs, pattern, false)
	slices.Sort(matches)
	return matches
}

// globAll matches the last part of a pattern in every directory that the rest
// of it matches.
func globAll(fs FileSystem, pattern string, dirsOnly bool) []string {
	dir, base := splitPath(pattern)
	if !hasMagic(pattern) {
		if base != "" && fs.Exists(pattern) || base == "" && fs.IsDir(dir) {
			return []string{pattern}
		}
		return nil
	}
	dirs := []string{dir}
	if dir != pattern && hasMagic(dir) {
		dirs = globAll(fs, dir, true)
	}
	var matches []string
	for _, d := range dirs {
		for _, name := range matchesIn(fs, d, base, dirsOnly) {
			matches = append(matches, joinPath(d, name))
		}
	}
	return matches
}

// matchesIn returns the names in dir that one part of a pattern matches.
func matchesIn(fs FileSystem, dir, part string, dirsOnly bool) []string {
	if !hasMagic(part) {
		if part == "" && fs.IsDir(dir) || part != "" && fs.Exists(joinPath(dir, part)) {
			return []string{part}
		}
		return nil
	}
	names, err := fs.ReadDir(dir)
	if err != nil {
		return nil
	}
	matcher := compilePattern(part)
	return slices.DeleteFunc(names, func(name string) bool {
		return strings.HasPrefix(name, ".") && !strings.HasPrefix(part, ".") ||
			!matcher.match(name) ||
			dirsOnly && !fs.IsDir(joinPath(dir, name))
	})
}

func hasMagic(s string) bool { return strings.ContainsAny(s, "*?[") }

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

// joinPath is Python's os.path.join.
func joinPath(dir, name string) string {
	if strings.HasPrefix(name, "/") || dir == "" {
		return name
	}
	if strings.HasSuffix(dir, "/") {
		return dir + name
	}
	return dir + "/" + name
}

// A pattern is one part of a glob pattern: its elements in order.
type pattern []element

// An element matches one character, or with any set, any number of them.
type element struct {
	any    bool // "*"
	negate bool
	ranges []runeRange // nil matches every character: "?"
}

type runeRange struct{ low, high rune }

// everything is the set of "?".
var everything = []runeRange{{0, utf8.MaxRune}}

// compilePattern reads one part of a glob pattern.
func compilePattern(part string) pattern {
	var p pattern
	runes := []rune(part)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; r {
		case '*':
			if n := len(p); n == 0 || !p[n-1].any {
				p = append(p, element{any: true})
			}
		case '?':
			p = append(p, element{ranges: everything})
		case '[':
			end := closingBracket(runes, i)
			if end < 0 {
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

func literal(r rune) element { return element{ranges: []runeRange{{r, r}}} }

// closingBracket finds the "]" of the set that opens at i. Directly behind the
// "[", or behind "[!", a "]" is a member.
func closingBracket(runes []rune, i int) int {
	j := i + 1
	if j < len(runes) && runes[j] == '!' {
		j++
	}
	if j < len(runes) && runes[j] == ']' {
		j++
	}
	for ; j < len(runes); j++ {
		if runes[j] == ']' {
			return j
		}
	}
	return -1
}

// compileSet reads what stands between brackets. A range whose ends are the
// wrong way round holds nothing.
func compileSet(members []rune) element {
	e := element{ranges: []runeRange{}}
	if members[0] == '!' {
		e.negate = true
		members = members[1:]
	}
	for i := 0; i < len(members); i++ {
		low, high := members[i], members[i]
		if i+2 < len(members) && members[i+1] == '-' {
			high = members[i+2]
			i += 2
		}
		if low <= high {
			e.ranges = append(e.ranges, runeRange{low, high})
		}
	}
	return e
}

// match reports whether the pattern matches the whole name. It goes back only
// to the last star, so its time is bounded by the product of both lengths.
func (p pattern) match(name string) bool {
	runes := []rune(name)
	i, k := 0, 0
	star, retry := -1, 0
	for i < len(runes) {
		switch {
		case k < len(p) && p[k].any:
			star, retry = k, i
			k++
		case k < len(p) && p[k].matches(runes[i]):
			i++
			k++
		case star >= 0:
			retry++
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

func (e element) matches(r rune) bool {
	for _, rr := range e.ranges {
		if rr.low <= r && r <= rr.high {
			return !e.negate
		}
	}
	return e.negate
}
