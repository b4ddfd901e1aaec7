package pages

import "testing"

func TestMake(t *testing.T) {
	type pair struct {
		text string
		n    *int
	}
	for _, n := range []int{0, 1, 1000, 3 * 1 << 20 / 24, 1 << 20} {
		list := Make[pair](n)
		if len(list) != n || cap(list) != n {
			t.Fatalf("asked for %d, got %d with room for %d", n, len(list), cap(list))
		}
		for i := range list {
			if list[i] != (pair{}) {
				t.Fatalf("value %d of %d is not zero", i, n)
			}
			list[i] = pair{"x", &n}
		}
	}
}
