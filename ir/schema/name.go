package schema

import (
	"strings"
	"unicode"
)

// The limits of names and environments.
const (
	// MaxNameLen is the longest name of a task or service, in bytes.
	MaxNameLen = 100
	// MaxEnvValue is the longest value of a variable, in bytes.
	MaxEnvValue = 32768
	// MaxEnvEntries is the largest number of variables of one unit, those
	// of [defaults] included.
	MaxEnvEntries = 256
	// InApp is the notifier that is always there.
	InApp = "inapp"
	// ServicePlaceholder stands for the service in a ServiceTemplate.
	ServicePlaceholder = "{service}"
)

// The patterns of names and values, in the dialect that Go and JSON Schema share.
// Those that only the JSON Schema needs have a function in Go below.
const (
	namePattern    = `^[a-zA-Z0-9._-]+$`
	envNamePattern = `^[A-Za-z_][A-Za-z0-9_]*$`
	userPattern    = `^[^:\s]+(:[^:\s]+)?$`
	UmaskPattern   = `^0?[0-7]{3}$`
	// SizePattern captures the number and the unit.
	SizePattern = `^([0-9]+(?:\.[0-9]+)?) ?([bB]|[kKmMgGtT][bB])?$`
)

// ValidName reports whether name can be the name of a task or service: letters,
// digits, dots, underscores and hyphens, 1 to MaxNameLen bytes.
func ValidName(name string) bool {
	if name == "" || len(name) > MaxNameLen {
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; !isWord(c) && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

// ValidEnvName reports whether name can be the name of an environment
// variable: letters, digits and underscores, no digit in front.
func ValidEnvName(name string) bool {
	if name == "" || isDigit(name[0]) {
		return false
	}
	for i := 0; i < len(name); i++ {
		if !isWord(name[i]) {
			return false
		}
	}
	return true
}

// ValidUser reports whether text can be a user: user or user:group, without white
// space of any script, which userPattern leaves to the engine that runs it.
func ValidUser(text string) bool {
	user, group, both := strings.Cut(text, ":")
	return isAccount(user) && (!both || isAccount(group))
}

func isAccount(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r == ':' || unicode.IsSpace(r) })
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(c byte) bool {
	return isDigit(c) || c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
