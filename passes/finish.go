package passes

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// seen is what notes on the whole depend on: mostly what the configuration does not
// say.
type seen struct {
	noUser        bool // a program sets no user
	fromDirectory bool // a program starts, or is looked for, from the directory of supervisord
	unsetStart    bool // a service keeps RunWisp's healthy_after
	unsetStop     bool // a unit keeps RunWisp's graceful_stop
	// firstPriority is where the first priority stands in the source.
	firstPriority source.Span
}

// setPriority records where a priority stands.
func (s *seen) setPriority(span source.Span) {
	if !s.firstPriority.IsValid() || span.Compare(s.firstPriority) < 0 {
		s.firstPriority = span
	}
}

func (s *seen) add(other seen) {
	if other.firstPriority.IsValid() {
		s.setPriority(other.firstPriority)
	}
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

// dependsOnDirectory reports whether a program starts from the directory of
// supervisord, or looks there for what it runs.
func dependsOnDirectory(p *ir.Program) bool {
	dir, command := p.Setting("directory"), p.Setting("command")
	if !filepath.IsAbs(dir.Text.String()) && !hereAt(dir.Holes, 0) {
		return true
	}
	r := newCommandReader(command.Text.String(), command.Holes)
	if !r.nextWord() || !isRelativePath(r.word.value) {
		return false
	}
	holes := r.word.holes
	return len(holes) == 0 || holes[0].start > 0 || !hereAt(command.Holes, holes[0].at)
}

// hereAt reports whether the hole at an offset is a %(here)s, which stands for
// an absolute path.
func hereAt(holes []ir.Hole, at int) bool {
	return slices.ContainsFunc(holes, func(h ir.Hole) bool { return h.Start == at && h.Name == "here" })
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
