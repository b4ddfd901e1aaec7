package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/lexer"
)

// sectionKinds are found by exact prefix, or by name where the section has no
// label. The servers have one or none: supervisord takes anything behind their
// prefix for one.
var sectionKinds = []struct {
	prefix string
	exact  bool
	kind   ir.SectionKind
}{
	{programPrefix, false, ir.ProgramSection},
	{"group:", false, ir.GroupSection},
	{"eventlistener:", false, ir.ListenerSection},
	{"fcgi-program:", false, ir.FastCGISection},
	{"supervisord", true, ir.DaemonSection},
	{"include", true, ir.IncludeSection},
	{"rpcinterface:", false, ir.PlumbingSection},
	{"inet_http_server", false, ir.PlumbingSection},
	{"unix_http_server", false, ir.PlumbingSection},
	{"supervisorctl", true, ir.PlumbingSection},
	{"ctlplugin:", false, ir.PlumbingSection},
}

func sectionKind(name string) ir.SectionKind {
	for _, k := range sectionKinds {
		if name == k.prefix || !k.exact && strings.HasPrefix(name, k.prefix) {
			return k.kind
		}
	}
	return ir.UnknownSection
}

// sectionLabel returns what stands behind the first colon of a section's name,
// trimmed.
func sectionLabel(name string) string {
	_, label, _ := strings.Cut(name, ":")
	return lexer.Trim(label)
}

// optionName names an option for messages: "program:web.stopsignal".
func optionName(sec *ir.Section, key string) diag.Subject {
	return diag.Subject{Section: sec.Name, Key: key}
}

// sectionName names a section for messages.
func sectionName(sec *ir.Section) diag.Subject { return diag.Subject{Section: sec.Name} }
