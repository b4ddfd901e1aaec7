package passes

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/lexer"
)

// parseInt reads an integer as Python's int does: an optional sign, decimal
// digits of any script, single underscores between them, white space around.
// Numbers beyond int64 are clamped to it.
func parseInt(s string, base int) (int64, bool) {
	if n, ok := parseDigits(s, base); ok {
		return n, true
	}
	if s == "" || isLetter(s[0]) {
		return 0, false // as in the names of users and signals
	}
	s = strings.TrimFunc(s, isIntSpace)
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if base == 8 && (strings.HasPrefix(s, "0o") || strings.HasPrefix(s, "0O")) {
		s = strings.TrimPrefix(s[2:], "_")
	}
	digits, ok := asciiDigits(s)
	if !ok || base == 10 && len(digits) > maxIntDigits {
		return 0, false
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return 0, false
	}
	if negative {
		n.Neg(n)
	}
	switch {
	case n.IsInt64():
		return n.Int64(), true
	case negative:
		return math.MinInt64, true
	}
	return math.MaxInt64, true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// countsOn reports whether the numbers of all processes from n on are integers of
// 64 bits, which is what shells calculate with.
func countsOn(n int64) bool { return n > math.MinInt64 && n <= math.MaxInt64-maxProcesses }

// maxPlainDigits is how many digits of any base always fit into an int64.
const maxPlainDigits = 18

// parseDigits reads an integer that is nothing but ASCII digits, as nearly all
// are.
func parseDigits(s string, base int) (int64, bool) {
	if s == "" || len(s) > maxPlainDigits {
		return 0, false
	}
	n := int64(0)
	for i := range len(s) {
		digit := int(s[i]) - '0'
		if digit < 0 || digit >= base {
			return 0, false
		}
		n = n*int64(base) + int64(digit)
	}
	return n, true
}

// maxIntDigits is Python's limit on the digits of a decimal number.
const maxIntDigits = 4300

// asciiDigits turns the digits of any script into ASCII and takes out single
// underscores between them.
func asciiDigits(s string) (string, bool) {
	var b strings.Builder
	digit := false // the character before was one
	for _, r := range s {
		switch value := digitValue(r); {
		case value >= 0:
			b.WriteByte(byte('0' + value))
			digit = true
		case r == '_' && digit:
			digit = false
		default:
			return "", false
		}
	}
	return b.String(), digit
}

// digitValue returns the value of a decimal digit of any script, or -1. In
// Unicode decimal digits come in runs of ten that start with the zero.
func digitValue(r rune) int {
	if '0' <= r && r <= '9' {
		return int(r - '0')
	}
	if r < utf8.RuneSelf {
		return -1
	}
	for _, block := range unicode.Nd.R16 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return int(r-rune(block.Lo)) % 10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return int(r-rune(block.Lo)) % 10
		}
	}
	return -1
}

// isIntSpace is the white space that int strips: that of str.strip without the
// separators U+001C to U+001F.
func isIntSpace(r rune) bool { return lexer.IsSpace(r) && (r < 0x1C || r > 0x1F) }

// parseBool reads a boolean as 0 or 1. White space around it is not accepted.
func parseBool(s string) (int64, bool) {
	switch strings.ToLower(s) {
	case "yes", "true", "on", "1":
		return 1, true
	case "no", "false", "off", "0":
		return 0, true
	}
	return 0, false
}

// parseSize reads a number of bytes with an optional unit kb, mb or gb.
func parseSize(s string) (int64, bool) {
	number, unit := cutUnit(s)
	n, ok := parseInt(number, 10)
	scale := int64(1) << (10 * (slices.Index(sizeUnits, unit) + 1))
	switch {
	case n > math.MaxInt64/scale:
		return math.MaxInt64, ok
	case n < math.MinInt64/scale:
		return math.MinInt64, ok
	}
	return n * scale, ok
}

// sizeUnits are the units of sizes, each 1024 times the one before.
var sizeUnits = []string{"kb", "mb", "gb"}

// cutUnit splits a size into its number and its unit, "" where it has none.
func cutUnit(s string) (number, unit string) {
	start := len(s)
	for range 2 { // each unit is two characters
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	for _, unit := range sizeUnits {
		if strings.EqualFold(s[start:], unit) {
			return s[:start], unit
		}
	}
	return s, ""
}

// signals are the names that Python's signal module has on Linux, and their
// numbers. The last five are there by accident, and supervisord takes them.
var signals = []struct {
	name   string
	number int64
}{
	{"SIGHUP", 1}, {"SIGINT", 2}, {"SIGQUIT", 3}, {"SIGILL", 4}, {"SIGTRAP", 5}, {"SIGABRT", 6}, {"SIGIOT", 6},
	{"SIGBUS", 7}, {"SIGFPE", 8}, {"SIGKILL", 9}, {"SIGUSR1", 10}, {"SIGSEGV", 11}, {"SIGUSR2", 12},
	{"SIGPIPE", 13}, {"SIGALRM", 14}, {"SIGTERM", 15}, {"SIGSTKFLT", 16}, {"SIGCHLD", 17}, {"SIGCLD", 17},
	{"SIGCONT", 18}, {"SIGSTOP", 19}, {"SIGTSTP", 20}, {"SIGTTIN", 21}, {"SIGTTOU", 22}, {"SIGURG", 23},
	{"SIGXCPU", 24}, {"SIGXFSZ", 25}, {"SIGVTALRM", 26}, {"SIGPROF", 27}, {"SIGWINCH", 28}, {"SIGIO", 29},
	{"SIGPOLL", 29}, {"SIGPWR", 30}, {"SIGSYS", 31}, {"SIGRTMIN", 34}, {"SIGRTMAX", 64},
	{"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_BLOCK", 0}, {"SIG_UNBLOCK", 1}, {"SIG_SETMASK", 2},
}

// parseSignal reads a signal number or a name with or without SIG.
func parseSignal(s string) (number int64, ok bool) {
	n, numeric := parseInt(s, 10)
	name := strings.TrimPrefix(upper(lexer.Trim(s)), "SIG")
	for _, sig := range signals {
		if numeric && sig.number == n || sig.name[len("SIG"):] == name {
			return sig.number, true
		}
	}
	return 0, false
}

// longUpper are the letters whose upper case is several letters, to Python but
// not to Go.
var longUpper = strings.NewReplacer("ß", "SS", "ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST")

// upper is Python's str.upper, so far as it can give ASCII letters.
func upper(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		s = longUpper.Replace(s)
	}
	return strings.ToUpper(s)
}

// signalName returns the usual name of a signal: "SIGTERM".
func signalName(number int64) string {
	for _, sig := range signals {
		if sig.number == number {
			return sig.name
		}
	}
	return fmt.Sprint(number)
}

// parseExitCodes reads integers from 0 to 255 with commas between.
func parseExitCodes(s string) ([]int64, bool) {
	if s == "" {
		return nil, true
	}
	var codes []int64
	for _, item := range strings.Split(s, ",") {
		n, ok := parseInt(item, 10)
		if !ok || n < 0 || n > 255 {
			return nil, false
		}
		codes = append(codes, n)
	}
	return codes, true
}

// Restart behaviours of autorestart. A boolean stands for the first two.
const (
	restartNever int64 = iota
	restartAlways
	restartUnexpected
)

// parseAutorestart reads a boolean or "unexpected".
func parseAutorestart(s string) (int64, bool) {
	if strings.ToLower(s) == "unexpected" {
		return restartUnexpected, true
	}
	return parseBool(s)
}

// splitList splits a text at commas and trims the items. An empty text is an
// empty list; an empty item is an item.
func splitList(t source.Text) []source.Text {
	if t.Len() == 0 {
		return nil
	}
	var out []source.Text
	start := 0
	for i := 0; i <= t.Len(); i++ {
		if i == t.Len() || t.String()[i] == ',' {
			out = append(out, t.Slice(start, i).TrimFunc(lexer.IsSpace))
			start = i + 1
		}
	}
	return out
}

// badNameChar returns the first of the characters that supervisord refuses in
// a name, in the order in which it looks for them, or 0.
func badNameChar(name string) byte {
	name = lexer.Trim(name)
	for _, c := range []byte(" :/") {
		if strings.IndexByte(name, c) >= 0 {
			return c
		}
	}
	return 0
}

// maxAccountID is the largest id of a user or group. The one above it stands for
// none.
const maxAccountID = math.MaxUint32 - 1

// isAccount reports whether a text could be a user: an id, or a name
// without white space, colon, slash and NUL. Whether the account exists is a
// question for the machine that runs it.
func isAccount(s string) bool {
	if n, ok := parseInt(s, 10); ok {
		return 0 <= n && n <= maxAccountID
	}
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return lexer.IsSpace(r) || r == ':' || r == '/' || r == 0
	}) < 0
}

// maxPort is the largest port, and the longest backlog of a socket.
const maxPort = 65535

// isDigits reports whether a text is decimal digits, of any script.
func isDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return digitValue(r) < 0 })
}

// isPath reports whether a path can be looked up: the name of a user behind a
// leading tilde must not hold a NUL.
func isPath(s string) bool {
	user, _, _ := strings.Cut(s, "/")
	return !strings.HasPrefix(user, "~") || strings.IndexByte(user, 0) < 0
}

// isAddress reports whether a text is PORT or HOST:PORT.
func isAddress(s string) bool {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		s = s[i+1:]
	}
	port, ok := parseInt(s, 10)
	return ok && 1 <= port && port <= maxPort
}

// isOwner reports whether a text could be USER or USER:GROUP.
func isOwner(s string) bool {
	user, group, both := strings.Cut(s, ":")
	return isAccount(user) && (!both || isAccount(group))
}

// logLevels are the levels of supervisord's log.
var logLevels = []string{"critical", "error", "warn", "info", "debug", "trace", "blather"}

func isLogLevel(s string) bool { return slices.Contains(logLevels, foldKey(s)) }
