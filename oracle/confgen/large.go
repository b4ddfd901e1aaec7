package confgen

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// LargeVariable names the variable that configurations of Large ask for.
const LargeVariable = "DATA_DIR"

// teamSize is how many programs share a team; the first of them are a group.
// Groups are small, since supervisord takes the square of what is in them.
const (
	teamSize = 200
	members  = 10
)

// Large writes the configuration of a site with that many programs, as people
// write it: a dozen options each, with comments and the odd value over several
// lines, with quotes, or with an expansion that stays open. supervisord accepts
// it. It is the same each time; 100,000 programs take about 53 MB.
func Large(w io.Writer, programs int) error {
	return writeSite(w, programs, style{oddCommand, oddComma})
}

// Plain writes what Large does, with none of those odd values: nothing in it
// takes more than being read.
func Plain(w io.Writer, programs int) error {
	return writeSite(w, programs, style{plainCommand, plainComma})
}

// A style is how the values of a program are written, by its number.
type style struct {
	command func(i int) string
	comma   func(i int) string // between variables
}

func writeSite(w io.Writer, programs int, how style) error {
	b := bufio.NewWriter(w)
	b.WriteString(largeDaemon)
	for i := range programs {
		largeProgram(b, i, how)
	}
	for first := 0; first < programs; first += teamSize {
		largeGroup(b, first, min(first+members, programs))
	}
	return b.Flush()
}

const largeDaemon = `; Made for measuring: it is large, and otherwise like any other.
[unix_http_server]
file=/run/supervisor.sock
chmod=0700

[supervisord]
logfile=/var/log/supervisord.log
pidfile=/run/supervisord.pid
environment=SITE="north",STAGE="production"
umask=027

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix:///run/supervisor.sock

`

func largeProgram(b *bufio.Writer, i int, how style) {
	fmt.Fprintf(b, "; Program number %d, which %s\n", i, choose(i, "answers requests", "works off a queue", "moves files about", "makes reports"))
	if i%5 == 0 {
		fmt.Fprintf(b, "; Ask team %d before you change it.\n", i/teamSize)
	}
	fmt.Fprintf(b, "[program:%s]\n", largeName(i))
	b.WriteString("command=" + how.command(i) + "\n")
	fmt.Fprintf(b, "directory=/srv/services/%d\n", i)
	fmt.Fprintf(b, "user=svc%d\n", i%500)
	b.WriteString("autostart=" + oneIn(25, i, "false", "true") + "\n")
	b.WriteString("autorestart=" + oneIn(20, i, "false", choose(i, "unexpected", "true", "unexpected")) + "\n")
	fmt.Fprintf(b, "startsecs=%d%s\n", 1+i%9, choose(i, " ; long enough to bind", ""))
	fmt.Fprintf(b, "startretries=%d\n", 1+i%7)
	b.WriteString("stopsignal=" + choose(i, "INT", "TERM", "QUIT") + "\n")
	fmt.Fprintf(b, "stopwaitsecs=%d\n", 5+i%5*5)
	b.WriteString("environment=" + largeEnvironment(i, how.comma(i)) + "\n")
	fmt.Fprintf(b, "stdout_logfile=/var/log/services/%d.log\n", i)
	fmt.Fprintf(b, "stdout_logfile_maxbytes=10MB%s\n", choose(i, "", "", "    ; the disk is small"))
	fmt.Fprintf(b, "priority=%d\n", 100+i%800)
	if i%10 == 0 {
		fmt.Fprintf(b, "numprocs=%d\nprocess_name=%%(program_name)s_%%(process_num)02d\n", 2+i%3)
	}
	b.WriteString("\n")
}

// choose returns one of the choices, which take turns.
func choose(i int, choices ...string) string { return choices[i%len(choices)] }

// oneIn returns the rare choice once in n times.
func oneIn(n, i int, rare, usual string) string {
	if i%n == n-1 {
		return rare
	}
	return usual
}

func largeName(i int) string { return fmt.Sprintf("service-%06d", i) }

func serviceCommand(i int) string {
	return fmt.Sprintf("/opt/services/bin/service --config /etc/services/%d.yaml --listen 127.0.0.1:%d", i, 10000+i%50000)
}

func plainCommand(i int) string { return serviceCommand(i) + " --verbose" }

// oddCommand returns a command, sometimes over several lines, and sometimes
// with an expansion or quotes.
func oddCommand(i int) string {
	switch {
	case i%11 == 0:
		return serviceCommand(i) + "\n    --verbose\n    --retries 3"
	case i%13 == 0:
		return serviceCommand(i) + " --root %(here)s/site"
	case i%17 == 0:
		return serviceCommand(i) + " --data %(ENV_" + LargeVariable + ")s/store"
	case i%7 == 0:
		return serviceCommand(i) + ` --title "Service of the day" --match '*.log'`
	}
	return plainCommand(i)
}

func plainComma(int) string { return "," }

// oddComma returns a comma, sometimes with what stands behind it on a line of its
// own.
func oddComma(i int) string { return oneIn(9, i, ",\n    ", ",") }

func largeEnvironment(i int, comma string) string {
	return strings.Join([]string{
		fmt.Sprintf(`INDEX="%d"`, i),
		"LEVEL=" + choose(i, "info", "warn", "debug"),
		`PATH="/opt/services/bin:/usr/bin:/bin"`,
		fmt.Sprintf(`REGION="eu-%d"`, i%9),
	}, comma)
}

// largeGroup writes a group of the programs from first to before end.
func largeGroup(b *bufio.Writer, first, end int) {
	fmt.Fprintf(b, "[group:team-%04d]\nprograms=", first/teamSize)
	for i := first; i < end; i++ {
		if i > first {
			b.WriteString(",")
		}
		b.WriteString(largeName(i))
	}
	fmt.Fprintf(b, "\npriority=%d\n\n", 100+first/teamSize%100)
}
