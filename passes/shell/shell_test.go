package shell

import "testing"

// TestKeeps: the root package asks dash and bash about made-up commands; this is
// what is special about single words.
func TestKeeps(t *testing.T) {
	for _, tt := range []struct {
		raw          string
		first, later bool
	}{
		{"web", true, true},
		{"-x", false, true},
		{"+x", false, true},
		{"if", false, true},
		{"'if'", true, true},
		{"A=1", false, true},
		{"A+=1", false, true},
		{"A-B=1", true, true},
		{"1A=1", true, true},
		{"~/x", false, false},
		{"a~", true, true},
		{"a=~", false, false},
		{"a:~", false, false},
		{"#x", false, false},
		{"x#", true, true},
		{"[x", true, true},
		{"x[a]", false, false},
		{"{a", true, true},
		{"{a}", true, true},
		{"{a,b}", false, false},
		{"{1..2}", false, false},
		{"$x", false, false},
		{"'$x'", true, true},
		{`"$x"`, false, false},
		{`"a\"b"`, true, true},
		{`"a\$b"`, false, false},
		{`\$x`, true, true},
		{"\\\n", false, false},
		{"\"a\\\nb\"", false, false},
		{"a)", false, false},
		{"a'b", false, false},
		{`a"b`, false, false},
		{`"a\`, false, false},
		{`a\`, false, false},
		{"a\x00", false, false},
	} {
		if got := Keeps(tt.raw, true); got != tt.first {
			t.Errorf("a shell keeps %q in first place: %v, want %v", tt.raw, got, tt.first)
		}
		if got := Keeps(tt.raw, false); got != tt.later {
			t.Errorf("a shell keeps %q in a later place: %v, want %v", tt.raw, got, tt.later)
		}
	}
}

// TestIsPlain: a command that means something to a shell only by its first word
// is not plain, nor is one whose blanks a shell would not keep in the text.
func TestIsPlain(t *testing.T) {
	for command, want := range map[string]bool{
		"web --listen 127.0.0.1:80": true,
		"/bin/web a=b":              true,
		"a=b /bin/web":              false,
		"if x":                      false,
		"%1":                        false,
		"/bin/%1":                   true,
		"web ":                      false,
		" web":                      false,
		"web 'x'":                   false,
		"web\tx":                    false,
		"":                          false,
	} {
		if got := IsPlain(command); got != want {
			t.Errorf("%q is plain: %v, want %v", command, got, want)
		}
	}
}
