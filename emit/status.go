package emit

import "github.com/runwisp/runwisp/ir/source"

// A Status says how a program came across, the better ones first. Reports of all
// kinds show it by its mark.
type Status uint8

const (
	// Clean programs run as they did.
	Clean Status = iota
	// Changed ones are worth a look: a note says what is different.
	Changed
	// HasTODO is for those that need a human.
	HasTODO
	// NotImported programs have no unit.
	NotImported
	// NumStatuses is how many there are.
	NumStatuses
)

var statusMarks = [NumStatuses]string{Clean: "✓", Changed: "~", HasTODO: "!", NotImported: "-"}

// Mark returns the one character that stands for the status.
func (s Status) Mark() string { return statusMarks[s] }

// A Program is what became of one program, as reports tell it.
type Program struct {
	Status Status
	// Name is that of the unit, or else that of the source.
	Name string
	// Detail says what it became: "service", "not imported, 1 TODO".
	Detail string
	// Header spans the name of the section. It may be invalid.
	Header source.Span
}
