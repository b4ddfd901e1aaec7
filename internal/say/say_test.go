package say

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 tasks", 1: "1 task", 2: "2 tasks"} {
		if got := Count(n, "task"); got != want {
			t.Errorf("%d is counted as %q, want %q", n, got, want)
		}
	}
}

func TestOr(t *testing.T) {
	for _, tt := range []struct {
		words []string
		want  string
	}{
		{nil, ""},
		{[]string{"a"}, "a"},
		{[]string{"a", "b"}, "a or b"},
		{[]string{"a", "b", "c"}, "a, b or c"},
	} {
		if got := Or(tt.words); got != tt.want {
			t.Errorf("%q are listed as %q, want %q", tt.words, got, tt.want)
		}
	}
}

func TestReason(t *testing.T) {
	other := errors.New("disk on fire")
	for _, tt := range []struct{ err, want error }{
		{&fs.PathError{Op: "open", Path: "/x", Err: fs.ErrNotExist}, fs.ErrNotExist},
		{&os.LinkError{Op: "rename", Old: "/x", New: "/y", Err: fs.ErrExist}, fs.ErrExist},
		{fmt.Errorf("include: %w", &fs.PathError{Err: fs.ErrPermission}), fs.ErrPermission},
		{other, other},
		{nil, nil},
	} {
		if got := Reason(tt.err); got != tt.want {
			t.Errorf("the reason of %v is %v, want %v", tt.err, got, tt.want)
		}
	}
}
