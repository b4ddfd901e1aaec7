package passes

import (
	"fmt"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// daemonOptions are the options of [supervisord]. All are checked, a few of
// them matter to its children.
var daemonOptions = []optionRow{
	{key: "minfds", typ: intValue},
	{key: "minprocs", typ: intValue},
	{key: "directory", typ: directoryValue},
	{key: "user", typ: userValue},
	{key: "umask", typ: octalValue},
	{key: "logfile", typ: pathValue},
	{key: "logfile_maxbytes", typ: sizeValue},
	{key: "logfile_backups", typ: intValue},
	{key: "loglevel", typ: logLevelValue},
	{key: "pidfile", typ: pathValue},
	{key: "identifier"},
	{key: "nodaemon", typ: boolValue},
	{key: "silent", typ: boolValue},
	{key: "childlogdir", typ: directoryValue},
	{key: "nocleanup", typ: boolValue},
	{key: "strip_ansi", typ: boolValue},
	{key: "environment", typ: environmentValue},
}

// daemonPass reads [supervisord], and says what became of it and of the other
// sections that run no program.
func daemonPass(s *state) {
	s.fixed = &world{node: s.opts.Node, environ: nothing}
	sec := s.byName.find("supervisord")
	if sec == nil {
		s.sink.Add(diag.Diagnostic{
			Code:    diag.MissingDaemon,
			Span:    s.start(),
			Message: "no [supervisord] section, without which supervisord refuses to start",
		})
	} else {
		s.readDaemon(sec)
	}
	s.fixed.overlay(s.daemonPairs())
	if s.world != nil { // supervisord itself sees its environment only from here on
		s.world.overlay(s.daemonPairs())
	}
	for _, sec := range s.others {
		s.tellPlumbing(sec)
		s.checkPlumbing(sec)
	}
}

// start is the empty span at the start of the input: the place of what
// concerns all of it.
func (s *state) start() source.Span {
	if len(s.config.Files) == 0 {
		return source.Span{}
	}
	return s.config.Files[0].Span(0, 0)
}

// readDaemon types the options of [supervisord]. Most of them end here.
func (s *state) readDaemon(sec *ir.Section) {
	d := &ir.Daemon{Section: sec}
	s.config.Daemon = d
	for i := range sec.Options {
		o := &sec.Options[i]
		row := daemonRow(o.Key)
		if row == nil {
			continue
		}
		o.Settle(ir.Dropped, diag.DaemonSection)
		setting := s.readPlumbing(sec, s.daemonReader(sec, o, row))
		switch o.Key {
		case "environment":
			d.Environment = setting
			s.daemonNames = indexPairs(setting.Pairs)
			s.daemonComputed = computedNames(setting.Pairs)
		case "umask":
			d.Umask = setting
		case "user":
			d.User = setting
		case "directory":
			d.Directory = setting
		case "nodaemon":
			d.NoDaemon = setting
		case "minfds":
			d.MinFDs = setting
		case "minprocs":
			d.MinProcs = setting
		}
	}
}

// daemonReader reads an option of [supervisord].
func (s *state) daemonReader(sec *ir.Section, o *ir.Option, row *optionRow) settingReader {
	r := s.plumbingReader(sec, o, row)
	if row.typ == environmentValue {
		r.target.Unit = diag.DefaultsUnit
		r.twice = true
	}
	return r
}

func daemonRow(key string) *optionRow { return rowIn(daemonOptions, key) }

// tellPlumbing notes that a section is supervisord's own, or unknown to it, and
// settles its options.
func (s *state) tellPlumbing(sec *ir.Section) {
	d := diag.Diagnostic{Span: sec.Header, Subject: sectionName(sec)}
	switch sec.Kind {
	case ir.DaemonSection, ir.PlumbingSection:
		d.Code = diag.DaemonSection
		d.Message = fmt.Sprintf("[%s] is supervisord's own plumbing and is skipped", sec.Name)
		if daemon := s.config.Daemon; sec.Kind == ir.DaemonSection && (daemon.Environment.IsSet() || daemon.Umask.IsSet()) {
			d.Message += ", but for what its programs inherit"
		}
		d.Hint = "RunWisp's daemon is configured in [daemon]."
	case ir.UnknownSection:
		d.Code = diag.UnknownSection
		d.Message = fmt.Sprintf("[%s] is no section that supervisord looks at", sec.Name)
		d.Hint = suggestSection(sec.Name)
	case ir.IncludeSection:
		for i := range sec.Options {
			sec.Options[i].Settle(ir.Mapped, "")
		}
		return
	default:
		return
	}
	s.sink.Add(d)
	for i := range sec.Options {
		if o := &sec.Options[i]; sec.Kind != ir.DaemonSection || daemonRow(o.Key) != nil {
			o.Settle(ir.Dropped, d.Code)
		}
	}
}

// inForeground reports whether supervisord is told not to become a daemon; it
// then applies neither its umask nor its directory.
func inForeground(d *ir.Daemon) bool { return d.NoDaemon.BoolOr(false) }

// lowerDaemon carries over what supervisord hands on to every child.
func (s *state) lowerDaemon() {
	d := s.config.Daemon
	if d == nil {
		return
	}
	s.lowerDaemonEnvironment(&d.Environment)
	switch d.Umask.State {
	case ir.Unresolved:
		d.Umask.Option.Settle(ir.Noted, diag.UnresolvedExpansion)
		s.tellLeftOpen(&d.Umask, "umask of [supervisord] is left out: %s is not known here",
			"Write it as umask into each unit that sets none.")
	case ir.Known: // daemonUmask writes it
		if d.NoDaemon.State == ir.Unresolved {
			s.tellLeftOpen(&d.NoDaemon, "nodaemon holds %s: the umask of [supervisord] counts only where it is false",
				"Take umask out of the units if it is true.")
		}
		d.Umask.Option.Settle(ir.Mapped, "")
		s.tellDaemonized(diag.DaemonUmask, &d.Umask, "umask of [supervisord] is written into each unit that sets none", "")
	}
}

// tellSetting adds a diagnostic about a setting of [supervisord].
func (s *state) tellSetting(code diag.Code, span source.Span, setting *ir.Setting, message, hint string) {
	s.sink.Add(diag.Diagnostic{
		Code:    code,
		Span:    span,
		Subject: optionName(s.config.Daemon.Section, setting.Key),
		Message: message,
		Hint:    hint,
	})
}

// tellLeftOpen says what the first hole in such a setting leaves open. The
// message is a format that takes the text of the hole.
func (s *state) tellLeftOpen(setting *ir.Setting, message, hint string) {
	span := setting.Holes[0].Span
	s.tellSetting(diag.UnresolvedExpansion, span, setting, fmt.Sprintf(message, span.Text()), hint)
}

// tellDaemon notes what programs take over from supervisord that cannot be
// carried over.
func (s *state) tellDaemon() {
	d := s.config.Daemon
	if d == nil {
		return
	}
	if d.User.IsSet() && d.User.State != ir.Invalid && s.seen.noUser {
		s.tellSetting(diag.DaemonUser, d.User.Option.Span(), &d.User,
			fmt.Sprintf("supervisord runs as %s, and so do programs without a user of their own", d.User.Text.String()),
			fmt.Sprintf("Start the RunWisp daemon as %s, or give those programs a user.", d.User.Text.String()))
	}
	if s.seen.fromDirectory && d.Directory.State != ir.Invalid {
		s.tellDaemonized(diag.DaemonDirectory, &d.Directory,
			fmt.Sprintf("supervisord runs in %s, where it starts programs without an absolute directory, and looks for relative commands", d.Directory.Text.String()),
			"Write the whole paths; for programs without any directory it will also do to start the RunWisp daemon in that one.")
	}
	s.tellLimit(&d.MinFDs, defaultMinFDs, "open files", "-n", "LimitNOFILE")
	s.tellLimit(&d.MinProcs, defaultMinProcs, "processes", "-u", "LimitNPROC")
}

// What supervisord raises its limits to where it is not told otherwise.
const (
	defaultMinFDs   = 1024
	defaultMinProcs = 200
)

// tellLimit notes that programs inherit a limit that supervisord raises further
// than it would untold. What ulimit and systemd call it differs.
func (s *state) tellLimit(limit *ir.Setting, untold int64, what, ulimit, unit string) {
	n := limit.IntOr(untold)
	if n <= untold || len(s.config.Programs) == 0 {
		return
	}
	s.tellSetting(diag.DaemonLimits, limit.Option.Span(), limit,
		fmt.Sprintf("supervisord raises the limit on %s to %d, and its programs inherit it", what, n),
		fmt.Sprintf("Start the RunWisp daemon with a limit as high: ulimit %s %d, or %s=%d in its systemd unit.", ulimit, n, unit, n))
}

// tellDaemonized adds a note about a setting that counts only where supervisord
// becomes a daemon. Where it does not, the note is that the setting is not carried
// over.
func (s *state) tellDaemonized(code diag.Code, setting *ir.Setting, message, hint string) {
	if inForeground(s.config.Daemon) {
		code, hint = diag.DaemonUmaskUnused, ""
		message = fmt.Sprintf("%s of [supervisord] counts only without nodaemon=true, so it is not carried over", setting.Key)
	}
	s.tellSetting(code, setting.Option.Span(), setting, message, hint)
}
