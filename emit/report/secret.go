package report

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/ir/source"
)

// minSecret is the length in bytes from which a secret is looked for in
// messages; a shorter one could be a part of any word.
const minSecret = 3

// quotes may stand around a secret.
const quotes = `"'`

// placeholder is what stands in a value for another one. It is no secret, and
// often what a finding is about.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`%\([^()\s]*\)[-#0-9.+]*[a-zA-Z]?|\$\{[^{}\s]*\}`)
})

// findSecrets returns the spans of a file that look like secrets.
func findSecrets(file *source.File) []source.Span {
	var spans []source.Span
	for _, v := range secret.Find(file.Content, secret.Continued(file.Content)) {
		spans = append(spans, withoutPlaceholders(file.Span(int32(v.Start), int32(v.End)))...)
	}
	return spans
}

// withoutPlaceholders returns what is left of a value between its quotes and
// placeholders.
func withoutPlaceholders(value source.Span) []source.Span {
	text := value.Text()
	value.Start += int32(len(text) - len(strings.TrimLeft(text, quotes)))
	value.End = max(value.Start, value.End-int32(len(text)-len(strings.TrimRight(text, quotes))))
	var spans []source.Span
	start := value.Start
	for _, m := range placeholder().FindAllStringIndex(value.Text(), -1) {
		spans = append(spans, value.File.Span(start, value.Start+int32(m[0])))
		start = value.Start + int32(m[1])
	}
	return append(spans, value.File.Span(start, value.End))
}

// secretsIn returns the secrets that a span touches.
func (p *printer) secretsIn(span source.Span) []source.Span {
	if p.opts.ShowSecrets || !span.IsValid() {
		return nil
	}
	all, ok := p.secrets[span.File]
	if !ok {
		all = findSecrets(span.File)
		p.secrets[span.File] = all
	}
	var touched []source.Span
	for _, s := range all {
		if s.Start < span.End && span.Start < s.End {
			touched = append(touched, s)
		}
	}
	return touched
}

// conceal masks the secrets that a text quotes from the span it is about.
func (p *printer) conceal(span source.Span, text string) string {
	for _, s := range p.secretsIn(span) {
		overlap := s.File.Span(max(s.Start, span.Start), min(s.End, span.End))
		for _, hidden := range []string{s.Text(), overlap.Text()} {
			if hidden = strings.Trim(hidden, quotes+" \t"); len(hidden) >= minSecret {
				text = strings.ReplaceAll(text, hidden, strings.Repeat("*", utf8.RuneCountInString(hidden)))
			}
		}
	}
	return text
}
