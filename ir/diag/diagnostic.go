// Package diag holds what the compiler has to say: severities, the registry
// of rules, diagnostics with their spans, and the sink that collects them.
package diag

import (
	"slices"
	"strings"

	"github.com/runwisp/runwisp/ir/source"
)

// A Severity says what a diagnostic means for the user.
type Severity uint8

const (
	// Note is for what is good to know, and needs no human.
	Note Severity = iota
	// Warning is for what needs a human, or runs otherwise than its author
	// expects.
	Warning
	// Error is for what supervisord, or RunWisp, refuses or cannot start.
	Error
)

// String returns the severity as it is printed: "note", "warning", "error".
func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// A Related is a second place that explains a diagnostic.
type Related struct {
	Span    source.Span
	Message string
}

// A Fix is a change of the source that settles a diagnostic: the bytes of Span
// become Text.
type Fix struct {
	Span source.Span
	Text string
}

// A Target names the place in the output that a diagnostic concerns. The zero
// Target is not decided yet, or the document as a whole.
type Target struct {
	// Unit is the 1-based number of the program, or DefaultsUnit.
	Unit int32
	// Process is the 1-based place of the unit among those of the program,
	// or 0 for all of them.
	Process int32
	// Shared is set where every unit of the program's section is concerned:
	// a program that two groups name is two units.
	Shared bool
	// Key is the key of the entry, "env.NAME" for a variable, or "" for
	// the table itself.
	Key string
}

// DefaultsUnit is the Unit of the table of defaults for every program.
const DefaultsUnit = -1

// A Subject names an option, a section where Key is "", or nothing.
type Subject struct {
	Section, Key string
}

// String returns "program:web.stopsignal", "program:web" or "".
func (s Subject) String() string {
	if s.Key == "" {
		return s.Section
	}
	return s.Section + "." + s.Key
}

// An Outside is a text that a message quotes from elsewhere than the source.
type Outside struct {
	// Name is what the text is the value of, such as a variable. Where it
	// promises a secret, reports hide all of the text, and otherwise what looks
	// like a secret in it.
	Name string
	Text string
}

// A Diagnostic is one finding about one place in the source.
type Diagnostic struct {
	Code     Code
	Severity Severity
	todo     bool // as the rule says, like the severity
	verbose  bool
	// Span is the exact bytes that the finding is about. It is invalid
	// only for findings about the input as a whole.
	Span source.Span
	// Subject is what the finding is about, as written in the source.
	Subject Subject
	// Message is one clause: lower case, subject first, no full stop.
	Message string
	// Hint is a sentence that says what to do, or "".
	Hint    string
	Related []Related
	// Fix is what the author most likely meant, or nil.
	Fix    *Fix
	Target Target
	// Outside is what the texts above quote from elsewhere than the source.
	Outside []Outside
}

// NeedsTODO reports whether d is written into the output as a TODO.
func (d *Diagnostic) NeedsTODO() bool { return d.todo }

// SaysSame reports whether d says the same as other at the same place.
func (d *Diagnostic) SaysSame(other *Diagnostic) bool {
	return d.Code == other.Code && d.Span == other.Span && d.Message == other.Message && d.Hint == other.Hint && d.Target.Key == other.Target.Key
}

// Verbose reports whether d is shown only on request.
func (d *Diagnostic) Verbose() bool { return d.verbose }

// compare orders diagnostics by place, then severity (worst first), then code.
func compare(a, b *Diagnostic) int {
	if c := a.Span.Compare(b.Span); c != 0 {
		return c
	}
	if a.Severity != b.Severity {
		return int(b.Severity) - int(a.Severity)
	}
	if c := strings.Compare(string(a.Code), string(b.Code)); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}

// Count returns the number of diagnostics of one severity.
func Count(list []*Diagnostic, severity Severity) int {
	n := 0
	for _, d := range list {
		if d.Severity == severity {
			n++
		}
	}
	return n
}

// Sort puts diagnostics in the order of the source: by file, by place, the
// worst first.
func Sort(list []*Diagnostic) {
	if !slices.IsSortedFunc(list, compare) {
		slices.SortStableFunc(list, compare)
	}
}
