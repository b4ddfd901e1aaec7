package passes

import "testing"

// TestSeenAdd: what any batch has seen is seen, whether it comes first or last.
func TestSeenAdd(t *testing.T) {
	for _, one := range []seen{{noUser: true}, {fromDirectory: true}, {unsetStart: true}, {unsetStop: true}} {
		first, last := one, seen{}
		first.add(seen{})
		last.add(one)
		if first != one || last != one {
			t.Errorf("%+v became %+v before others, and %+v behind them", one, first, last)
		}
	}
}
