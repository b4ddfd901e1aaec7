package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/runwisp/runwisp/ir/diag"
)

// An examplePart is a text of an example: the configuration itself, or what is
// around it.
type examplePart struct{ title, text string }

// exampleParts returns what is to be shown of the example of a rule.
func exampleParts(r *diag.Rule) []examplePart {
	title := "Example"
	switch {
	case r.Scene.Piped:
		title += ", piped in"
	case r.Scene.Resolve:
		title += ", with --resolve"
	case r.Scene.ReadAs != "":
		title += ", with --verify"
	}
	parts := []examplePart{{title, exampleText(r.ExampleText())}}
	for _, f := range r.Scene.Files {
		parts = append(parts, examplePart{"Beside it, " + f.Path, exampleText(f.Content)})
	}
	if r.Scene.ReadAs != "" {
		parts = append(parts, examplePart{"The installed supervisord reads it as", exampleText(r.Scene.ReadAs)})
	}
	return parts
}

// inputLanguages name the languages of examples as code blocks do.
var inputLanguages = map[diag.Input]string{diag.Supervisord: "ini", diag.RunWisp: "toml"}

// exampleMarkdown returns the example of a rule as a part of a page. The title
// of an example that stands alone goes without saying.
func exampleMarkdown(r *diag.Rule) string {
	var b strings.Builder
	for _, part := range exampleParts(r) {
		if part.title != "Example" {
			b.WriteString("\n" + part.title + ":\n")
		}
		b.WriteString("\n" + fenced(inputLanguages[r.Input], part.text))
	}
	return b.String()
}

// fenced returns a text as a code block of a page.
func fenced(language, text string) string {
	return "```" + language + "\n" + text + "```\n"
}

// Of a long example only the first lines are shown, and the last one; of a long
// line only its start.
const (
	maxExampleLines = 12
	firstLines      = 5
	maxExampleWidth = DefaultWidth - blockIndent - 1
)

// exampleText returns an example, fit to print.
func exampleText(text string) string {
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	if len(lines) > maxExampleLines {
		lines = append(lines[:firstLines:firstLines], "...", lines[len(lines)-1])
	}
	var b strings.Builder
	for _, line := range lines {
		line = printable(strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth)))
		b.WriteString(displaywidth.TruncateString(line, maxExampleWidth, ellipsis.text) + "\n")
	}
	return b.String()
}
