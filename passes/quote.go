package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes/shell"
)

// quotePass turns commands into shell text. supervisord has no shell, RunWisp
// hands run to one: exactly the words that it would read otherwise are quoted.
func quotePass(s *state, j *job) {
	var said *ir.Program // the processes of a task share their words
	for _, t := range j.tables {
		for i := range t.Entries {
			value := &t.Entries[i].Value
			if value.Kind != ir.CommandValue {
				continue
			}
			text, changed := shellText(value.Command)
			value.Kind, value.Text = ir.StringValue, text
			if len(changed) > 0 && said != t.Program {
				said = t.Program
				s.sink.Add(quoteNote(t.Program, changed))
			}
		}
	}
}

// shellText returns the shell text of a command, and the words that it had to
// quote. Text that already means the same to a shell is left as written.
func shellText(c *ir.Command) (string, []source.Text) {
	raw := c.Text.String()
	var b strings.Builder
	b.Grow(len(raw) + len("''")) // enough for one word, as a rule
	var changed []source.Text
	end := 0 // of the word before
	finished := c.Finished
	r := newCommandReader(raw, c.Holes)
	for r.nextWord() {
		w := &r.word
		first := end == 0
		if !first {
			b.WriteString(blanks.Replace(raw[end:w.start]))
		}
		job := first && shell.NamesJob(w.value) && (len(w.holes) == 0 || w.holes[0].start > 0)
		if job {
			b.WriteString("exec ")
		}
		switch text := raw[w.start:w.end]; {
		case len(finished) > 0 && finished[0].Start == w.start:
			b.WriteString(finished[0].Text)
			finished = finished[1:]
		case len(w.holes) > 0 || !job && shell.Keeps(text, first):
			b.WriteString(text)
		default:
			b.WriteString(shell.Quote(w.value))
			changed = append(changed, c.Text.Slice(w.start, w.end))
		}
		end = w.end
	}
	if r.reason != "" {
		return raw, nil // the table is commented out
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
		Message: fmt.Sprintf("quoted for the shell, so that the program gets what it gets today: %q", strings.Join(words, " ")),
		Target:  diag.Target{Unit: p.Number, Key: "run"},
	}
}
