package passes

import (
	"fmt"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/guess"
	"github.com/runwisp/runwisp/ir/source"
)

// tellUnknown settles the options of a program that supervisord does not know.
// A slip that changes how the program runs is worth a warning, anything else
// only a quiet note.
func (s *state) tellUnknown(p *ir.Program) {
	for i := range p.Section.Options {
		o := &p.Section.Options[i]
		if rowOf(p, o) != nil {
			continue
		}
		o.Settle(ir.Dropped, diag.UnknownOption)
		near := s.arena.nearest(p.Kind, o)
		code := diag.UnknownOption
		if near != nil && near.target != "" && !p.Setting(near.key).IsSet() && o.Value.String() != near.def {
			code = diag.MisspelledOption
		}
		if s.sink.OnlyCounts(code, o.KeySpan, diag.Target{}) {
			continue
		}
		d := s.sink.Add(unknownOption(code, p.Section, o))
		if near != nil {
			d.Hint = fmt.Sprintf("Did you mean %s?", near.key)
		}
		if near != nil && !p.Setting(near.key).IsSet() { // of two, the later would win
			d.Fix = &diag.Fix{Span: o.KeySpan, Text: near.key}
		}
	}
}

// unknownOption says that supervisord does not know an option.
func unknownOption(code diag.Code, sec *ir.Section, o *ir.Option) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    code,
		Span:    o.KeySpan,
		Subject: optionName(sec, o.Key),
		Message: fmt.Sprintf("%q is no option that supervisord knows here", o.Key),
	}
}

// nearest returns the known option that an unknown one is a slip away from, or
// nil. Those of [DEFAULT] come again in every section, so the answer for them is
// remembered.
func (a *arena) nearest(kind ir.SectionKind, o *ir.Option) *optionRow {
	if !o.Inherited {
		return nearestOption(kind, o.Key)
	}
	if a.guesses[kind] == nil {
		a.guesses[kind] = map[string]*optionRow{}
	}
	row, known := a.guesses[kind][o.Key]
	if !known {
		row = nearestOption(kind, o.Key)
		a.guesses[kind][o.Key] = row
	}
	return row
}

// nearestOption returns the known option that an unknown key is a slip away
// from, or nil.
func nearestOption(kind ir.SectionKind, key string) *optionRow {
	return programRow(kind, guess.Nearest(key, optionKeys()[kind]))
}

// optionKeys are the keys that supervisord knows in each kind of program
// section.
var optionKeys = sync.OnceValue(func() (keys [ir.FastCGISection + 1][]string) {
	for kind := range keys {
		for i := range programOptions {
			if key := programOptions[i].key; programRow(ir.SectionKind(kind), key) != nil {
				keys[kind] = append(keys[kind], key)
			}
		}
	}
	return keys
})

// suggestSection says which header an unknown section is a slip away from.
func suggestSection(name string) string {
	if strings.EqualFold(name, defaultSection) {
		return "Did you mean [DEFAULT]?"
	}
	prefix, label, labelled := strings.Cut(name, ":")
	var known []string
	for _, k := range sectionKinds {
		known = append(known, strings.TrimSuffix(k.prefix, ":"))
	}
	near := guess.Nearest(strings.TrimSpace(prefix), known)
	if near == "" || near == prefix {
		return ""
	}
	if labelled {
		near += ":" + strings.TrimSpace(label)
	}
	return fmt.Sprintf("Did you mean [%s]?", near)
}

// maxSuggested is how many group members are compared with every program.
const maxSuggested = 20

// suggestMember says what a group member that names nothing may have meant,
// and how to write it where that is clear.
func (g *grouper) suggestMember(member source.Text) (hint string, fix *diag.Fix) {
	name := member.String()
	if name == "" {
		return "Remove the comma that has nothing behind it.", nil
	}
	if strings.ContainsAny(name, " \t\n") {
		return "Members are separated by commas.", nil
	}
	g.suggested++
	if g.suggested > maxSuggested {
		return "", nil
	}
	var labels []string
	for _, sec := range g.config.Sections {
		if sec.Kind == ir.ProgramSection && sectionLabel(sec.Name) == name {
			return fmt.Sprintf("Its header reads [%s]; take out the blank.", sec.Name),
				&diag.Fix{Span: sec.Header, Text: programPrefix + name}
		}
		if label, ok := strings.CutPrefix(sec.Name, programPrefix); ok && label == sectionLabel(sec.Name) {
			labels = append(labels, label) // one with blanks cannot be named
		}
	}
	if near := guess.Nearest(name, labels); near != "" {
		return fmt.Sprintf("Did you mean %s?", near), &diag.Fix{Span: member.Span(), Text: near}
	}
	return "Members are separated by commas and named as in [program:NAME].", nil
}
