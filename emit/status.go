package emit

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
