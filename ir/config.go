// Package ir holds the two models that the passes rewrite: the supervisord
// configuration and the RunWisp document. Every node knows the source bytes it
// came from. Neither INI syntax nor TOML text is known here.
package ir

import (
	"sort"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// A Config is what supervisord holds after it has read all files.
type Config struct {
	// Files are the inputs in reading order.
	Files []*source.File
	// Sections are in the order of their first appearance.
	Sections []*Section
	// Parts are where the sections stand, sorted by place.
	Parts []Part
	// Defaults are the options of [DEFAULT], which every section falls back
	// to.
	Defaults []Option
	// Daemon is what [supervisord] says, or nil without such a section.
	Daemon *Daemon
	// Groups are in the order in which supervisord starts them.
	Groups []*Group
	// Mentioned are the programs of the groups that name one again, as often
	// as they name it, in that order. Hardly any group does.
	Mentioned map[*Group][]*Program
	// Programs are in the order of their sections; a program that two
	// groups name is there twice.
	Programs []*Program
}

// Mentions returns the programs of a group as often as it names them, in that
// order.
func (c *Config) Mentions(g *Group) []*Program {
	if list, ok := c.Mentioned[g]; ok {
		return list
	}
	return g.Programs
}

// A Part is one place where a section stands: a header, and what is below it.
type Part struct {
	Span    source.Span
	Section *Section
}

// PartAt returns the part that holds a span, or nil.
func (c *Config) PartAt(span source.Span) *Part {
	if !span.IsValid() {
		return nil
	}
	behind := sort.Search(len(c.Parts), func(i int) bool {
		part := c.Parts[i].Span
		if part.File != span.File {
			return part.File.Index > span.File.Index
		}
		return part.Start > span.Start
	})
	if behind == 0 || !c.Parts[behind-1].Span.Contains(span) {
		return nil
	}
	return &c.Parts[behind-1]
}

// Concerned returns the programs that a target is about, which follow each other:
// none where it is about no program.
func (c *Config) Concerned(t diag.Target) []*Program {
	if t.Unit <= 0 {
		return nil
	}
	list := c.Programs[t.Unit-1:]
	n := 1
	for t.Shared && n < len(list) && list[n].Section == list[0].Section {
		n++
	}
	return list[:n]
}

// A SectionKind says what supervisord takes a section for.
type SectionKind uint8

const (
	// UnknownSection is one that supervisord never looks at.
	UnknownSection SectionKind = iota
	// IncludeSection is [include].
	IncludeSection
	// DaemonSection is [supervisord].
	DaemonSection
	// PlumbingSection is one of supervisord's own: servers, control, RPC.
	PlumbingSection
	// GroupSection is [group:x].
	GroupSection
	// ProgramSection is [program:x].
	ProgramSection
	// ListenerSection is [eventlistener:x].
	ListenerSection
	// FastCGISection is [fcgi-program:x].
	FastCGISection
)

// MakesProcesses reports whether sections of the kind describe processes.
func (k SectionKind) MakesProcesses() bool { return k >= ProgramSection }

// A Section is every part of one section folded together.
type Section struct {
	Kind SectionKind
	// Number is the rank of the section in the configuration, from 0.
	Number int32
	// Name is the text between the brackets: "program:web".
	Name string
	// Header spans the name in the first header.
	Header source.Span
	// Here is what %(here)s stands for: the directory of the main file. It is
	// empty where nobody knows it.
	Here string
	// Body is what stands below the header. It is there while passes need
	// it: an import that only prints keeps the body of no program.
	*Body
}

// A Body is what a section holds, folded together.
type Body struct {
	// Above is the comment block directly above the first header, and the
	// comment behind it.
	Above   []Comment
	Options []Option
}

// Option returns the option of a folded key, or nil. It may be asked only while
// s has a Body.
func (s *Section) Option(key string) *Option {
	for i := range s.Options {
		if s.Options[i].Key == key {
			return &s.Options[i]
		}
	}
	return nil
}

// A Comment is the text of a source comment, without its sign.
type Comment struct {
	Text string
	Span source.Span
}

// A Fate says what became of an option.
type Fate uint8

const (
	// Unsettled is the fate of an option that no pass has looked at. None
	// may be left at the end.
	Unsettled Fate = iota
	// Mapped options stand in the output.
	Mapped
	// Noted options do not, and a diagnostic says so.
	Noted
	// Dropped options do not, by a rule that is not reported for each of them.
	Dropped
)

// An Option is the value that counts for a key, after overriding.
type Option struct {
	// Key is folded to lower case, as supervisord compares it.
	Key string
	// Known is the number by which the passes know the key in a program
	// section, 0 for a key that supervisord does not know there.
	Known uint8
	// KeySpan is the key as written.
	KeySpan source.Span
	// Value is joined over its lines and not expanded.
	Value source.Text
	// Here is what supervisord has already put in place of %(here)s in
	// this value, textually, because the main file includes others. It is
	// empty where %(here)s is an expansion like any other.
	Here string
	// Inherited is set for a value that comes from [DEFAULT].
	Inherited bool
	// Earlier are the keys whose values this one replaced, oldest first.
	Earlier []source.Span
	// Above is the comment block directly above, Behind the one on the
	// line of the key.
	Above  []Comment
	Behind *Comment

	Fate Fate
	// Rule is the rule by which the option was noted or dropped.
	Rule diag.Code
}

// Span returns the span of the value, or of the key where the value is empty.
func (o *Option) Span() source.Span {
	if span := o.Value.Span(); span.Len() > 0 {
		return span
	}
	return o.KeySpan
}

// Settle records what became of the option. A program that runs twice settles its
// options twice: the first fate stays, unless the second is Mapped.
func (o *Option) Settle(fate Fate, rule diag.Code) {
	if o.Fate == Unsettled || fate == Mapped {
		o.Fate, o.Rule = fate, rule
	}
}
