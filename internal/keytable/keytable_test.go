package keytable

import (
	"fmt"
	"strings"
	"testing"
)

// TestTable: each key finds its own value, also among keys of one shape, and no
// other key finds any.
func TestTable(t *testing.T) {
	var table Table[int]
	if _, ok := table.Get("command"); ok {
		t.Error("an empty table has a command")
	}
	var keys []string
	for n := range 40 {
		keys = append(keys, strings.Repeat("k", n), fmt.Sprintf("key%d", n), fmt.Sprintf("%d-key", n))
	}
	for i, key := range keys {
		table.Add(key, i)
	}
	for i, key := range keys {
		if got, ok := table.Get(key); !ok || got != i {
			t.Errorf("%q finds %d, %v, and not %d", key, got, ok, i)
		}
		if got, ok := table.Get("no" + key); ok {
			t.Errorf("%q finds %d", "no"+key, got)
		}
	}
}
