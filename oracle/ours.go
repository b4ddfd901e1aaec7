package oracle

import (
	"fmt"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes"
)

// Ours puts our model of a configuration into the shape of an answer. It must
// have been made with passes.Options.Environ set, so that everything is filled
// in; diags are all that the same import found.
func Ours(config *ir.Config, diags []*diag.Diagnostic) Answer {
	if refusal := refusalIn(diags); refusal != nil {
		return Answer{Error: refusal.Message}
	}
	a := Answer{OK: true}
	for _, g := range config.Groups {
		group := ourGroup(config, g)
		a.Groups = append(a.Groups, group)
		if !g.Shadowed {
			a.Names = append(a.Names, group.names()...)
		}
	}
	return a
}

// stillborn are the errors of programs that supervisord accepts and then fails
// to start.
var stillborn = []diag.Code{diag.EmptyCommand, diag.EmptyDirectory, diag.UnbalancedQuote, diag.NulByte}

// harmless are the refusals of supervisord that change nothing in an import,
// so that they are notes.
var harmless = []diag.Code{diag.MissingDaemon, diag.MissingProcessNum}

// refusalIn returns the first diagnostic that says that supervisord refuses
// the configuration, or nil.
func refusalIn(diags []*diag.Diagnostic) *diag.Diagnostic {
	for _, d := range diags {
		if d.Severity == diag.Error && !slices.Contains(stillborn, d.Code) || slices.Contains(harmless, d.Code) {
			return d
		}
	}
	return nil
}

func ourGroup(config *ir.Config, g *ir.Group) Group {
	out := Group{
		Name:      g.Name,
		Kind:      groupKind(g.Section.Kind),
		Priority:  passes.GroupPriority(g),
		Shadowed:  g.Shadowed,
		Processes: []Process{},
		Source:    g,
	}
	for _, p := range config.Mentions(g) {
		for i := range p.Processes {
			out.add(ourProcess(config, p, &p.Processes[i]))
		}
	}
	return out
}

// add adds a process, in the place of an earlier one of its name.
func (g *Group) add(p Process) {
	same := func(q Process) bool { return q.Name == p.Name }
	if i := slices.IndexFunc(g.Processes, same); i >= 0 {
		g.Processes[i] = p
		return
	}
	g.Processes = append(g.Processes, p)
}

// names returns the processes of a group as supervisorctl shows them.
func (g *Group) names() []string {
	names := make([]string, 0, len(g.Processes))
	for _, p := range g.Processes {
		names = append(names, g.shown(p.Name))
	}
	return names
}

// shown returns how supervisorctl shows a process of the group.
func (g *Group) shown(process string) string {
	if process == g.Name {
		return process
	}
	return g.Name + ":" + process
}

func groupKind(kind ir.SectionKind) string {
	switch kind {
	case ir.GroupSection:
		return "group"
	case ir.ListenerSection:
		return "eventlistener"
	case ir.FastCGISection:
		return "fcgi-program"
	}
	return "program"
}

// restarts are the values of autorestart by the numbers that the passes give them.
var restarts = [...]string{"false", "true", "unexpected"}

// ourProcess returns a process with supervisord's own defaults for what is not set.
func ourProcess(config *ir.Config, program *ir.Program, p *ir.Process) Process {
	stopasgroup := p.Setting("stopasgroup").BoolOr(false)
	return Process{
		Name:         p.Name,
		Section:      program.Section.Name,
		Argv:         passes.Argv(p.Setting("command")),
		Directory:    text(p.Setting("directory")),
		Umask:        octal(p.Setting("umask")),
		User:         text(p.Setting("user")),
		Priority:     p.Setting("priority").IntOr(999),
		Autostart:    p.Setting("autostart").BoolOr(true),
		Autorestart:  restarts[p.Setting("autorestart").IntOr(2)],
		Startsecs:    p.Setting("startsecs").IntOr(1),
		Startretries: p.Setting("startretries").IntOr(3),
		Stopsignal:   p.Setting("stopsignal").IntOr(15),
		Stopwaitsecs: p.Setting("stopwaitsecs").IntOr(10),
		Stopasgroup:  stopasgroup,
		Killasgroup:  p.Setting("killasgroup").BoolOr(stopasgroup),
		Exitcodes:    exitcodes(p.Setting("exitcodes")),
		Environment:  environment(config.Daemon, p),
		Source:       program,
	}
}

func text(s *ir.Setting) *string {
	if !s.IsSet() {
		return nil
	}
	return new(s.Text.String())
}

func octal(s *ir.Setting) *string {
	if !s.IsSet() {
		return nil
	}
	return new(fmt.Sprintf("%O", s.Int))
}

func exitcodes(s *ir.Setting) []int64 {
	if !s.IsSet() {
		return []int64{0}
	}
	return append([]int64{}, s.Ints...)
}

// environment returns what a process gets besides supervisord's own variables.
func environment(daemon *ir.Daemon, p *ir.Process) map[string]string {
	environ := map[string]string{}
	pairs := p.Setting("environment").Pairs
	if daemon != nil {
		pairs = slices.Concat(daemon.Environment.Pairs, pairs)
	}
	for _, pair := range pairs {
		environ[pair.Name.String()] = pair.Value.String()
	}
	return environ
}
