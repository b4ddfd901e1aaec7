package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// quotePass turns commands into shell text. supervisord has no shell, RunWisp
// hands run to one: exactly the words that it would read otherwise are quoted.
func quotePass(s *state) {
	said := map[*ir.Program]bool{} // the processes of a task share their words
	for _, t := range s.doc.Tables {
		for _, e := range t.Entries {
			command, ok := e.Value.(*ir.Command)
			if !ok {
				continue
			}
			text, changed := shellText(command)
			e.Value = text
			if len(changed) > 0 && !said[t.Program] {
				said[t.Program] = true
				s.sink.Add(quoteNote(t.Program, changed))
			}
		}
	}
}

// shellText returns the shell text of a command, and the words that it had to
// quote. Text that already means the same to a shell is left as written.
func shellText(c *ir.Command) (string, []source.Text) {
	words, reason := splitCommand(c.Text, c.Holes)
	if reason != "" {
		return c.Text.String(), nil // the table is commented out
	}
	raw := c.Text.String()
	var b strings.Builder
	var changed []source.Text
	end := 0
	for i, w := range words {
		if i > 0 {
			b.WriteString(blanks.Replace(raw[end:w.start]))
		}
		finished, ok := c.Words[w.start]
		switch text := raw[w.start:w.end]; {
		case ok:
			b.WriteString(finished)
		case len(w.holes) > 0 || shellKeeps(text, i == 0):
			b.WriteString(text)
		default:
			b.WriteString(shellQuote(w.value))
			changed = append(changed, c.Text.Slice(w.start, w.end))
		}
		end = w.end
	}
	return b.String(), changed
}

// blanks makes blanks of the line ends between words, which would end a
// command.
var blanks = strings.NewReplacer("\n", " ", "\r", " ")

func quoteNote(p *ir.Program, changed []source.Text) diag.Diagnostic {
	words := make([]string, 0, len(changed))
	for _, w := range changed {
		words = append(words, w.String())
	}
	return diag.Diagnostic{
		Code:    diag.QuotedCommand,
		Span:    changed[0].Span(),
		Subject: optionName(p.Section, "command"),
		Message: fmt.Sprintf("quoted for the shell, so that the program gets what it gets today: %s", quoteText(strings.Join(words, " "))),
		Target:  diag.Target{Unit: p.Number, Key: "run"},
	}
}

// quoteText quotes user text for a message.
func quoteText(s string) string { return fmt.Sprintf("%q", s) }
