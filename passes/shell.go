package passes

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/byteset"
)

// This file knows what a POSIX shell, dash or bash, makes of a word, so far as
// it is needed to tell whether it sees what supervisord sees.

// shellKeeps reports whether a shell reads the raw text of a word, in the
// given place, to the very value that supervisord does, and to nothing more.
func shellKeeps(raw string, first bool) bool {
	if first && (isReserved(raw) || isAssignment(raw) || strings.HasPrefix(raw, "-") || strings.HasPrefix(raw, "+")) {
		return false // "sh -c" takes a text that starts with a sign for an option
	}
	r := shellReader{raw: raw}
	return r.keeps()
}

// isPlainInShell reports whether a shell reads a whole command as it stands:
// nothing in it means anything to a shell.
func isPlainInShell(raw string) bool {
	first, _, _ := strings.Cut(raw, " ")
	switch {
	case !shellPlain.HasAll(raw):
		return false
	case first == "" || raw[len(raw)-1] == ' ' || namesJob(first):
		return false
	case first[0] == '/':
		return true // no word that means something in first place is a path
	}
	return shellKeeps(first, true)
}

// shellPlain are the bytes that mean nothing to a shell wherever they stand, in
// the first word aside; blanks only separate.
var shellPlain = byteset.Of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,@%+= ")

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
	name := strings.IndexFunc(raw, notInKey)
	if name < 1 || !isIdentifier(raw[:name]) {
		return false
	}
	rest := raw[name:]
	return rest[0] == '=' || rest[0] == '[' || strings.HasPrefix(rest, "+=")
}

// namesJob reports whether bash takes a first word for a job and not for a program,
// as it does however the word is quoted.
func namesJob(value string) bool { return strings.HasPrefix(value, "%") }

func isIdentifier(s string) bool {
	return s != "" && strings.IndexFunc(s, notInKey) < 0 && (s[0] < '0' || s[0] > '9')
}

// shellQuote quotes a value so that every shell reads it back.
func shellQuote(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// isShellVariable reports whether dash or bash sets a variable itself, whatever
// it holds in the environment.
func isShellVariable(name string) bool {
	switch name {
	case "_", "BASH", "BASHOPTS", "BASHPID", "BASH_ARGV0", "BASH_COMMAND", "BASH_EXECUTION_STRING",
		"BASH_SUBSHELL", "BASH_VERSINFO", "BASH_VERSION", "COMP_WORDBREAKS", "EPOCHREALTIME",
		"EPOCHSECONDS", "HISTCMD", "IFS", "LINENO", "OLDPWD", "OPTERR", "OPTIND", "POSIXLY_CORRECT",
		"PPID", "PS1", "PS2", "PS4", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL", "SRANDOM":
		return true
	}
	return false
}

// builtins are the commands that dash and bash have built in: the shell runs
// its own in place of a program on PATH.
var builtins = []string{
	".", ":", "[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "chdir", "command",
	"compgen", "complete", "compopt", "continue", "declare", "dirs", "disown", "echo",
	"enable", "eval", "exec", "exit", "export", "false", "fc", "fg", "getopts", "hash",
	"help", "history", "jobs", "kill", "let", "local", "logout", "mapfile", "popd",
	"printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "set", "shift",
	"shopt", "source", "suspend", "test", "times", "trap", "true", "type", "typeset",
	"ulimit", "umask", "unalias", "unset", "wait",
}

func isBuiltin(name string) bool {
	return strings.IndexByte(name, '/') < 0 && slices.Contains(builtins, name)
}
