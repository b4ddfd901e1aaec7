package pyrune

import "testing"

// TestDecode: the wanted characters are those of os.fsdecode in Python 3.11.
func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		text string
		r    rune
		size int
	}{
		{"ab", 'a', 1},
		{"é", 'é', 2},
		{"\U0001f600x", 0x1f600, 4},
		{"\ufffd", 0xfffd, 3},
		{"\xffa", 0xdcff, 1},
		{"\x80", 0xdc80, 1},
		{"\xe2\x98", 0xdce2, 1},
		{"\xed\xa0\x80", 0xdced, 1}, // what would be a surrogate
		{"\xc0\x80", 0xdcc0, 1},     // a NUL that is too long
	} {
		if r, size := Decode(tt.text); r != tt.r || size != tt.size {
			t.Errorf("%q starts with %U of %d bytes, want %U of %d", tt.text, r, size, tt.r, tt.size)
		}
	}
	if _, size := Decode(""); size != 0 {
		t.Errorf("an empty text starts with %d bytes", size)
	}
}
