package passes

import (
	"math"
	"strings"
	"testing"
	"unicode"
)

// TestParseInt: what Python's int makes of a text.
func TestParseInt(t *testing.T) {
	for _, tt := range []struct {
		text string
		base int
		want int64
		ok   bool
	}{
		{"0", 10, 0, true},
		{"15", 10, 15, true},
		{"17", 8, 15, true},
		{"0o17", 8, 15, true},
		{"0O_17", 8, 15, true},
		{"0o17", 10, 0, false},
		{"18", 8, 0, false},
		{" +1_0\n", 10, 10, true},
		{"1__0", 10, 0, false},
		{"10_", 10, 0, false},
		{"-", 10, 0, false},
		{"\u00a05", 10, 5, true},
		{"\x1b5", 10, 0, false},
		{"\x1c5", 10, 0, false},
		{"5\x1f", 10, 0, false},
		{"\u0663", 10, 3, true},
		{"\U0001D7CF\U0001D7DB", 10, 13, true},
		{"1:", 10, 0, false},
		{"1/", 10, 0, false},
		{"999999999999999999", 10, 999999999999999999, true},
		{"9223372036854775807", 10, math.MaxInt64, true},
		{"9223372036854775808", 10, math.MaxInt64, true},
		{"-9223372036854775809", 10, math.MinInt64, true},
		{strings.Repeat("0", 4299) + "7", 10, 7, true},
		{strings.Repeat("0", 4300) + "7", 10, 0, false},
		{strings.Repeat("0", 4300) + "7", 8, 7, true}, // Python limits only what takes long to read
	} {
		if got, ok := parseInt(tt.text, tt.base); ok != tt.ok || got != tt.want {
			t.Errorf("%q is %d, accepted %v, want %d, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

// TestDigitValue: the decimal digits of each script follow each other, ten and
// ten, and nothing else has a value.
func TestDigitValue(t *testing.T) {
	last := -1
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := -1
		if unicode.IsDigit(r) {
			want = (last + 1) % 10
		}
		if got := digitValue(r); got != want {
			t.Fatalf("the value of %U is %d, want %d", r, got, want)
		}
		last = want
	}
}

// TestCountsOn: shells calculate with the numbers of all processes.
func TestCountsOn(t *testing.T) {
	for n, want := range map[int64]bool{
		math.MinInt64:                    false,
		math.MinInt64 + 1:                true,
		0:                                true,
		math.MaxInt64 - maxProcesses:     true,
		math.MaxInt64 - maxProcesses + 1: false,
	} {
		if got := countsOn(n); got != want {
			t.Errorf("counting on from %d: %v, want %v", n, got, want)
		}
	}
}

// TestAcceptedTexts: which texts supervisord takes where only that counts.
func TestAcceptedTexts(t *testing.T) {
	for _, tt := range []struct {
		name     string
		accepts  func(string) bool
		yes, not []string
	}{
		{"user", isAccount, []string{"0", "4294967294", "web", "é", "a\x01b"}, []string{"", "-1", "4294967295", "a b", "a:b", "a/b", "a\x00b"}},
		{"owner", isOwner, []string{"web", "web:www", "0:0"}, []string{"web:", ":www", "web:w w", "a:b:c"}},
		{"address", isAddress, []string{"1", "65535", ":9001", "host:9001", "[::1]:9001"}, []string{"", "host", "host:", "0", "65536", "9001:host"}},
		{"path", isPath, []string{"", "/a", "~", "~web/x", "~/\x00", "a\x00b", "~\x01"}, []string{"~\x00", "~w\x00/x"}},
		{"digits", isDigits, []string{"0", "42", "\u0663"}, []string{"", "-1", "1a", "1:"}},
		{"level", isLogLevel, []string{"debug", "WARN", "blather"}, []string{"", "warning", " info"}},
	} {
		for _, text := range tt.yes {
			if !tt.accepts(text) {
				t.Errorf("%q is no %s", text, tt.name)
			}
		}
		for _, text := range tt.not {
			if tt.accepts(text) {
				t.Errorf("%q is taken for a %s", text, tt.name)
			}
		}
	}
}

// TestParseSize: what a size comes to is not to be seen in the output, which
// repeats its text.
func TestParseSize(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64
		ok   bool
	}{
		{"0", 0, true},
		{"12", 12, true},
		{"1kb", 1 << 10, true},
		{"2MB", 2 << 20, true},
		{"3 Gb", 3 << 30, true},
		{"4\u212AB", 4 << 10, true}, // the sign of the kelvin is a k in small letters
		{"b", 0, false},
		{"", 0, false},
		{"-1kb", -1 << 10, true},
		{"9223372036854775807gb", math.MaxInt64, true},
		{"-9223372036854775807gb", math.MinInt64, true},
		{"1k", 0, false},
		{"1tb", 0, false},
		{"1.5mb", 0, false},
		{"mb", 0, false},
	} {
		if got, ok := parseSize(tt.text); ok != tt.ok || ok && got != tt.want {
			t.Errorf("%q is %d, accepted %v, want %d, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}
