package runwisp_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/passes"
)

// An answer is what the real supervisord makes of a configuration, as
// testdata/oracle.py prints it, or what we make of it, in the same shape.
type answer struct {
	OK     bool          `json:"ok"`
	Error  string        `json:"error"`
	Groups []answerGroup `json:"groups"`
	// Names are the processes in the order of their first spawn.
	Names []string `json:"runtime_names"`
}

type answerGroup struct {
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	Priority  json.Number     `json:"priority"`
	Shadowed  bool            `json:"shadowed"`
	Processes []answerProcess `json:"processes"`
}

type answerProcess struct {
	Name         string            `json:"name"`
	Section      string            `json:"section"`
	Argv         []string          `json:"argv"`
	Directory    *string           `json:"directory"`
	Umask        *string           `json:"umask"`
	User         any               `json:"user"`
	Priority     json.Number       `json:"priority"`
	Autostart    bool              `json:"autostart"`
	Autorestart  string            `json:"autorestart"`
	Startsecs    json.Number       `json:"startsecs"`
	Startretries json.Number       `json:"startretries"`
	Stopsignal   json.Number       `json:"stopsignal_number"`
	Stopwaitsecs json.Number       `json:"stopwaitsecs"`
	Stopasgroup  bool              `json:"stopasgroup"`
	Killasgroup  bool              `json:"killasgroup"`
	Exitcodes    []json.Number     `json:"exitcodes"`
	Environment  map[string]string `json:"environment"`
}

// clamp makes the oracle's numbers comparable with ours, which are int64.
func clamp(n json.Number) json.Number {
	if _, err := n.Int64(); err == nil {
		return n
	}
	if strings.HasPrefix(n.String(), "-") {
		return number(math.MinInt64)
	}
	return number(math.MaxInt64)
}

func number(n int64) json.Number { return json.Number(fmt.Sprint(n)) }

// harmless are the refusals of supervisord that change nothing in an import,
// so that they are notes.
var harmless = []diag.Code{diag.MissingDaemon, diag.MissingProcessNum}

// stillborn are the errors of programs that supervisord accepts and then fails
// to start.
var stillborn = []diag.Code{diag.EmptyCommand, diag.UnbalancedQuote, diag.NulByte}

// refused reports whether the diagnostics say that supervisord refuses the
// configuration.
func refused(im *runwisp.Imported) bool {
	for _, d := range im.Diagnostics {
		if d.Severity == diag.Error && !slices.Contains(stillborn, d.Code) || slices.Contains(harmless, d.Code) {
			return true
		}
	}
	return false
}

// ours puts a configuration into the shape of an answer.
func ours(im *runwisp.Imported) answer {
	a := answer{OK: !refused(im)}
	if !a.OK {
		return a
	}
	for _, g := range im.Config.Groups {
		ag := answerGroup{Name: g.Name, Kind: groupKind(g), Priority: number(passes.GroupPriority(g)), Shadowed: g.Shadowed}
		for _, p := range g.Programs {
			for i := range p.Processes {
				ag.Processes = append(ag.Processes, ourProcess(im.Config, p, &p.Processes[i]))
			}
		}
		a.Groups = append(a.Groups, ag)
		if !g.Shadowed {
			a.Names = append(a.Names, namesIn(ag)...)
		}
	}
	return a
}

func groupKind(g *ir.Group) string {
	switch g.Section.Kind {
	case ir.GroupSection:
		return "group"
	case ir.ListenerSection:
		return "eventlistener"
	case ir.FastCGISection:
		return "fcgi"
	}
	return "program"
}

// namesIn returns the names of a group's processes as supervisorctl shows
// them, each once.
func namesIn(g answerGroup) []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range g.Processes {
		if seen[p.Name] {
			continue
		}
		seen[p.Name] = true
		if p.Name == g.Name {
			out = append(out, p.Name)
		} else {
			out = append(out, g.Name+":"+p.Name)
		}
	}
	return out
}

func ourProcess(c *ir.Config, p *ir.Program, proc *ir.Process) answerProcess {
	integer := func(key string, def int64) json.Number { return number(proc.Setting(key).IntOr(def)) }
	stop := proc.Setting("stopasgroup").BoolOr(false)
	out := answerProcess{
		Name:         proc.Name,
		Section:      p.Section.Name,
		Argv:         passes.Argv(proc.Setting("command")),
		Priority:     integer("priority", 999),
		Autostart:    proc.Setting("autostart").BoolOr(true),
		Autorestart:  [...]string{"false", "true", "unexpected"}[proc.Setting("autorestart").IntOr(2)],
		Startsecs:    integer("startsecs", 1),
		Startretries: integer("startretries", 3),
		Stopsignal:   integer("stopsignal", 15),
		Stopwaitsecs: integer("stopwaitsecs", 10),
		Stopasgroup:  stop,
		Killasgroup:  proc.Setting("killasgroup").BoolOr(stop),
		Environment:  map[string]string{},
	}
	if s := proc.Setting("directory"); s.IsSet() {
		text := s.Text.String()
		out.Directory = &text
	}
	if s := proc.Setting("umask"); s.IsSet() {
		text := fmt.Sprintf("%04o", s.Int)
		if s.Int < 0 {
			text = fmt.Sprintf("-%o", -s.Int)
		}
		out.Umask = &text
	}
	if s := proc.Setting("user"); s.IsSet() {
		out.User = s.Text.String()
	}
	if s := proc.Setting("exitcodes"); s.IsSet() {
		for _, code := range s.Ints {
			out.Exitcodes = append(out.Exitcodes, number(code))
		}
	} else {
		out.Exitcodes = []json.Number{"0"}
	}
	if c.Daemon != nil {
		addPairs(out.Environment, c.Daemon.Environment.Pairs)
	}
	addPairs(out.Environment, proc.Setting("environment").Pairs)
	return out
}

func addPairs(env map[string]string, pairs []ir.Pair) {
	for _, p := range pairs {
		env[p.Name.String()] = p.Value.String()
	}
}
