package passes

import (
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// seen is what programs depend on that the configuration does not say.
type seen struct {
	noUser        bool // a program sets no user
	fromDirectory bool // a program starts from the directory of supervisord
	unsetTimes    bool // a service keeps RunWisp's times
}

func (s *seen) add(other seen) {
	s.noUser = s.noUser || other.noUser
	s.fromDirectory = s.fromDirectory || other.fromDirectory
	s.unsetTimes = s.unsetTimes || other.unsetTimes
}

// look records what a program depends on.
func (s *state) look(p *ir.Program) {
	if p.Kind != ir.ProgramSection {
		return
	}
	if !p.Setting("user").IsSet() {
		s.seen.noUser = true
	}
	if d := s.config.Daemon; d != nil && d.Directory.IsSet() && !s.seen.fromDirectory {
		s.seen.fromDirectory = dependsOnDirectory(p)
	}
	if !p.Brief.Task && !(p.Setting("startsecs").IsSet() && p.Setting("stopwaitsecs").IsSet()) {
		s.seen.unsetTimes = true
	}
}

// finishPass notes what depends on all programs.
func finishPass(s *state) {
	s.tellDaemon()
	if s.seen.unsetTimes && !s.opts.ExplicitDefaults {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.UnsetDefaults,
			Span:    s.start(),
			Message: "what the source does not set keeps RunWisp's defaults: healthy_after 60s where supervisord has startsecs 1, graceful_stop 5s where it has stopwaitsecs 10",
		})
	}
}
