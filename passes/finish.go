package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// seen is what programs depend on that the configuration does not say.
type seen struct {
	noUser        bool // a program sets no user
	fromDirectory bool // a program starts from the directory of supervisord
	unsetStart    bool // a service keeps RunWisp's healthy_after
	unsetStop     bool // a unit keeps RunWisp's graceful_stop
}

func (s *seen) add(other seen) {
	s.noUser = s.noUser || other.noUser
	s.fromDirectory = s.fromDirectory || other.fromDirectory
	s.unsetStart = s.unsetStart || other.unsetStart
	s.unsetStop = s.unsetStop || other.unsetStop
}

// look records what a program depends on.
func (s *state) look(p *ir.Program) {
	if !becomesUnit(p) {
		return
	}
	if !p.Setting("user").IsSet() {
		s.seen.noUser = true
	}
	if d := s.config.Daemon; d != nil && d.Directory.IsSet() && !s.seen.fromDirectory {
		s.seen.fromDirectory = dependsOnDirectory(p)
	}
	if !p.Brief.Task && !p.Setting("startsecs").IsSet() {
		s.seen.unsetStart = true
	}
	if !p.Setting("stopwaitsecs").IsSet() {
		s.seen.unsetStop = true
	}
}

// finishPass notes what depends on all programs.
func finishPass(s *state) {
	s.tellDaemon()
	if !s.opts.ExplicitDefaults {
		s.tellDefaults()
	}
}

// tellDefaults notes the defaults of RunWisp that count where supervisord has
// others.
func (s *state) tellDefaults() {
	unset := map[string]bool{"startsecs": s.seen.unsetStart, "stopwaitsecs": s.seen.unsetStop}
	var defaults []string
	who := "supervisord"
	for _, row := range ownDefaults {
		if unset[row.key] {
			defaults = append(defaults, fmt.Sprintf("%s %s where %s has %s %s",
				row.target, strings.Trim(row.service.Default, `"`), who, row.key, row.def))
			who = "it"
		}
	}
	if len(defaults) > 0 {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.UnsetDefaults,
			Span:    s.start(),
			Message: "what the source does not set keeps RunWisp's defaults: " + strings.Join(defaults, ", "),
		})
	}
}
