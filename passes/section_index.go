package passes

import (
	"hash/maphash"
	"math/bits"

	"github.com/runwisp/runwisp/ir"
)

// A sectionIndex finds sections by their names. A map of as many as a large
// configuration has takes five times the memory, and most of the time of merging.
type sectionIndex struct {
	seed     maphash.Seed
	slots    []int32 // the number of a section and one, or 0; half of them stay free
	sections []*ir.Section
}

// newSectionIndex returns an index with room for n sections.
func newSectionIndex(n int) *sectionIndex {
	return &sectionIndex{
		seed:     maphash.MakeSeed(),
		slots:    make([]int32, 1<<bits.Len(uint(2*n))),
		sections: make([]*ir.Section, 0, n),
	}
}

// find returns the section of a name, or nil.
func (x *sectionIndex) find(name string) *ir.Section {
	if n := *x.slot(name); n > 0 {
		return x.sections[n-1]
	}
	return nil
}

// slot returns where the number of the section of a name is, or is to be.
func (x *sectionIndex) slot(name string) *int32 {
	last := uint64(len(x.slots) - 1)
	at := maphash.String(x.seed, name) & last
	for x.slots[at] > 0 && x.sections[x.slots[at]-1].Name != name {
		at = (at + 1) & last
	}
	return &x.slots[at]
}

// add adds a section in the slot of its name, which is free.
func (x *sectionIndex) add(slot *int32, sec *ir.Section) {
	x.sections = append(x.sections, sec)
	*slot = int32(len(x.sections))
}
