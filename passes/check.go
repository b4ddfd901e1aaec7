package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// checkProgram reports what supervisord refuses of a program as a whole.
func checkProgram(p *ir.Program, sink *diag.Sink) {
	if c := badNameChar(p.Name); c != 0 {
		sink.Add(invalidName(p.Section, p.Name, c, wholeProgram(p)))
	}
	checkProcessName(p, sink)
	checkNumprocs(p, sink)
	checkStop(p, sink)
	if !p.Setting("command").IsSet() && p.Setting("numprocs").IntOr(1) > 0 {
		sink.Add(diag.Diagnostic{
			Code:    diag.MissingCommand,
			Span:    p.Section.Header,
			Subject: sectionName(p.Section),
			Message: "program has no command",
			Hint:    "Give it a command, or remove the section.",
			Target:  wholeProgram(p),
		})
	}
	switch p.Kind {
	case ir.ListenerSection:
		checkListener(p, sink)
	case ir.FastCGISection:
		checkFastCGI(p, sink)
	}
}

// wholeProgram is the target of what concerns every unit of a program.
func wholeProgram(p *ir.Program) diag.Target { return diag.Target{Unit: p.Number, Shared: true} }

// checkStop reports signals of which only the first goes to the whole group.
func checkStop(p *ir.Program, sink *diag.Sink) {
	stop, kill := p.Setting("stopasgroup"), p.Setting("killasgroup")
	if !stop.BoolOr(false) || kill.BoolOr(true) {
		return
	}
	sink.Add(diag.Diagnostic{
		Code:    diag.ConflictingStop,
		Span:    kill.Option.Span(),
		Subject: optionName(p.Section, "killasgroup"),
		Message: "killasgroup is false although stopasgroup is true",
		Hint:    "Remove one of the two; RunWisp signals the whole group in any case.",
		Related: []diag.Related{{Span: stop.Option.Span(), Message: "stopasgroup is set here"}},
		Target:  wholeProgram(p),
	})
}

// checkNumprocs notes several processes whose names do not tell them apart.
// Only the text of the name counts, before anything is filled in.
func checkNumprocs(p *ir.Program, sink *diag.Sink) {
	count := p.Setting("numprocs")
	if count.IntOr(1) <= 1 || tellsProcesses(p.Section.Option("process_name")) {
		return
	}
	sink.Add(diag.Diagnostic{
		Code:    diag.MissingProcessNum,
		Span:    count.Option.Span(),
		Subject: optionName(p.Section, "numprocs"),
		Message: fmt.Sprintf("numprocs is %d, but process_name has no %%(process_num)s, which supervisord refuses", count.Int),
		Target:  wholeProgram(p),
	})
}

// tellsProcesses reports whether supervisord takes a process_name for one that
// tells several processes apart.
func tellsProcesses(name *ir.Option) bool {
	return name != nil && strings.Contains(name.Value.String(), "%(process_num)")
}

// checkProcessName checks the name of the processes as supervisord does: once,
// before anything is filled in.
func checkProcessName(p *ir.Program, sink *diag.Sink) {
	o := p.Section.Option("process_name")
	if o == nil {
		return
	}
	raw, _ := replaceHere(o.Value, o.Here)
	if c := badNameChar(raw.String()); c != 0 {
		sink.Add(diag.Diagnostic{
			Code:    diag.InvalidName,
			Span:    o.Span(),
			Subject: optionName(p.Section, o.Key),
			Message: fmt.Sprintf("process name %q holds %q, which supervisord refuses", raw.String(), string(c)),
			Hint:    "Write it without spaces, colons and slashes.",
			Target:  wholeProgram(p),
		})
	}
}

func invalidName(sec *ir.Section, name string, c byte, target diag.Target) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.InvalidName,
		Span:    sec.Header,
		Subject: sectionName(sec),
		Message: fmt.Sprintf("name %q holds %q, which supervisord refuses", name, string(c)),
		Hint:    "Give it a name without spaces, colons and slashes.",
		Target:  target,
	}
}

// missingOption says that a section lacks an option that it must have.
func missingOption(sec *ir.Section, key string, target diag.Target) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.MissingOption,
		Span:    sec.Header,
		Subject: sectionName(sec),
		Message: fmt.Sprintf("[%s] has no %s, which supervisord requires", sec.Name, key),
		Hint:    "Add it, or remove the section.",
		Target:  target,
	}
}

// refusedValue says why supervisord refuses the value of an option.
func refusedValue(p *ir.Program, setting *ir.Setting, message string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.InvalidValue,
		Span:    setting.Option.Span(),
		Subject: optionName(p.Section, setting.Key),
		Message: message,
		Hint:    correctIt,
		Target:  diag.Target{Unit: p.Number},
	}
}
