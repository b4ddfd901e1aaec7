package shell

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// ask returns the words that a shell prints. It finds no program.
func ask(t *testing.T, shell string, args ...string) []string {
	t.Helper()
	cmd := exec.Command(shell, append([]string{"-c"}, args...)...)
	cmd.Env = []string{"PATH="}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s -c %q: %v", shell, args, err)
	}
	return strings.Fields(string(out))
}

// findBash skips a test where there is no bash, which can list what it knows.
func findBash(t *testing.T) string {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	return bash
}

// TestReservedWords: bash has all of dash's.
func TestReservedWords(t *testing.T) {
	words := ask(t, findBash(t), "compgen -k")
	slices.Sort(words)
	if !slices.Equal(words, reservedWords) {
		t.Errorf("bash reserves %q, and not %q", words, reservedWords)
	}
	for _, word := range words {
		if Keeps(word, true) || !Keeps("'"+word+"'", true) {
			t.Errorf("%q is not what a shell reserves only unquoted", word)
		}
	}
}

// TestBuiltins: what bash or the shell of the system runs itself.
func TestBuiltins(t *testing.T) {
	want := append(ask(t, findBash(t), "compgen -b"), builtins...)
	slices.Sort(want)
	const known = `for name do command -v "$name" || :; done`
	for _, name := range slices.Compact(want) {
		isBuiltin := slices.Contains(ask(t, "/bin/sh", known, "sh", name), name) ||
			slices.Contains(ask(t, findBash(t), known, "bash", name), name)
		if IsBuiltin(name) != isBuiltin {
			t.Errorf("%q is a builtin: %v, want %v", name, IsBuiltin(name), isBuiltin)
		}
		if IsBuiltin("/bin/" + name) {
			t.Errorf("/bin/%s is a builtin", name)
		}
	}
	if sh, _ := os.Readlink("/bin/sh"); sh == "dash" && !IsBuiltin("chdir") {
		t.Error("dash has chdir built in")
	}
}

// TestNames: what a shell takes for the name of a variable.
func TestNames(t *testing.T) {
	args := []string{`for name do (unset -v -- "$name") 2>/dev/null && echo "$name" || :; done`, "sh", ""}
	for c := rune('!'); c <= '~'; c++ {
		if c != '=' { // dash reads only what stands before
			args = append(args, string(c), "X"+string(c), string(c)+"X")
		}
	}
	for _, shell := range []string{"/bin/sh", findBash(t)} {
		names := ask(t, shell, args...)
		for _, name := range args[2:] {
			if got := slices.Contains(names, name); got != IsName(name) {
				t.Errorf("%q is a name to %s: %v, want %v", name, shell, IsName(name), got)
			}
		}
	}
}

// TestQuotes: what is quoted comes back.
func TestQuotes(t *testing.T) {
	var all strings.Builder
	for c := byte(1); c < 0x80; c++ {
		all.WriteByte(c)
	}
	for _, value := range []string{"", "it's", `"\$x`, "`ls`", all.String()} {
		for _, shell := range []string{"/bin/sh", findBash(t)} {
			for _, quoted := range []string{Quote(value), `"` + InDoubleQuotes(value) + `"`} {
				out, err := exec.Command(shell, "-c", "printf %s "+quoted).Output()
				if err != nil || string(out) != value {
					t.Errorf("%s reads %s as %q, want %q (%v)", shell, quoted, out, value, err)
				}
			}
		}
	}
}
