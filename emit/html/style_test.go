package html

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var colour = regexp.MustCompile(`--(\w+): #([0-9a-f]{6});`)

// palettes returns the colours of each scheme of the style: light, dark, print.
func palettes() []map[string]string {
	var list []map[string]string
	for _, block := range strings.Split(pageStyle, ":root {")[1:] {
		palette := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(block[:strings.Index(block, "}")], -1) {
			palette[m[1]] = m[2]
		}
		list = append(list, palette)
	}
	return list
}

// luminance is the relative luminance of WCAG.
func luminance(hex string) float64 {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		panic(err)
	}
	linear := func(c uint64) float64 {
		s := float64(c&0xFF) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}

func contrast(a, b string) float64 {
	high, low := luminance(a), luminance(b)
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

// TestContrast: every colour of text can be read on every ground, at the 4.5 to
// 1 that WCAG asks of small text.
func TestContrast(t *testing.T) {
	list := palettes()
	if len(list) != 3 {
		t.Fatalf("%d palettes", len(list))
	}
	for i, palette := range list {
		if len(palette) != len(list[0]) {
			t.Errorf("palette %d has %v", i, slices.Sorted(maps.Keys(palette)))
		}
		for _, text := range []string{"text", "faint", "link", "error", "warning", "note", "quiet", "good"} {
			for _, ground := range []string{"back", "panel", "kin"} {
				if c := contrast(palette[text], palette[ground]); c < 4.5 {
					t.Errorf("palette %d: %s on %s has %.1f", i, text, ground, c)
				}
			}
		}
		if c := contrast(palette["text"], palette["lit"]); c < 4.5 {
			t.Errorf("palette %d: lit text has %.1f", i, c)
		}
	}
}
