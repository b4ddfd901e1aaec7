package passes

import "github.com/runwisp/runwisp/ir"

// A recipe is the steps by which the options of a section are put together.
type recipe []step

// A step of a recipe adds the options of a part of a file, or one of [DEFAULT].
type step struct {
	read, part int32      // the reading, and the section in its tree
	inherited  *ir.Option // what to inherit instead, or nil
}

// recipes are those of all sections, by their numbers.
type recipes struct {
	first  []step           // nearly all sections have but one
	longer map[int32]recipe // those of the others
}

func newRecipes(room int) recipes {
	return recipes{first: make([]step, 0, room), longer: map[int32]recipe{}}
}

// of returns the recipe of a section.
func (r *recipes) of(number int32) recipe {
	if steps := r.longer[number]; steps != nil {
		return steps
	}
	return r.first[number : number+1 : number+1]
}

// open starts the recipe of the next section.
func (r *recipes) open(st step) { r.first = append(r.first, st) }

// add adds a step to the recipe of a section.
func (r *recipes) add(number int32, st step) { r.longer[number] = append(r.of(number), st) }
