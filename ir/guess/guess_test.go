package guess

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"run", "user", "umask", "startsecs", "stdout_logfile", "stderr_logfile", "on"}
	for word, want := range map[string]string{
		"usr":             "user", // one slip in a short word
		"uesr":            "user", // two letters swapped are one slip
		"usre":            "user",
		"ur":              "",
		"USER":            "user",
		"user":            "user",
		"starsec":         "startsecs",
		"startseconds":    "startsecs",
		"stat_secs":       "startsecs",
		"stdoutlogfile":   "stdout_logfile",
		"stdxxx_logfile":  "stdout_logfile", // the first of equally near ones
		"stdrer_logfile":  "stderr_logfile",
		"something-else":  "",
		"umaxx":           "", // two slips in a word of five letters
		"in":              "", // too short to tell
		"x":               "",
		"":                "",
		"umaskumaskumask": "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
}

// TestNearestOfSeveral: a nearer word further on is the better one.
func TestNearestOfSeveral(t *testing.T) {
	if got := Nearest("abcdefg", []string{"abcdexy", "abcdefx", "abcdxyg"}); got != "abcdefx" {
		t.Errorf("the nearest of several is %q", got)
	}
}

// TestLongWords: what would take long to compare is not looked at.
func TestLongWords(t *testing.T) {
	long := strings.Repeat("x", limits[len(limits)-1].length)
	if got := Nearest(long[1:], []string{long}); got != long {
		t.Errorf("nearest to a long word is %q", got)
	}
	if got := Nearest(long+"x", []string{long}); got != "" {
		t.Errorf("nearest to a word that is too long is %q", got)
	}
	// The small letter for the capital \u0130 takes a byte more.
	grows := strings.Repeat("\u0130", len(long)/2)
	if got := Nearest(long, []string{grows, long}); got != long {
		t.Errorf("nearest beside a word that grows in lower case is %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"abc", "abd", 1}, {"abc", "acb", 1}, {"abc", "bac", 1}, {"abc", "ab", 1}, {"ab", "abc", 1},
		{"kitten", "sitting", 3}, {"ca", "abc", 3},
		{"", "\u00e9\u00e9", 4}, {"\u00e9a", "\u00e9b", 1},
	} {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("from %q to %q it is %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if least := apart(tt.a, tt.b); least > tt.want {
			t.Errorf("from %q to %q it is at least %d, want at most %d", tt.a, tt.b, least, tt.want)
		}
	}
}
