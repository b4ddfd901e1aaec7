package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/pages"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// groupPass makes the groups: first those of the [group:x] sections with the
// programs that they name, then one for each other section that makes
// processes, by kind.
func groupPass(s *state) {
	total := len(s.config.Sections) - len(s.others)
	if total == 0 {
		s.tellNoPrograms()
	}
	g := grouper{
		state:    s,
		last:     make([]*ir.Program, len(s.config.Sections)),
		several:  map[int32][]*ir.Program{},
		groups:   slab[ir.Group]{chunk: pages.Make[ir.Group](total)},
		programs: slab[ir.Program]{chunk: pages.Make[ir.Program](total)},
		lists:    slab[*ir.Program]{chunk: make([]*ir.Program, total)},
	}
	s.config.Mentioned = map[*ir.Group][]*ir.Program{}
	s.config.Groups = make([]*ir.Group, 0, total)
	for _, sec := range s.others {
		if sec.Kind == ir.GroupSection {
			g.named(sec)
		}
	}
	for _, kind := range processKinds {
		g.singles(kind)
	}
	s.config.Programs = g.inOrder(total)
}

func (s *state) tellNoPrograms() {
	s.sink.Add(diag.Diagnostic{
		Code:    diag.NoPrograms,
		Span:    s.start(),
		Message: "no [program:x] section in the input, so there is nothing to run",
		Hint:    "Pass the main configuration file, or the files that hold the programs.",
	})
}

// inOrder numbers the programs in the order of their sections, and returns them. Those
// of one section are in that in which groups take them. There are about room.
func (g *grouper) inOrder(room int) []*ir.Program {
	programs := make([]*ir.Program, 0, room)
	for number, last := range g.last {
		first := len(programs)
		if several := g.several[int32(number)]; several != nil {
			programs = append(programs, several...)
		} else if last != nil {
			programs = append(programs, last)
		}
		for i := first; i < len(programs); i++ {
			programs[i].Number = int32(i) + 1
			programs[i].Again = i > first
		}
	}
	return programs
}

// A grouper makes the groups and their programs.
type grouper struct {
	*state
	// last is the last program that was made of each section, by its number, and
	// several are all of them where there are several.
	last    []*ir.Program
	several map[int32][]*ir.Program
	// groups, programs and lists are where those are taken from: they have
	// room for one of each section.
	groups   slab[ir.Group]
	programs slab[ir.Program]
	lists    slab[*ir.Program]
	// suggested counts the members for which a program was suggested.
	suggested int
}

// named makes the group of a [group:x].
func (g *grouper) named(sec *ir.Section) {
	group := &ir.Group{Name: sectionLabel(sec.Name), Section: sec}
	g.config.Groups = append(g.config.Groups, group)
	if c := badNameChar(group.Name); c != 0 {
		g.sink.Add(invalidName(sec, group.Name, c, diag.Target{}))
	}
	for i := range sec.Options {
		switch o := &sec.Options[i]; o.Key {
		case "programs":
			programs := g.groupSetting(sec, o, listValue)
			g.tellUnresolved(sec, &programs, "its members are not known here and lose their label")
			for _, member := range programs.List {
				g.member(group, o, member)
			}
			o.Settle(ir.Mapped, diag.GroupTag)
			g.tell(group, o)
		case "priority":
			priority := g.groupSetting(sec, o, intValue)
			group.Priority = numberOf(&priority)
			g.seen.setPriority(o.Span())
			g.tellUnresolved(sec, &priority, "its place in the starting order is not known here")
			o.Settle(ir.Mapped, "")
		}
	}
}

// groupSetting reads an option of a [group:x].
func (g *grouper) groupSetting(sec *ir.Section, o *ir.Option, typ valueType) ir.Setting {
	return g.readPlumbing(sec, g.plumbingReader(sec, o, &optionRow{key: o.Key, typ: typ, names: hereNames}))
}

// tellUnresolved says what is lost where an option of a group is not resolved.
func (g *grouper) tellUnresolved(sec *ir.Section, setting *ir.Setting, loss string) {
	if setting.State != ir.Unresolved {
		return
	}
	h := setting.Holes[0]
	g.sink.Add(diag.Diagnostic{
		Code:    diag.UnresolvedExpansion,
		Span:    h.Span,
		Subject: optionName(sec, setting.Key),
		Message: fmt.Sprintf("%s of a group holds %s: %s", setting.Key, h.Span.Text(), loss),
		Hint:    importAgain,
	})
}

// member adds a program to a group by the name after "program:".
func (g *grouper) member(group *ir.Group, o *ir.Option, member source.Text) {
	name, span := member.String(), memberSpan(o, member)
	sec := g.byName.find(programPrefix + name)
	var other *ir.Section
	if g.perKind[ir.FastCGISection] > 0 {
		other = g.byName.find("fcgi-program:" + name)
	}
	switch {
	case sec == nil && other == nil:
		g.tellMissing(group, o, member)
		return
	case sec != nil && other != nil:
		g.sink.Add(diag.Diagnostic{
			Code:    diag.AmbiguousMember,
			Span:    span,
			Subject: optionName(group.Section, o.Key),
			Message: fmt.Sprintf("group %s names %q, which is both a program and a FastCGI program", group.Name, name),
			Hint:    "Rename one of the two.",
			Related: []diag.Related{{Span: sec.Header, Message: "the program"}, {Span: other.Header, Message: "the FastCGI program"}},
		})
	case sec == nil:
		sec = other
	}
	mentioned, mixed := g.config.Mentioned[group]
	if last := g.last[sec.Number]; last == nil || last.Group != group {
		g.run(group, sec, sectionLabel(sec.Name), span)
	} else {
		g.sink.Add(diag.Diagnostic{
			Code:    diag.Shadowed,
			Span:    span,
			Subject: optionName(group.Section, o.Key),
			Message: fmt.Sprintf("group %s names %s twice; supervisord runs it once", group.Name, name),
			Hint:    "Remove one of the two.",
		})
		if !mixed {
			mentioned, mixed = slices.Clone(group.Programs), true
		}
	}
	if mixed {
		g.config.Mentioned[group] = append(mentioned, g.last[sec.Number])
	}
}

// tellMissing says that a group names what is no program, so far as was read.
func (g *grouper) tellMissing(group *ir.Group, o *ir.Option, member source.Text) {
	d := diag.Diagnostic{Span: memberSpan(o, member), Subject: optionName(group.Section, o.Key)}
	if g.unread {
		d.Code = diag.UnreadMember
		d.Message = fmt.Sprintf("group %s names %q, which is in no file that was read", group.Name, member)
		d.Hint = "Import again when [include] can be followed."
	} else {
		d.Code = diag.UnknownMember
		d.Message = fmt.Sprintf("group %s names %q, which is no program", group.Name, member)
		d.Hint, d.Fix = g.suggestMember(member)
	}
	g.sink.Add(d)
}

// memberSpan returns the span of a group member, or of the whole option where
// the member is empty.
func memberSpan(o *ir.Option, member source.Text) source.Span {
	if member.Len() > 0 {
		return member.Span()
	}
	return o.Span()
}

// run lets a group run a section as the program of a name.
func (g *grouper) run(group *ir.Group, sec *ir.Section, name string, named source.Span) {
	p := g.programs.one()
	*p = ir.Program{Kind: sec.Kind, Section: sec, Name: name, Group: group, Named: named}
	group.Programs = g.list(group.Programs, p)
	if last := g.last[sec.Number]; last != nil {
		list := g.several[sec.Number]
		if list == nil {
			list = []*ir.Program{last}
		}
		g.several[sec.Number] = append(list, p)
	}
	g.last[sec.Number] = p
}

// list appends to a list that nearly always stays one program long.
func (g *grouper) list(list []*ir.Program, p *ir.Program) []*ir.Program {
	if list == nil {
		list = g.lists.take(1)[:0]
	}
	return append(list, p)
}

// singles makes the groups of the sections of a kind that no [group:x] names.
func (g *grouper) singles(kind ir.SectionKind) {
	if g.perKind[kind] == 0 {
		return
	}
	for _, sec := range g.config.Sections {
		if sec.Kind == kind {
			g.single(sec)
		}
	}
}

// single makes the group of a section that no [group:x] names.
func (g *grouper) single(sec *ir.Section) {
	if g.last[sec.Number] != nil {
		return
	}
	group := g.groups.one()
	name := sectionLabel(sec.Name)
	*group = ir.Group{Name: name, Section: sec}
	if sec.Kind == ir.ListenerSection {
		_, group.Name, _ = strings.Cut(sec.Name, ":") // not trimmed, unlike others
	}
	g.config.Groups = append(g.config.Groups, group)
	g.run(group, sec, name, source.Span{})
}

// tell notes that a group became a label.
func (g *grouper) tell(group *ir.Group, o *ir.Option) {
	var names []string
	for _, p := range group.Programs {
		if p.Kind == ir.ProgramSection {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 || group.Name == "" {
		return
	}
	g.sink.Add(diag.Diagnostic{
		Code:    diag.GroupTag,
		Span:    o.Span(),
		Subject: sectionName(group.Section),
		Message: fmt.Sprintf("group %s became a label on %s", group.Name, strings.Join(names, ", ")),
	})
}
