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
	slots    []sectionSlot // half of them stay free
	sections []*ir.Section
}

// A sectionSlot holds a section. The name is looked at only where its hash fits: it
// stands far away, among the bytes of a file.
type sectionSlot struct {
	hash  uint32
	place int32 // among the sections, from 1; 0 where the slot is free
}

// newSectionIndex returns an index with room for n sections.
func newSectionIndex(n int) *sectionIndex {
	x := &sectionIndex{
		seed:     maphash.MakeSeed(),
		slots:    make([]sectionSlot, 1<<bits.Len(uint(2*n))),
		sections: make([]*ir.Section, 0, n),
	}
	clear(x.slots) // a page of memory that is read before it is written costs the system twice
	return x
}

// find returns the section of a name, or nil.
func (x *sectionIndex) find(name string) *ir.Section {
	if slot, _ := x.slot(name); slot.place > 0 {
		return x.sections[slot.place-1]
	}
	return nil
}

// slot returns where the section of a name is, or is to be, and the hash that it
// has there.
func (x *sectionIndex) slot(name string) (*sectionSlot, uint32) {
	sum := maphash.String(x.seed, name)
	hash, last := uint32(sum>>32), uint64(len(x.slots)-1)
	for at := sum & last; ; at = (at + 1) & last {
		slot := &x.slots[at]
		if slot.place == 0 || slot.hash == hash && x.sections[slot.place-1].Name == name {
			return slot, hash
		}
	}
}

// add adds a section in the slot of its name, which is free.
func (x *sectionIndex) add(slot *sectionSlot, hash uint32, sec *ir.Section) {
	x.sections = append(x.sections, sec)
	*slot = sectionSlot{hash: hash, place: int32(len(x.sections))}
}
