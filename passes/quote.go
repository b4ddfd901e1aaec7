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
	var b strings.Builder // what is written for raw[start:from]
	var changed []source.Text
	start, from, end := -1, 0, 0 // the first word starts, what is kept starts, the word before ends
	replace := func(text string, at, behind int) {
		b.WriteString(raw[from:at])
		b.WriteString(text)
		from = behind
	}
	finished := c.Finished
	r := newCommandReader(raw, c.Holes)
	for r.nextWord() {
		w := &r.word
		first := start < 0
		if first {
			start, from = w.start, w.start
		} else if between := raw[end:w.start]; strings.ContainsAny(between, lineEnds) {
			replace(blanks.Replace(between), end, w.start)
		}
		job := first && shell.NamesJob(w.value) && (len(w.holes) == 0 || w.holes[0].start > 0)
		if job {
			replace("exec ", w.start, w.start)
		}
		switch text := raw[w.start:w.end]; {
		case len(finished) > 0 && finished[0].Start == w.start:
			replace(finished[0].Text, w.start, w.end)
			finished = finished[1:]
		case len(w.holes) == 0 && (job || !shell.Keeps(text, first)):
			replace(shell.Quote(w.value), w.start, w.end)
			changed = append(changed, c.Text.Slice(w.start, w.end))
		}
		end = w.end
	}
	switch {
	case r.reason != "":
		return raw, nil // the table is commented out
	case start < 0:
		return "", nil
	case from == start && b.Len() == 0: // as written, like most
		return raw[start:end], nil
	}
	b.WriteString(raw[from:end])
	return b.String(), changed
}

// lineEnds would end a command between words; blanks makes blanks of them.
const lineEnds = "\n\r"

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
