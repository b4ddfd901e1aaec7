package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

// plumbingOptions are the options of supervisord's servers and interfaces.
// Nothing of them is imported, but what supervisord refuses there keeps it
// from starting.
var plumbingOptions = []struct {
	prefix  string // of the section's name
	options []optionRow
	// required are the options without which the section is refused.
	required []string
	// others is set where any further option is read as well.
	others bool
}{
	{
		prefix: "inet_http_server",
		options: []optionRow{
			{key: "port", typ: addressValue, names: noNames},
			{key: "username", names: noNames},
			{key: "password", names: noNames},
		},
		required: []string{"port"},
	},
	{
		prefix: "unix_http_server",
		options: []optionRow{
			{key: "file", typ: pathValue, names: hereNames},
			{key: "chmod", typ: octalValue, names: noNames},
			{key: "chown", typ: ownerValue, names: noNames},
			{key: "username", names: noNames},
			{key: "password", names: noNames},
		},
		required: []string{"file"},
	},
	{
		prefix:   "rpcinterface:",
		options:  []optionRow{{key: "supervisor.rpcinterface_factory", names: noNames}},
		required: []string{"supervisor.rpcinterface_factory"},
		others:   true,
	},
}

// checkPlumbing reports what supervisord refuses in a section of its own.
func (s *state) checkPlumbing(sec *ir.Section) {
	for i := range plumbingOptions {
		kind := &plumbingOptions[i]
		if !strings.HasPrefix(sec.Name, kind.prefix) {
			continue
		}
		for i := range sec.Options {
			o := &sec.Options[i]
			row := rowIn(kind.options, o.Key)
			if row == nil && kind.others {
				row = &optionRow{key: o.Key, names: noNames}
			}
			if row != nil {
				r := s.plumbingReader(sec, o, row)
				r.read()
			}
		}
		for _, key := range kind.required {
			s.require(sec, key)
		}
		s.checkLogin(sec)
	}
}

// plumbingReader reads an option that belongs to no program.
func (s *state) plumbingReader(sec *ir.Section, o *ir.Option, row *optionRow) settingReader {
	return settingReader{
		expander: expander{
			sink:    s.sink,
			subject: optionName(sec, o.Key),
			names:   row.names,
			values:  valueFunc(func(name string) (formatValue, bool) { return s.world.value(name, sec) }),
			pieces:  &s.arena.pieces,
			closed:  s.world.isClosed(),
		},
		option: o,
		typ:    row.typ,
	}
}

func rowIn(rows []optionRow, key string) *optionRow {
	i := slices.IndexFunc(rows, func(r optionRow) bool { return r.key == key })
	if i < 0 {
		return nil
	}
	return &rows[i]
}

// require reports an option that a section must have.
func (s *state) require(sec *ir.Section, key string) {
	if sec.Option(key) == nil {
		s.sink.Add(missingOption(sec, key, diag.Target{}))
	}
}

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

// checkLogin reports a user name without a password, or the other way round.
func (s *state) checkLogin(sec *ir.Section) {
	for _, pair := range [][2]string{{"username", "password"}, {"password", "username"}} {
		if sec.Option(pair[0]) != nil {
			s.require(sec, pair[1])
		}
	}
}

// listenerEvents are the names of the events that supervisord sends.
var listenerEvents = []string{
	"EVENT",
	"PROCESS_STATE", "PROCESS_STATE_STOPPED", "PROCESS_STATE_EXITED", "PROCESS_STATE_STARTING",
	"PROCESS_STATE_STOPPING", "PROCESS_STATE_BACKOFF", "PROCESS_STATE_FATAL",
	"PROCESS_STATE_RUNNING", "PROCESS_STATE_UNKNOWN",
	"PROCESS_COMMUNICATION", "PROCESS_COMMUNICATION_STDOUT", "PROCESS_COMMUNICATION_STDERR",
	"PROCESS_LOG", "PROCESS_LOG_STDOUT", "PROCESS_LOG_STDERR",
	"REMOTE_COMMUNICATION",
	"SUPERVISOR_STATE_CHANGE", "SUPERVISOR_STATE_CHANGE_RUNNING", "SUPERVISOR_STATE_CHANGE_STOPPING",
	"TICK", "TICK_5", "TICK_60", "TICK_3600",
	"PROCESS_GROUP", "PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED",
}

// checkListener reports what supervisord refuses of an event listener.
func checkListener(p *ir.Program, sink *diag.Sink) {
	events := p.Setting("events")
	if events.State != ir.Unresolved && len(events.List) == 0 {
		sink.Add(missingOption(p.Section, "events", diag.Target{Unit: p.Number}))
	}
	for _, event := range events.List {
		if !slices.Contains(listenerEvents, upper(event.String())) {
			d := refusedValue(p, events, fmt.Sprintf("%q is no event that supervisord sends", event.String()))
			d.Span = memberSpan(events.Option, event)
			sink.Add(d)
		}
	}
	if size := p.Setting("buffer_size"); size.IntOr(1) < 1 {
		sink.Add(refusedValue(p, size, fmt.Sprintf("buffer_size: expected 1 or more, got %d", size.Int)))
	}
	if redirect := p.Setting("redirect_stderr"); redirect.BoolOr(false) {
		sink.Add(refusedValue(p, redirect, "redirect_stderr would interfere with the protocol of event listeners"))
	}
}

func refusedValue(p *ir.Program, setting *ir.Setting, message string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    diag.InvalidValue,
		Span:    spanOrKey(setting.Option),
		Subject: optionName(p.Section, setting.Key),
		Message: message,
		Hint:    "Correct it; supervisord refuses the whole configuration as it is.",
		Target:  diag.Target{Unit: p.Number},
	}
}

// maxPort is the largest port, and the longest backlog of a socket.
const maxPort = 65535

// checkFastCGI reports what supervisord refuses of a FastCGI program. As a
// member of a group it is a plain program, and its socket is not read.
func checkFastCGI(p *ir.Program, sink *diag.Sink) {
	if p.Group.IsNamed() {
		return
	}
	if backlog := p.Setting("socket_backlog"); backlog.State == ir.Known && (backlog.Int < 1 || backlog.Int > maxPort) {
		sink.Add(refusedValue(p, backlog, fmt.Sprintf("socket_backlog: expected 1 to %d, got %d", maxPort, backlog.Int)))
	}
	socket := p.Setting("socket")
	if socket.State == ir.Unset || socket.State == ir.Known && socket.Text.Len() == 0 {
		sink.Add(missingOption(p.Section, "socket", diag.Target{Unit: p.Number}))
		return
	}
	if socket.State != ir.Known {
		return
	}
	owned := p.Setting("socket_owner").IsSet() || p.Setting("socket_mode").IsSet()
	if why := refusedSocket(socket.Text.String(), owned); why != "" {
		sink.Add(refusedValue(p, socket, "socket: "+why))
	}
}

// refusedSocket says why supervisord refuses a socket, or "".
func refusedSocket(url string, owned bool) string {
	if path, ok := strings.CutPrefix(url, "unix://"); ok {
		if !strings.HasPrefix(path, "/") {
			return fmt.Sprintf("expected an absolute path, got %q", path)
		}
		return ""
	}
	if owned {
		return "socket_owner and socket_mode are for Unix sockets"
	}
	host, digits, ok := strings.Cut(strings.TrimPrefix(url, "tcp://"), ":")
	if !ok || !strings.HasPrefix(url, "tcp://") || host == "" || strings.ContainsFunc(host, lexer.IsSpace) || !isDigits(digits) {
		return fmt.Sprintf("expected unix:///PATH or tcp://HOST:PORT, got %q", url)
	}
	if port, ok := parseInt(digits, 10); !ok || port < 1 || port > maxPort {
		return fmt.Sprintf("expected a port from 1 to %d, got %s", maxPort, digits)
	}
	return ""
}

// isDigits reports whether a text is decimal digits, of any script.
func isDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return digitValue(r) < 0 })
}

// isPath reports whether a path can be looked up: the name of a user behind a
// leading tilde must not hold a NUL.
func isPath(s string) bool {
	user, _, _ := strings.Cut(s, "/")
	return !strings.HasPrefix(user, "~") || strings.IndexByte(user, 0) < 0
}

// isAddress reports whether a text is PORT or HOST:PORT.
func isAddress(s string) bool {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		s = s[i+1:]
	}
	port, ok := parseInt(s, 10)
	return ok && 1 <= port && port <= maxPort
}

// isOwner reports whether a text could be USER or USER:GROUP.
func isOwner(s string) bool {
	user, group, both := strings.Cut(s, ":")
	return isAccount(user) && (!both || isAccount(group))
}

// logLevels are the levels of supervisord's log.
var logLevels = []string{"critical", "error", "warn", "info", "debug", "trace", "blather"}

func isLogLevel(s string) bool { return slices.Contains(logLevels, foldKey(s)) }
