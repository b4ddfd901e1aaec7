package confgen

import "strings"

// specials are characters and bytes that are easily taken for others.
var specials = []string{
	"\r", "\r\n", "\n", "\x0b", "\x0c", "\u0085", "\u2028", "\x1f", "\x00", "\u00a0", "\u3000", "\u200b", "\ufeff", "\xff", "\t",
	" ", ";", "#", " ;", " #", "=", ":", "[", "]", "'", `"`, `\`, "%", "%%", ",", "İ",
}

// spoil changes a file here and there, or most often not at all.
func (g *generator) spoil(text string) string {
	if g.one(12) {
		text = strings.ReplaceAll(text, "\n", g.pick("\r\n", "\r"))
	}
	for g.one(6) {
		text = g.spoilOnce(text)
	}
	return text
}

func (g *generator) spoilOnce(text string) string {
	lines := strings.SplitAfter(text, "\n")
	i, j := g.IntN(len(lines)), g.IntN(len(lines))
	switch g.IntN(6) {
	case 0:
		lines[i], lines[j] = lines[j], lines[i]
	case 1:
		lines[i] += lines[j]
	case 2:
		lines[i] = g.pick(" ", "\t", "    ", "\u00a0") + lines[i]
	case 3:
		lines[i] = strings.TrimSpace(lines[i]) + g.pick("\n", "", "\r")
	case 4:
		at := g.IntN(len(lines[i]) + 1)
		lines[i] = lines[i][:at] + g.pick(specials...) + lines[i][at:]
	case 5:
		lines[i] = strings.Replace(lines[i], g.pick("=", "%", "]", ",", `"`, " "), "", 1)
	}
	return strings.Join(lines, "")
}
