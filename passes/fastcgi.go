package passes

import (
	"fmt"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

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
