package passes

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// A plumbingKind is what supervisord reads of one kind of its own sections.
type plumbingKind struct {
	prefix  string // of the section's name
	options []optionRow
	// required are the options without which the section is refused.
	required []string
	// login is set where a user name and a password need each other.
	login bool
	// others is set where any further option is read as well.
	others bool
}

// plumbingKinds are supervisord's servers and interfaces. Nothing of them is
// imported, but what supervisord refuses there keeps it from starting.
var plumbingKinds = []plumbingKind{
	{
		prefix: "inet_http_server",
		options: []optionRow{
			{key: "port", typ: addressValue, names: noNames},
			{key: "username", names: noNames},
			{key: "password", names: noNames},
		},
		required: []string{"port"},
		login:    true,
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
		login:    true,
	},
	{
		prefix:   "rpcinterface:",
		required: []string{"supervisor.rpcinterface_factory"},
		others:   true,
	},
}

// checkPlumbing reports what supervisord refuses in a section of its own.
func (s *state) checkPlumbing(sec *ir.Section) {
	for i := range plumbingKinds {
		kind := &plumbingKinds[i]
		if !strings.HasPrefix(sec.Name, kind.prefix) {
			continue
		}
		for k := range sec.Options {
			o := &sec.Options[k]
			if row := kind.row(o.Key); row != nil {
				s.readPlumbing(sec, s.plumbingReader(sec, o, row))
			}
		}
		for _, key := range kind.required {
			s.require(sec, key)
		}
		if kind.login {
			s.checkLogin(sec)
		}
	}
}

// row returns the row of an option, or nil where supervisord does not read it.
func (k *plumbingKind) row(key string) *optionRow {
	if row := rowIn(k.options, key); row != nil || !k.others {
		return row
	}
	return &optionRow{key: key, names: noNames}
}

// plumbingReader reads an option that belongs to no program.
func (s *state) plumbingReader(sec *ir.Section, o *ir.Option, row *optionRow) settingReader {
	return settingReader{
		expander: expander{
			sink:    s.sink,
			subject: optionName(sec, o.Key),
			names:   row.names,
			values:  s.world.of(sec),
			pieces:  &s.arena.pieces,
			closed:  s.world.isClosed(),
		},
		option: o,
		typ:    row.typ,
	}
}

// readPlumbing reads such an option. One that supervisord refuses with all filled
// in that is fixed, whatever else stands for it, is read so at once.
func (s *state) readPlumbing(sec *ir.Section, r settingReader) ir.Setting {
	again := r
	out := r.read()
	if out.State != ir.Unresolved {
		return out
	}
	var said diag.Sink
	again.sink, again.values = &said, s.fixed.of(sec)
	filled := again.read()
	if filled.State != ir.Invalid {
		return out
	}
	for _, d := range said.All() {
		s.sink.Add(*d)
	}
	return filled
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

// checkLogin reports a user name without a password, or the other way round.
func (s *state) checkLogin(sec *ir.Section) {
	for _, pair := range [][2]string{{"username", "password"}, {"password", "username"}} {
		if sec.Option(pair[0]) != nil {
			s.require(sec, pair[1])
		}
	}
}
