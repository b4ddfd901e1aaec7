package passes

import (
	"strings"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// settlePass carries over what [supervisord] hands on, settles what belongs to
// no program, and gives every diagnostic so far to the table that it concerns.
func settlePass(s *state) {
	s.lowerDaemon()
	s.settleRest()
	s.doc.Head = s.head()
	s.pending = map[*ir.Section][]*diag.Diagnostic{}
	s.sink.Sort()
	for _, d := range s.sink.All() {
		s.locate(d)
		if !d.NeedsTODO() {
			continue
		}
		switch unit := d.Target.Unit; {
		case unit == diag.DefaultsUnit && s.defaults != nil:
			attach(s.defaults, strings.TrimPrefix(d.Target.Key, "env."), d)
		case unit > 0:
			sec := s.config.Programs[unit-1].Section
			s.pending[sec] = append(s.pending[sec], d)
		default:
			s.doc.TODOs = append(s.doc.TODOs, d)
		}
	}
	s.markFolded()
}

// settleRest settles what belongs to no program: unknown options of groups and
// of supervisord, and [DEFAULT].
func (s *state) settleRest() {
	for _, sec := range s.others {
		for i := range sec.Options {
			o := &sec.Options[i]
			if o.Fate == ir.Unsettled && !o.Inherited {
				s.sink.Add(unknownOption(diag.UnknownOption, sec, o))
			}
			o.Settle(ir.Dropped, diag.UnknownOption)
		}
	}
	for i := range s.config.Defaults {
		s.config.Defaults[i].Settle(ir.Mapped, "") // by the copies in the sections that it feeds
	}
}

// head returns the comment at the top of the document.
func (s *state) head() []string {
	if s.opts.NoComments || len(s.inputs) == 0 {
		return nil
	}
	names := make([]string, 0, len(s.inputs))
	for _, in := range s.inputs {
		names = append(names, in.File.Name)
	}
	return []string{"Imported from " + strings.Join(names, ", ") + " by runwisp import supervisord."}
}
