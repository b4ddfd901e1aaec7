package emit

// A Status says how a program came across, the better ones first. Reports of all
// kinds show it by its mark.
type Status uint8

// The statuses.
const (
	Clean Status = iota
	Changed
	HasTODO
	NotImported
	NumStatuses
)

var statusMarks = [NumStatuses]string{Clean: "✓", Changed: "~", HasTODO: "!", NotImported: "-"}

// Mark returns the one character that stands for the status.
func (s Status) Mark() string { return statusMarks[s] }
