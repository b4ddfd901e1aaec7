package parser

import (
	"strings"

	"github.com/runwisp/runwisp/ir/diag"
)

// report says what supervisord refuses, in the order of the file. What stands
// before the first header is reported once: it has one cause.
func report(t *Tree, readers []partReader, sink *diag.Sink) {
	reportEncoding(t, readers, sink)
	headers := int32(len(t.File.Content))
	if len(t.Sections) > 0 {
		headers = t.Sections[0].Header.Start
	}
	lost := false
	for i := range readers {
		for _, bad := range readers[i].bad {
			before := bad.Start < headers
			if !before || !lost {
				sink.Add(badLine(t, bad, before))
			}
			lost = lost || before
		}
	}
}

// badLine says what is wrong with a line.
func badLine(t *Tree, content Range, beforeHeaders bool) diag.Diagnostic {
	span := t.Span(content)
	text := span.Text()
	switch {
	case beforeHeaders:
		return diag.Diagnostic{
			Code:    diag.MissingSection,
			Span:    span,
			Message: "line before the first [section] header" + unclosed(text),
			Hint:    "Put a header such as [program:NAME] above it.",
		}
	case text[0] == '=' || text[0] == ':':
		return diag.Diagnostic{
			Code:    diag.MissingKey,
			Span:    span,
			Message: "line has no key before its delimiter",
			Hint:    "Write it as key=value, or make it a comment with a leading semicolon.",
		}
	}
	return diag.Diagnostic{
		Code:    diag.MissingDelimiter,
		Span:    span,
		Message: "line is neither a [section] header nor key=value" + unclosed(text),
		Hint:    "Indent it deeper to continue the value above, or make it a comment with a leading semicolon.",
	}
}

// unclosed adds to a message what most likely went wrong.
func unclosed(text string) string {
	if strings.HasPrefix(text, "[") && !strings.Contains(text, "]") {
		return ": its bracket is not closed"
	}
	return ""
}
