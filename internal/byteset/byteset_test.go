package byteset

import (
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	vowels := Of("aeiou")
	for c := range 256 {
		if want := strings.IndexByte("aeiou", byte(c)) >= 0; vowels.Has(byte(c)) != want {
			t.Errorf("%q is in the set: %v", byte(c), !want)
		}
	}
	// A stranger at every place of texts of every length.
	for n := range 13 {
		text := strings.Repeat("a", n)
		if !vowels.HasAll(text) {
			t.Errorf("%q does not consist of vowels", text)
		}
		for i := range n {
			if other := text[:i] + "\xE1" + text[i+1:]; vowels.HasAll(other) {
				t.Errorf("%q consists of vowels", other)
			}
		}
	}
}
