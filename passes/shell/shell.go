// Package shell knows what a POSIX shell, dash or bash, makes of words and names,
// so far as it is needed to tell whether it sees what supervisord sees.
package shell

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/byteset"
)

// Keeps reports whether a shell reads the raw text of a word, the first of a
// command or a later one, to the very value that supervisord does, and to nothing
// more.
func Keeps(raw string, first bool) bool {
	if first && (isReserved(raw) || isAssignment(raw) || strings.HasPrefix(raw, "-") || strings.HasPrefix(raw, "+")) {
		return false // "sh -c" takes a text that starts with a sign for an option
	}
	r := reader{raw: raw}
	return r.keeps()
}

// IsPlain reports whether a shell reads a whole command as it stands: nothing in
// it means anything to a shell.
func IsPlain(raw string) bool {
	first, _, _ := strings.Cut(raw, " ")
	switch {
	case !plain.HasAll(raw):
		return false
	case first == "" || raw[len(raw)-1] == ' ' || NamesJob(first):
		return false
	case first[0] == '/':
		return true // no word that means something in first place is a path
	}
	return Keeps(first, true)
}

// plain are the bytes that mean nothing to a shell wherever they stand, in
// the first word aside; blanks only separate.
var plain = byteset.Of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,@%+= ")

// reservedWords are those of POSIX, dash and bash. They count only where a
// command starts, and only unquoted.
var reservedWords = []string{
	"!", "[[", "]]", "case", "coproc", "do", "done", "elif", "else", "esac", "fi",
	"for", "function", "if", "in", "select", "then", "time", "until", "while", "{", "}",
}

func isReserved(raw string) bool { return slices.Contains(reservedWords, raw) }

// isAssignment reports whether a shell takes a first word for the assignment
// of a variable: a name and an equals sign or, in bash, a plus before it or a
// subscript, for whose end it looks beyond the word.
func isAssignment(raw string) bool {
	name := strings.IndexFunc(raw, notInName)
	if name < 0 || !IsName(raw[:name]) {
		return false
	}
	rest := raw[name:]
	return rest[0] == '=' || rest[0] == '[' || strings.HasPrefix(rest, "+=")
}

// NamesJob reports whether bash takes a first word for a job and not for a program,
// as it does however the word is quoted.
func NamesJob(value string) bool { return strings.HasPrefix(value, "%") }

// InName reports whether the name of a variable can hold a character.
func InName(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
}

func notInName(r rune) bool { return !InName(r) }

// IsName reports whether a variable can be called so.
func IsName(s string) bool {
	return s != "" && strings.IndexFunc(s, notInName) < 0 && s[0] > '9'
}

// Quote quotes a value so that every shell reads it back.
func Quote(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// InDoubleQuotes escapes a value for a place in double quotes.
func InDoubleQuotes(value string) string { return doubleQuoted.Replace(value) }

// doubleQuoted escapes what means something in double quotes.
var doubleQuoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")

// SetsVariable reports whether dash or bash sets a variable itself, whatever
// it holds in the environment.
func SetsVariable(name string) bool {
	switch name {
	case "_", "BASH", "BASHOPTS", "BASHPID", "BASH_ARGV0", "BASH_COMMAND", "BASH_EXECUTION_STRING",
		"BASH_SUBSHELL", "BASH_VERSINFO", "BASH_VERSION", "COMP_WORDBREAKS", "EPOCHREALTIME",
		"EPOCHSECONDS", "HISTCMD", "IFS", "LINENO", "OLDPWD", "OPTERR", "OPTIND", "POSIXLY_CORRECT",
		"PPID", "PS1", "PS2", "PS4", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL", "SRANDOM":
		return true
	}
	return false
}

// builtins are the commands that dash and bash run themselves, in place of
// programs on PATH.
var builtins = []string{
	".", ":", "[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "chdir", "command",
	"compgen", "complete", "compopt", "continue", "declare", "dirs", "disown", "echo",
	"enable", "eval", "exec", "exit", "export", "false", "fc", "fg", "getopts", "hash",
	"help", "history", "jobs", "kill", "let", "local", "logout", "mapfile", "popd",
	"printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "set", "shift",
	"shopt", "source", "suspend", "test", "times", "trap", "true", "type", "typeset",
	"ulimit", "umask", "unalias", "unset", "wait",
}

// IsBuiltin reports whether dash or bash runs its own command of a name.
func IsBuiltin(name string) bool {
	return strings.IndexByte(name, '/') < 0 && slices.Contains(builtins, name)
}

// programs are the builtins that nearly every machine has as programs too.
var programs = []string{"[", "echo", "false", "kill", "printf", "pwd", "test", "true"}

// HasProgram reports whether a builtin is likely to be a program on PATH as well.
func HasProgram(builtin string) bool { return slices.Contains(programs, builtin) }
