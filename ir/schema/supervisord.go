package schema

import (
	"fmt"
	"slices"
)

// A supervisordName is an option of supervisord's programs for which RunWisp has
// no key of the same name.
type supervisordName struct {
	name string
	// target is what RunWisp calls it, "" where it has no counterpart.
	target string
	// instead says what RunWisp does in place of an option without one.
	instead string
}

const (
	bothCaptured = "RunWisp captures both streams of every run; log_max_size limits them."
	wholeGroup   = "RunWisp always signals the whole process group."
	notNamed     = "RunWisp numbers instances from 0 and does not name them."
	noEvents     = "RunWisp has no events of that kind."
)

// supervisordNames are what people write who know supervisord. A test holds them
// against what the importer makes of each option.
var supervisordNames = []supervisordName{
	{name: "command", target: "run"},
	{name: "directory", target: "working_dir"},
	{name: "numprocs", target: "instances"},
	{name: "startsecs", target: "healthy_after"},
	{name: "startretries", target: "start_retries"},
	{name: "stopsignal", target: "stop_signal"},
	{name: "stopwaitsecs", target: "graceful_stop"},
	{name: "exitcodes", target: "exit_codes"},
	{name: "autorestart", target: "restart"},
	{name: "environment", target: "env"},
	{name: "process_name", instead: notNamed},
	{name: "numprocs_start", instead: notNamed},
	{name: "stopasgroup", instead: wholeGroup},
	{name: "killasgroup", instead: wholeGroup},
	{name: "redirect_stderr", instead: bothCaptured},
	{name: "stdout_logfile", instead: bothCaptured},
	{name: "stdout_logfile_maxbytes", instead: bothCaptured},
	{name: "stdout_logfile_backups", instead: bothCaptured},
	{name: "stdout_syslog", instead: bothCaptured},
	{name: "stderr_logfile", instead: bothCaptured},
	{name: "stderr_logfile_maxbytes", instead: bothCaptured},
	{name: "stderr_logfile_backups", instead: bothCaptured},
	{name: "stderr_syslog", instead: bothCaptured},
	{name: "stdout_capture_maxbytes", instead: noEvents},
	{name: "stdout_events_enabled", instead: noEvents},
	{name: "stderr_capture_maxbytes", instead: noEvents},
	{name: "stderr_events_enabled", instead: noEvents},
	{name: "serverurl", instead: "RunWisp is reached over HTTP, not through a server of supervisord."},
}

// FromSupervisord returns what to say in t, a table of units or of what they
// inherit, about an option of supervisord: the key that t has for it or, without
// one, a refusal whose Why says what the name is ("supervisord's name for run").
// Of everything that is no such option it returns neither.
func (t *Table) FromSupervisord(name string) (key string, refused *Refusal) {
	i := slices.IndexFunc(supervisordNames, func(s supervisordName) bool { return s.name == name })
	if i < 0 || t.Key("stop_signal") == nil {
		return "", nil
	}
	s := &supervisordNames[i]
	elsewhere := t.Refusal(s.target)
	switch {
	case s.target == "":
		return "", &Refusal{Name: name, Why: "an option of supervisord without a counterpart", Do: "Remove it: " + s.instead}
	case t.Key(s.target) != nil:
		return s.target, nil
	case elsewhere != nil:
		return "", &Refusal{Name: name, Why: fmt.Sprintf("supervisord's name for %s, which %s", s.target, elsewhere.Why), Do: elsewhere.Do}
	}
	return "", &Refusal{Name: name, Why: "supervisord's name for " + s.target, Do: perUnit}
}
