package passes

import (
	"math"
	"testing"
)

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
		{"-1kb", -1 << 10, true},
		{"9223372036854775807gb", math.MaxInt64, true},
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
