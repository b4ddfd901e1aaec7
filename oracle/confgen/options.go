package confgen

import "strings"

// some returns some of the options: each once in n times, with the value
// that its function makes.
func (g *generator) some(n int, table []maker) []option {
	var options []option
	for _, m := range table {
		for chance := n; g.one(chance); chance += 4 { // a key twice is rare
			options = append(options, option{m.key, m.value()})
		}
	}
	return options
}

// A maker makes values for a key.
type maker struct {
	key   string
	value func() string
}

// with returns a function of no arguments.
func with[T any](f func(T) string, arg T) func() string { return func() string { return f(arg) } }

// programOptions returns options of everything that makes processes.
func (g *generator) programOptions() []option {
	options := g.some(6, g.perSection())
	options = append(options, g.some(6, g.perProcess())...)
	if !g.slip(20) {
		options = append(options, option{"command", g.command()})
	}
	if g.one(4) {
		options = append(options, g.numbered()...)
	}
	return options
}

// numbered returns the options of a program of several processes.
func (g *generator) numbered() []option {
	options := []option{{"numprocs", g.pick("2", "3", "12", "0", "-1", "+2", " 02")}}
	if !g.slip(6) {
		options = append(options, option{"process_name", g.pick("", "p", "%(program_name)s_", "%(ENV_WORD)s") + g.numberConversion("process_num") + g.pick("",
			"x")})
	}
	if g.one(3) {
		options = append(options, option{"numprocs_start", g.pick("1", "-1", "9", "100", "65", "+0")})
	}
	return options
}

// perSection are the options that supervisord reads once a section.
func (g *generator) perSection() []maker {
	return []maker{
		{"priority", with(g.integer, hereOnly)},
		{"autostart", with(g.boolean, inSection)},
		{"autorestart", g.autorestart},
		{"startsecs", with(g.integer, inSection)},
		{"startretries", with(g.integer, inSection)},
		{"stopsignal", g.signal},
		{"stopwaitsecs", with(g.integer, inSection)},
		{"stopasgroup", with(g.boolean, inSection)},
		{"killasgroup", with(g.boolean, inSection)},
		{"exitcodes", g.exitcodes},
		{"stdout_capture_maxbytes", with(g.size, inSection)},
		{"stderr_events_enabled", with(g.boolean, inSection)},
		{"serverurl", with(g.text, inSection)},
		{"\u212aillasgroup", func() string { return "true" }},
		{"user", g.user},
		{"umask", g.umask},
		{"unknown_key", with(g.text, inProcess)},
	}
}

// perProcess are the options that supervisord reads once a process.
func (g *generator) perProcess() []maker {
	return []maker{
		{"environment", with(g.environment, inProcess)},
		{"directory", with(g.text, inProcess)},
		{"stdout_logfile", g.logfile},
		{"stderr_logfile", g.logfile},
		{"stdout_logfile_maxbytes", with(g.size, inProcess)},
		{"stderr_logfile_backups", with(g.integer, inProcess)},
		{"stdout_syslog", with(g.boolean, inProcess)},
		{"process_name", g.processName},
	}
}

func (g *generator) listenerOptions() []option {
	options := g.some(6, []maker{
		{"buffer_size", with(g.integer, hereOnly)},
		{"redirect_stderr", with(g.boolean, hereOnly)},
		{"result_handler", func() string {
			return g.pick("supervisor.dispatchers:default_handler", "a.b:c", "supervisor.dispatchers:default_handler ")
		}},
	})
	if !g.slip(10) {
		options = append(options, option{"events", g.events()})
	}
	return options
}

func (g *generator) events() string {
	if g.slip(6) {
		return g.pick("", "EVENT,", "NOPE", "TICK_7", "EVENT TICK_5", ",", "proceß_state", "tıck", "__class__", "__DOC__")
	}
	names := []string{"EVENT", "PROCESS_STATE", "process_state_exited", "TICK_60", "Process_Group_Added", "SUPERVISOR_STATE_CHANGE_RUNNING",
		"PROCESS_LOG_STDOUT", "REMOTE_COMMUNICATION"}
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return strings.Join(names[:g.times(1, 3)], g.pick(",", " , ", ",\n "))
}

func (g *generator) socketOptions() []option {
	options := g.some(8, []maker{
		{"socket_backlog", with(g.integer, hereOnly)},
		{"socket_owner", func() string { return g.pick("app", "app:www", "app:www:x", "0:0", "a b", ":") }},
		{"socket_mode", g.umask},
	})
	if !g.slip(10) {
		options = append(options, option{"socket", g.socket()})
	}
	return options
}

func (g *generator) socket() string {
	if g.slip(6) {
		return g.pick("", "udp://h:1", "unix://x", "tcp://h", "tcp://h:0", "tcp://h:70000", "tcp://h:+1", "tcp://h:1_0",
			"tcp://:1", "UNIX:///x", "tcp://h:1\n", "unix://", "tcp://h:1 ", "tcp://a b:1", "unix:///x%(process_num)s")
	}
	return g.pick("unix:///run/x.sock", "unix:///run/%(program_name)s.sock", "tcp://localhost:9000", "tcp://H:1", "unix://%(here)s/x",
		"tcp://h:%(ENV_NUM)s1", "tcp://h:٣")
}

func (g *generator) unixOptions() []option {
	options := append(g.some(8, []maker{
		{"chmod", g.umask},
		{"chown", func() string { return g.pick("app", "app:www", "a b", "0") }},
	}), g.credentials()...)
	if !g.slip(10) {
		options = append(options, option{"file", g.pick("/run/s.sock", "%(here)s/s.sock", "~/s", "", "s.sock")})
	}
	return options
}

func (g *generator) inetOptions() []option {
	options := g.credentials()
	if !g.slip(10) {
		port := g.pick("9001", "*:9001", "localhost:9001", ":9001", "a:b:9001", "٣", "9_0")
		if g.slip(6) {
			port = g.pick("0", "70000", "x", "localhost:", "h:x", "", "9001 x", "%(here)s:1")
		}
		options = append(options, option{"port", port})
	}
	return options
}

// credentials returns a user name and a password, or one of them by a slip.
func (g *generator) credentials() []option {
	if !g.one(3) {
		return nil
	}
	options := []option{{"username", g.pick("app", "", "%(ENV_WORD)s")}, {"password", g.pick("x", "50%%", "%(ENV_TEXT)s", "{SHA}x")}}
	if g.slip(6) {
		return options[g.IntN(2):][:1]
	}
	return options
}

func (g *generator) rpcOptions() []option {
	options := []option{{"supervisor.rpcinterface_factory", "supervisor.rpcinterface:make_main_rpcinterface"}}
	if g.slip(10) {
		options = nil
	}
	if g.one(4) {
		options = append(options, option{"argument", g.text(nothing)})
	}
	return options
}

// daemonOptions returns options of [supervisord].
func (g *generator) daemonOptions() []option {
	return g.some(9, []maker{
		{"environment", with(g.environment, hereOnly)},
		{"umask", g.umask},
		{"user", g.user},
		{"directory", func() string { return g.pick("/srv", "%(here)s", "relative", "~", "/srv/%(ENV_WORD)s") }},
		{"nodaemon", with(g.boolean, hereOnly)},
		{"loglevel", g.level},
		{"minfds", with(g.integer, hereOnly)},
		{"logfile_maxbytes", with(g.size, hereOnly)},
		{"identifier", with(g.text, hereOnly)},
		{"logfile", func() string { return g.pick("/tmp/x.log", "syslog", "%(here)s/x.log", "~/x", "none") }},
	})
}

func (g *generator) level() string {
	if g.slip(4) {
		return g.pick("warning", "2", "", "info debug", "notice")
	}
	return g.pick("info", "DEBUG", "warn", "blather", "Trace", "error", "critical")
}

// defaultOptions returns options of [DEFAULT], which all sections share.
func (g *generator) defaultOptions() []option {
	return g.some(6, []maker{
		{"priority", with(g.integer, hereOnly)},
		{"autostart", with(g.boolean, hereOnly)},
		{"environment", with(g.environment, hereOnly)},
		{"directory", func() string { return g.pick("/srv", "%(here)s", "%(here)s/%(ENV_WORD)s", "%(here)r") }},
		{"umask", g.umask},
		{"programs", func() string { return "a" }},
		{"command", func() string { return "/bin/default %(here)s" }},
	})
}

func (g *generator) includeOptions() []option {
	if g.slip(12) {
		return nil
	}
	patterns := []string{
		"conf.d/*.conf", "conf.d/*", "*/*.conf", "conf.d/[ab].conf", "conf.d/[!a]*", "more/?.conf", "conf.d/.*.conf", "nowhere/*",
		"%(here)s/conf.d/a.conf", "%(ENV_ONE)s*.conf", "./conf.d/*.conf", "conf.d//b.conf", "supervisord.conf", "*.conf", "**/a.conf", "conf.d/**/*.conf", "conf.d/a[[]1].conf", "conf.d/[]a]*", "conf.d/[b-a]*", "conf.d/[!]b]*.conf", "conf.d/[a-", "conf.d/[^a].conf", "conf.d/é*", "../*/conf.d/a.conf", "conf.d/10.conf", "conf.d", "/etc/nothing/*.conf",
	}
	var chosen []string
	for range g.times(0, 3) {
		chosen = append(chosen, g.pick(patterns...))
	}
	return []option{{"files", strings.Join(chosen, g.pick(" ", "  ", "\n  ", "\u3000"))}}
}

// anyOptions returns options for a section that may not be looked at.
func (g *generator) anyOptions() []option {
	return g.some(3, []maker{
		{"command", with(g.text, inProcess)},
		{"environment", with(g.environment, hereOnly)},
		{"serverurl", with(g.text, hereOnly)},
		{"umask", g.umask},
	})
}
