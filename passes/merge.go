package passes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runwisp/runwisp/internal/pages"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// hereFormat is the exact text that supervisord replaces, file by file, where
// the main file includes others.
const hereFormat = "%(here)s"

// mergePass lists the sections and, for each, what its options are put together
// from: a section met again goes on where it was, and a later value replaces an
// earlier one whole. The options of those that make processes are loaded when
// their turn comes, all others at once.
func mergePass(s *state) {
	total := 0
	for _, r := range s.reads {
		if r.tree != nil {
			total += len(r.tree.Sections)
		}
	}
	s.byName = newSectionIndex(total)
	s.recipes = newRecipes(total)
	s.config.Parts = pages.Make[ir.Part](total)[:0]
	m := merger{
		state:    s,
		sections: pages.Make[ir.Section](total),
		defaults: loader{state: s, sec: &ir.Section{Name: defaultSection, Body: &ir.Body{}}, wanted: allOptions, withComments: !s.opts.NoComments},
	}
	for i := range s.reads {
		m.read(int32(i))
	}
	m.sortParts()
	s.config.Sections = s.byName.sections
	s.config.Defaults = m.defaults.sec.Options
	s.inherited = make([]ir.Option, len(s.config.Defaults))
	for i, o := range s.config.Defaults {
		o.Inherited = true
		s.inherited[i] = o
	}
	for _, sec := range s.others {
		s.load(sec)
		s.tellOverridden(sec)
	}
}

// tellOverridden notes the values that later ones replaced.
func (s *state) tellOverridden(sec *ir.Section) {
	if sec.Kind == ir.UnknownSection || sec.Kind == ir.IncludeSection {
		return // each main file follows its own [include]
	}
	for i := range sec.Options {
		o := &sec.Options[i]
		for _, earlier := range o.Earlier {
			s.sink.Add(diag.Diagnostic{
				Code:    diag.Overridden,
				Span:    earlier,
				Subject: optionName(sec, o.Key),
				Message: fmt.Sprintf("%s is set again later, and the last value counts", o.Key),
				Related: []diag.Related{{Span: o.KeySpan, Message: "the value that counts"}},
			})
		}
	}
}

// A merger makes the recipes of the sections.
type merger struct {
	*state
	// sections has room for one for each header.
	sections []ir.Section
	// defaults is what [DEFAULT] holds so far.
	defaults loader
}

// read adds one reading of a file to the recipes.
func (m *merger) read(i int32) {
	r := &m.reads[i]
	if r.tree == nil {
		return
	}
	firstNew := len(m.byName.sections)
	for k := range r.tree.Sections {
		st := step{read: i, part: int32(k)}
		if name := r.tree.Name(&r.tree.Sections[k]); name == defaultSection {
			m.defaults.part(st)
		} else {
			m.add(name, st)
		}
	}
	if r.here != "" {
		m.fixDefaults(i, firstNew)
	}
}

// add adds a part of a file to the section that its header names.
func (m *merger) add(name string, st step) {
	r := &m.reads[st.read]
	part := &r.tree.Sections[st.part]
	slot, hash := m.byName.slot(name)
	if slot.place == 0 {
		n := len(m.byName.sections)
		sec := &m.sections[n]
		*sec = ir.Section{
			Kind:   sectionKind(name),
			Number: int32(n),
			Name:   name,
			Header: r.tree.Span(part.Name),
			Here:   r.mainDir,
		}
		m.byName.add(slot, hash, sec)
		m.perKind[sec.Kind]++
		if !sec.Kind.MakesProcesses() {
			m.others = append(m.others, sec)
		}
		m.recipes.open(st)
	} else {
		m.recipes.add(slot.place-1, st)
	}
	sec := m.byName.sections[slot.place-1]
	m.config.Parts = append(m.config.Parts, ir.Part{
		Span:    r.tree.File.Span(part.Header.Start, r.tree.End(int(st.part))),
		Section: sec,
	})
}

// sortParts puts the parts in the order of the source, in which they nearly
// always are.
func (m *merger) sortParts() {
	byPlace := func(a, b ir.Part) int { return a.Span.Compare(b.Span) }
	if !slices.IsSortedFunc(m.config.Parts, byPlace) {
		slices.SortFunc(m.config.Parts, byPlace)
	}
}

// fixDefaults does what supervisord's replacement of %(here)s does to values
// from [DEFAULT]: every section that has none of its own gets a copy, which no
// later [DEFAULT] changes. Only sections and defaults that this reading brought
// can need one.
func (m *merger) fixDefaults(read int32, firstNew int) {
	for k := range m.defaults.sec.Options {
		o := m.defaults.sec.Options[k]
		if !strings.Contains(o.Value.String(), hereFormat) {
			continue
		}
		o.Inherited, o.Here = true, m.reads[read].fixed
		from := firstNew
		if o.KeySpan.File == m.reads[read].tree.File {
			from = 0
		}
		for n := from; n < len(m.byName.sections); n++ {
			m.recipes.add(int32(n), step{inherited: &o})
		}
	}
}
