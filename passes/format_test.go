package passes

import "testing"

// TestPythonRepr: the wanted texts are what Python 3.11 gives.
func TestPythonRepr(t *testing.T) {
	for _, tt := range []struct{ text, repr, ascii string }{
		{"", `''`, `''`},
		{"it's", `"it's"`, `"it's"`},
		{`it's "x"`, `'it\'s "x"'`, `'it\'s "x"'`},
		{"a\tb\r\n\\", `'a\tb\r\n\\'`, `'a\tb\r\n\\'`},
		{"\x00\x1b\x7f", `'\x00\x1b\x7f'`, `'\x00\x1b\x7f'`},
		{"\u00a0é", `'\xa0é'`, `'\xa0\xe9'`},
		{"\u200b☃", `'\u200b☃'`, `'\u200b\u2603'`},
		{"\U000e0001😀", `'\U000e0001😀'`, `'\U000e0001\U0001f600'`},
	} {
		if got := pythonRepr(tt.text, false); got != tt.repr {
			t.Errorf("the repr of %q is %s, want %s", tt.text, got, tt.repr)
		}
		if got := pythonRepr(tt.text, true); got != tt.ascii {
			t.Errorf("the ascii of %q is %s, want %s", tt.text, got, tt.ascii)
		}
	}
}
