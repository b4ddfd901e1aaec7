package glob

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/runwisp/runwisp/internal/seeds"
)

// paths is a file system of absolute, clean paths. What lies below another is
// in a directory.
type paths []string

func (p paths) ReadDir(dir string) ([]string, error) {
	var names []string
	for _, name := range p.all() {
		if path.Dir(name) == path.Clean(dir) && name != "/" {
			names = append(names, path.Base(name))
		}
	}
	return names, nil
}

func (p paths) Exists(name string) bool { return slices.Contains(p.all(), path.Clean(name)) }

func (p paths) IsDir(name string) bool {
	return slices.ContainsFunc(p.all(), func(other string) bool {
		return other != "/" && path.Dir(other) == path.Clean(name)
	})
}

// all returns every path and the directories above it.
func (p paths) all() []string {
	var list []string
	for _, name := range p {
		for ; !slices.Contains(list, name); name = path.Dir(name) {
			list = append(list, name)
		}
	}
	return list
}

// fromRoot looks paths up from the root, as the kernel does: below what is no
// directory there is nothing, and the empty path names nothing but where to list.
type fromRoot struct{ paths }

func (f fromRoot) ReadDir(dir string) ([]string, error) {
	if dir != "" && !f.IsDir(dir) {
		return nil, fs.ErrNotExist
	}
	names, err := f.paths.ReadDir("/" + dir)
	slices.Sort(names)
	slices.Reverse(names)
	return names, err
}

func (f fromRoot) Exists(name string) bool {
	dir, base := splitPath(name)
	if base == "" || dir != "" && !f.IsDir(dir) {
		return f.IsDir(dir)
	}
	return f.paths.Exists("/" + name)
}

func (f fromRoot) IsDir(name string) bool { return name != "" && f.paths.IsDir("/"+name) }

// TestGlob: the wanted paths are those that Python 3.11 finds.
func TestGlob(t *testing.T) {
	files := fromRoot{paths{
		"/conf/a.conf", "/conf/b.conf", "/conf/.c.conf", "/conf/d/x", "/conf/e/x", "/conf/e/y", "/conf/[z]", "/conf/a",
		"/conf/é", "/conf/]", "/conf/^", "/conf/-", "/conf/!", "/top", "/conf/.h/x", "/conf/aXbXc", "/conf/*", "/conf/☃xy",
	}}
	for _, tt := range []struct {
		pattern string
		want    []string
	}{
		{"conf/*.conf", []string{"conf/a.conf", "conf/b.conf"}},
		{"conf/.*.conf", []string{"conf/.c.conf"}},
		{"*/a.conf", []string{"conf/a.conf"}},
		{"*/none", nil},
		{"*/d/x", []string{"conf/d/x"}},
		{"conf/*/x", []string{"conf/d/x", "conf/e/x"}},
		{"conf/*/", []string{"conf/d/", "conf/e/"}},
		{"conf/d/", []string{"conf/d/"}},
		{"conf/a.conf", []string{"conf/a.conf"}},
		{"conf/none", nil},
		{"conf/none/", nil},
		{"nodir/*", nil},
		{"conf//*.conf", []string{"conf/a.conf", "conf/b.conf"}},
		{"/conf/*.conf", []string{"/conf/a.conf", "/conf/b.conf"}},
		{"//conf/*.conf", []string{"//conf/a.conf", "//conf/b.conf"}},
		{"/*/a.conf", []string{"/conf/a.conf"}},
		{"*", []string{"conf", "top"}},
		{"t*", []string{"top"}},
		{"conf/?", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/a", "conf/d", "conf/e", "conf/é"}},
		{"conf/[a]", []string{"conf/a"}},
		{"conf/[!a]", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[]]", []string{"conf/]"}},
		{"conf/[!]]", []string{"conf/!", "conf/*", "conf/-", "conf/^", "conf/a", "conf/d", "conf/e", "conf/é"}},
		{"conf/[^a]", []string{"conf/^", "conf/a"}},
		{"conf/[a-]", []string{"conf/-", "conf/a"}},
		{"conf/[!-a]", []string{"conf/!", "conf/*", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[--a]", []string{"conf/-", "conf/]", "conf/^", "conf/a"}},
		{"conf/[b-a]", nil},
		{"conf/[b-a!a]", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[b-a!-a]", []string{"conf/!", "conf/*", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[b-a!--a]", []string{"conf/!", "conf/*", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[!b-a!a]", []string{"conf/*", "conf/-", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[b-a!c-b!a]", []string{"conf/*", "conf/-", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"conf/[b-a^a]", []string{"conf/^", "conf/a"}},
		{"conf/[ab-a-c]", []string{"conf/-", "conf/a"}},
		{"conf/[^--!]", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/a", "conf/d", "conf/e", "conf/é"}},
		{"conf/[!b-a]", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/a", "conf/d", "conf/e", "conf/é"}},
		{"conf/[a", nil},
		{"conf/[", nil},
		{"conf/[!", nil},
		{"conf/[]", nil},
		{"conf/[!]", nil},
		{"conf/[[]z]", []string{"conf/[z]"}},
		{"conf/**", []string{"conf/!", "conf/*", "conf/-", "conf/[z]", "conf/]", "conf/^", "conf/a", "conf/a.conf", "conf/aXbXc", "conf/b.conf", "conf/d", "conf/e", "conf/é", "conf/☃xy"}},
		{"conf/***.conf", []string{"conf/a.conf", "conf/b.conf"}},
		{"conf/a*b*c", []string{"conf/aXbXc"}},
		{"conf/a*b*c*", []string{"conf/aXbXc"}},
		{"conf/*X*Xc", []string{"conf/aXbXc"}},
		{"conf/*é", []string{"conf/é"}},
		{"conf/[à-ÿ]", []string{"conf/é"}},
		{"conf/[à-êz]", []string{"conf/é"}},
		{"*/*/x", []string{"conf/d/x", "conf/e/x"}},
		{"*/*/*", []string{"conf/d/x", "conf/e/x", "conf/e/y"}},
		{"*/?", []string{"conf/!", "conf/*", "conf/-", "conf/]", "conf/^", "conf/a", "conf/d", "conf/e", "conf/é"}},
		{"c*/a*", []string{"conf/a", "conf/a.conf", "conf/aXbXc"}},
		{"/c*/d/x", []string{"/conf/d/x"}},
		{"./conf/*.conf", []string{"./conf/a.conf", "./conf/b.conf"}},
		{"conf/./*.conf", []string{"conf/./a.conf", "conf/./b.conf"}},
		{"conf/../conf/*.conf", []string{"conf/../conf/a.conf", "conf/../conf/b.conf"}},
		{"*/", []string{"conf/"}},
		{"*//a.conf", []string{"conf/a.conf"}},
		{"conf/*//x", []string{"conf/d/x", "conf/e/x"}},
		{"conf/[*]", []string{"conf/*"}},
		{"conf/[*", []string{"conf/[z]"}},
		{"conf/[a-ba-]", []string{"conf/-", "conf/a"}},
		{"conf/[!a-b!]", []string{"conf/*", "conf/-", "conf/]", "conf/^", "conf/d", "conf/e", "conf/é"}},
		{"", nil},
		{"/", []string{"/"}},
		{"/conf", []string{"/conf"}},
		{"/*/", []string{"/conf/"}},
		{"a[", nil},
		{"conf/*[", nil},
		{"conf/[z]", nil},
		{"conf/[[]*", []string{"conf/[z]"}},
		{"conf/*.conf/", nil},
		{"conf/*.conf/x", nil},
		{"top/*", nil},
		{"top/", nil},
		{"conf/*??xy", nil},
		{"conf/*?xy", []string{"conf/☃xy"}},
		{"conf//a.conf", []string{"conf//a.conf"}},
		{"t*/", nil},
		{"t*/x", nil},
		{"t*/*", nil},
		{"t*/.", nil},
		{"t*//", nil},
	} {
		if got := Glob(files, tt.pattern); !slices.Equal(got, tt.want) {
			t.Errorf("%q matches %q, want %q", tt.pattern, got, tt.want)
		}
	}
}

// TestNamesThatAreNotUTF8: a byte that is no UTF-8 is one character, which stands
// before U+E000 and is not U+FFFD. Python 3.11 finds the same.
func TestNamesThatAreNotUTF8(t *testing.T) {
	files := fromRoot{paths{"/a\xff", "/a\ue000", "/a\U0001f600", "/a\ufffd", "/aé", "/a\xffb", "/b\xe2\x98", "/b☃"}}
	for pattern, want := range map[string][]string{
		"a*":               {"aé", "a\xff", "a\xffb", "a\ue000", "a\ufffd", "a\U0001f600"},
		"a?":               {"aé", "a\xff", "a\ue000", "a\ufffd", "a\U0001f600"},
		"?\ufffd":          {"a\ufffd"},
		"?\xff":            {"a\xff"},
		"a[\ue000-\uffff]": {"a\ue000", "a\ufffd"},
		"a[!\xff]":         {"aé", "a\ue000", "a\ufffd", "a\U0001f600"},
		"b?":               {"b☃"},
		"b??":              {"b\xe2\x98"},
	} {
		if got := Glob(files, pattern); !slices.Equal(got, want) {
			t.Errorf("%q matches %q, want %q", pattern, got, want)
		}
	}
}

// translate turns one part of a pattern into a regular expression, step by step
// as Python's fnmatch.translate does.
func translate(part string) string {
	var b strings.Builder
	for rest := part; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		members, setSize := cutSet(rest)
		switch {
		case r == '*':
			b.WriteString(".*")
		case r == '?':
			b.WriteString(".")
		case setSize > 0:
			size = setSize
			b.WriteString(translateSet(members))
		default:
			b.WriteString(escapeRunes(string(r)))
		}
		rest = rest[size:]
	}
	return "^(?s:" + b.String() + ")$"
}

// cutSet reads the set that s starts with, if there is one: what stands between
// its brackets. Its first member may be a bracket.
func cutSet(s string) (members string, size int) {
	if !strings.HasPrefix(s, "[") {
		return "", 0
	}
	first := len("[")
	if strings.HasPrefix(s, "[!") {
		first = len("[!")
	}
	if first == len(s) {
		return "", 0
	}
	end := strings.Index(s[first+1:], "]")
	if end < 0 {
		return "", 0
	}
	end += first + 1
	return s[len("["):end], end + len("]")
}

// translateSet cuts the members at the hyphens of ranges, takes out the ranges
// that hold nothing, and looks then whether the set is negated.
func translateSet(members string) string {
	var chunks [][]rune
	rest := []rune(members)
	from := 1
	if strings.HasPrefix(members, "!") {
		from = 2
	}
	for ; ; from = 2 {
		k := -1
		if from < len(rest) {
			k = slices.Index(rest[from:], '-')
		}
		if k < 0 {
			break
		}
		chunks = append(chunks, rest[:from+k])
		rest = rest[from+k+1:]
	}
	if len(rest) > 0 {
		chunks = append(chunks, rest)
	} else {
		last := len(chunks) - 1
		chunks[last] = append(slices.Clone(chunks[last]), '-')
	}
	for k := len(chunks) - 1; k > 0; k-- {
		if left, right := chunks[k-1], chunks[k]; left[len(left)-1] > right[0] {
			chunks[k-1] = slices.Concat(left[:len(left)-1], right[1:])
			chunks = slices.Delete(chunks, k, k+1)
		}
	}
	negates := len(chunks[0]) > 0 && chunks[0][0] == '!'
	if negates {
		chunks[0] = chunks[0][1:]
	}
	var parts []string
	for _, chunk := range chunks {
		parts = append(parts, escapeRunes(string(chunk)))
	}
	switch set := strings.Join(parts, "-"); {
	case set == "" && negates:
		return "."
	case set == "":
		return `[^\x{0}-\x{10FFFF}]`
	case negates:
		return "[^" + set + "]"
	default:
		return "[" + set + "]"
	}
}

// escapeRunes writes each character by its number.
func escapeRunes(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, `\x{%x}`, r)
	}
	return b.String()
}

// modelGlob holds every path there is against the pattern, part by part.
func modelGlob(p paths, pattern string) []string {
	var rules []*regexp.Regexp
	parts := strings.Split(pattern, "/")
	for _, part := range parts {
		rules = append(rules, regexp.MustCompile(translate(part)))
	}
	matches := slices.DeleteFunc(p.all(), func(name string) bool {
		names := strings.Split(name, "/")
		for i, part := range parts {
			if name == "/" || len(names) != len(parts) || !rules[i].MatchString(names[i]) ||
				strings.ContainsAny(part, "*?[") && names[i] != "" && names[i][0] == '.' && part[0] != '.' {
				return true
			}
		}
		return false
	})
	slices.Sort(matches)
	return matches
}

// FuzzGlob: a pattern matches what it matches in Python.
func FuzzGlob(f *testing.F) {
	const names = "conf/conf.d/a.conf\nconf/conf.d/b.conf~\nconf/.hidden/x\nconf/.x\nconf/[a]\nconf/a-b/x\nconf/a/x\nconf/]/!/^"
	for _, text := range seeds.Inputs(f, "../..") {
		for _, word := range strings.Fields(text) {
			if strings.ContainsAny(word, "*?") {
				f.Add(Join("/conf", word), names)
			}
		}
	}
	for _, pattern := range []string{"/*", "/conf/[]-a]/[!a]*", "/conf/[!]]*/?", "/*/[z-a-c]*", "/conf/[[]a]", "/c*f/*.d/*[~f-]", "/conf/.*/x", "/conf/[a", "/a[b-a]", "/a[!b-a]", "/conf/[b-a!a]", "/conf/[b-a!-x]"} {
		f.Add(pattern, names)
	}
	f.Fuzz(func(t *testing.T, pattern, names string) {
		if !utf8.ValidString(pattern) || !utf8.ValidString(names) || len(names) > 1000 {
			t.Skip("Python has other names for bytes that are not UTF-8")
		}
		var p paths
		for _, name := range strings.Split(names, "\n") {
			p = append(p, path.Clean("/"+name))
		}
		got := Glob(p, pattern)
		if !strings.HasPrefix(pattern, "/") || pattern == "/" || path.Clean(pattern) != pattern {
			for _, name := range got {
				if !p.Exists(path.Clean("/" + name)) {
					t.Errorf("%q matches %q, which does not exist", pattern, name)
				}
			}
			return
		}
		if diff := cmp.Diff(modelGlob(p, pattern), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q in %q (-model +ours):\n%s", pattern, p, diff)
		}
	})
}

func TestListsNUL(t *testing.T) {
	for pattern, want := range map[string]bool{
		"/a\x00b/*": true, "/a\x00b/*/c": true, "a\x00/[b]": true, "/x/\x00/y/?": true,
		"/a/*": false, "/a\x00b/c": false, "/a\x00*/b": false, "*\x00": false, "/a/*/b\x00/*": false, "": false,
	} {
		if got := ListsNUL(pattern); got != want {
			t.Errorf("%q: %v", pattern, got)
		}
	}
}
