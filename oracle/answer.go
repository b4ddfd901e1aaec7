package oracle

import "github.com/runwisp/runwisp/ir"

// An Answer is what supervisord makes of a configuration, as the script of
// this package tells it, or what we make of it.
type Answer struct {
	// OK is set where the configuration is accepted. Without it there are
	// no groups.
	OK bool `json:"ok"`
	// Error is why the configuration is refused, in the words of whoever
	// answers.
	Error string `json:"error,omitempty"`
	// Groups are in the order in which they are started.
	Groups []Group `json:"groups,omitempty"`
	// Names are the processes in the order of their first spawn, as
	// supervisorctl shows them: "web", or "group:web".
	Names []string `json:"names,omitempty"`
}

// A Group is one process group.
type Group struct {
	Name string `json:"name"`
	// Kind is the kind of section that made it: "group", "program",
	// "eventlistener" or "fcgi-program".
	Kind     string `json:"kind"`
	Priority int64  `json:"priority"`
	// Shadowed is set where another group of the same name exists in place
	// of this one.
	Shadowed bool `json:"shadowed"`
	// Processes are in starting order. Of several of one name only the one
	// that exists is there.
	Processes []Process `json:"processes"`

	// Source is the group in our model; nil in the answer of an engine.
	Source *ir.Group `json:"-"`
}

// A Process is one process of a group. Numbers are clamped to 64 bits.
type Process struct {
	Name string `json:"name"`
	// Section is the section that it comes from: "program:web".
	Section string `json:"section"`
	// Argv are the arguments, the program first; nil where the command
	// cannot be split, so that the process never starts.
	Argv []string `json:"argv"`
	// Directory, Umask and User are nil where the option is not set. A
	// umask is written in octal: "0o22". A user is written as in the
	// configuration.
	Directory    *string `json:"directory"`
	Umask        *string `json:"umask"`
	User         *string `json:"user"`
	Priority     int64   `json:"priority"`
	Autostart    bool    `json:"autostart"`
	Autorestart  string  `json:"autorestart"` // "true", "false", "unexpected"
	Startsecs    int64   `json:"startsecs"`
	Startretries int64   `json:"startretries"`
	Stopsignal   int64   `json:"stopsignal"` // the number
	Stopwaitsecs int64   `json:"stopwaitsecs"`
	Stopasgroup  bool    `json:"stopasgroup"`
	Killasgroup  bool    `json:"killasgroup"`
	Exitcodes    []int64 `json:"exitcodes"`
	// Environment is what [supervisord] and the program add.
	Environment map[string]string `json:"environment"`

	// Source is the program in our model; nil in the answer of an engine.
	Source *ir.Program `json:"-"`
}
