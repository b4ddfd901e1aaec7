package percent

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

// TestNumbers: the wanted texts are what Python 3.11 gives for 7 and -12; what
// it refuses is empty.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ format, seven, minusTwelve string }{
		{"d", "7", "-12"},
		{"5d", "    7", "  -12"},
		{"-5d", "7    ", "-12  "},
		{"05d", "00007", "-0012"},
		{"-05d", "7    ", "-12  "},
		{"0-5d", "7    ", "-12  "},
		{"+d", "+7", "-12"},
		{" d", " 7", "-12"},
		{"+ d", "+7", "-12"},
		{"+05d", "+0007", "-0012"},
		{" 05d", " 0007", "-0012"},
		{".3d", "007", "-012"},
		{"5.3d", "  007", " -012"},
		{"05.3d", "00007", "-0012"},
		{"-5.3d", "007  ", "-012 "},
		{".0d", "7", "-12"},
		{"i", "7", "-12"},
		{"u", "7", "-12"},
		{"ld", "7", "-12"},
		{"#x", "0x7", "-0xc"},
		{"#X", "0X7", "-0XC"},
		{"#o", "0o7", "-0o14"},
		{"#06x", "0x0007", "-0x00c"},
		{"x", "7", "-c"},
		{"o", "7", "-14"},
		{"+x", "+7", "-c"},
		{"e", "7.000000e+00", "-1.200000e+01"},
		{".2f", "7.00", "-12.00"},
		{"08.2f", "00007.00", "-0012.00"},
		{"-8.2f", "7.00    ", "-12.00  "},
		{"#.0f", "7.", "-12."},
		{"g", "7", "-12"},
		{"G", "7", "-12"},
		{"E", "7.000000E+00", "-1.200000E+01"},
		{"s", "7", "-12"},
		{"5s", "    7", "  -12"},
		{"-5s", "7    ", "-12  "},
		{"05s", "    7", "  -12"},
		{".1s", "7", "-"},
		{"r", "7", "-12"},
		{"3c", "  \a", ""},
	} {
		for n, want := range map[int64]string{7: tt.seven, -12: tt.minusTwelve} {
			text := "%(n)" + tt.format
			pieces, failure := Parse(nil, text)
			if failure != nil || len(pieces) != 1 {
				t.Fatalf("%s is cut into %+v, %+v", text, pieces, failure)
			}
			c, v := &pieces[0].Conversion, Value{Num: n, IsNum: true}
			if reason := c.Check(v, true, text); (reason == "") != (want != "") {
				t.Errorf("%s of %d is refused: %q", text, n, reason)
			} else if reason == "" && c.Render(v) != want {
				t.Errorf("%s of %d gives %q, want %q", text, n, c.Render(v), want)
			}
		}
	}
}
