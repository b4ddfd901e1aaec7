package report

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/runwisp/runwisp/ir/source"
)

// minSecret is the length in bytes from which a secret is looked for in
// messages; a shorter one could be a part of any word.
const minSecret = 3

// The parts of the patterns below: a name that tells of a secret, and a value
// over its continuation lines, which are indented.
const (
	secretName = `[\w.-]*(?:password|passwd|secret|token|key|credential)[\w.-]*`
	valueLines = `[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*`
	quotes     = `"'`
	quoted     = `"(?:[^"\\\n]|\\.|\n[ \t])*"?|'(?:[^'\n]|\n[ \t])*'?`
)

// The places where secrets stand; the last group is the secret. They look at
// text alone, because a finding is about a value that could not be read as
// often as not.
var (
	// secretOption is an option of any section, or a key of a TOML file.
	secretOption = regexp.MustCompile(`(?im)^["']?` + secretName + `["']?[ \t]*[=:][ \t]*(` + valueLines + `)`)
	// environment is the option that holds variables.
	environment = regexp.MustCompile(`(?im)^environment[ \t]*[=:](` + valueLines + `)`)
	// secretVariable is a variable in it, whose value ends at a comma.
	secretVariable = regexp.MustCompile(`(?i)\b` + secretName + `["']?\s*=\s*(` + quoted + `|[^,\r\n]*)`)
	// secretWord is a variable or a flag anywhere else.
	secretWord = regexp.MustCompile(`(?i)\b` + secretName + `["']?[ \t]*=[ \t]*(` + quoted + `|[^,\s]*)`)
)

// placeholder is what stands in a value for another one. It is no secret, and
// often what a finding is about.
var placeholder = regexp.MustCompile(`%\([^()\s]*\)[-#0-9.+]*[a-zA-Z]?|\$\{[^{}\s]*\}`)

// findSecrets returns the spans of a file that look like secrets.
func findSecrets(file *source.File) []source.Span {
	whole := file.Span(0, file.Size())
	values := matches(secretOption, whole)
	for _, value := range matches(environment, whole) {
		values = append(values, matches(secretVariable, value)...)
	}
	var spans []source.Span
	for _, value := range append(values, matches(secretWord, whole)...) {
		spans = append(spans, withoutPlaceholders(value)...)
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
	for _, m := range placeholder.FindAllStringIndex(value.Text(), -1) {
		spans = append(spans, value.File.Span(start, value.Start+int32(m[0])))
		start = value.Start + int32(m[1])
	}
	return append(spans, value.File.Span(start, value.End))
}

// matches returns the spans of the group of a pattern inside a span.
func matches(pattern *regexp.Regexp, in source.Span) []source.Span {
	var spans []source.Span
	for _, m := range pattern.FindAllStringSubmatchIndex(in.Text(), -1) {
		spans = append(spans, in.File.Span(in.Start+int32(m[2]), in.Start+int32(m[3])))
	}
	return spans
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
		for _, secret := range []string{s.Text(), overlap.Text()} {
			if secret = strings.Trim(secret, quotes+" \t"); len(secret) >= minSecret {
				text = strings.ReplaceAll(text, secret, strings.Repeat("*", utf8.RuneCountInString(secret)))
			}
		}
	}
	return text
}
