package percent

import (
	"slices"
	"testing"
)

// TestPythonRepr: the wanted texts are what Python 3.11 gives.
func TestPythonRepr(t *testing.T) {
	for _, tt := range []struct{ text, repr, ascii string }{
		{"a\xff\ufffd", `'a\udcff�'`, `'a\udcff\ufffd'`},
		{"", `''`, `''`},
		{"it's", `"it's"`, `"it's"`},
		{`it's "x"`, `'it\'s "x"'`, `'it\'s "x"'`},
		{"a\tb\r\n\\", `'a\tb\r\n\\'`, `'a\tb\r\n\\'`},
		{"\x00\x1b\x7f", `'\x00\x1b\x7f'`, `'\x00\x1b\x7f'`},
		{"\u00a0é", `'\xa0é'`, `'\xa0\xe9'`},
		{"\u200b☃", `'\u200b☃'`, `'\u200b\u2603'`},
		{"\u0080ÿĀ\uffff", `'\x80ÿĀ\uffff'`, `'\x80\xff\u0100\uffff'`},
		{"\U00010000\U0010ffff", `'𐀀\U0010ffff'`, `'\U00010000\U0010ffff'`},
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
		{"01d", "7", "-12"},
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
		{"12d", "           7", "         -12"},
		{"-12.10d", "0000000007  ", "-0000000012 "},
		{"hd", "7", "-12"},
		{"Ld", "7", "-12"},
		{"#.2x", "0x07", "-0x0c"},
		{"+#06o", "+0o007", "-0o014"},
		{"+.1f", "+7.0", "-12.0"},
		{" .1F", " 7.0", "-12.0"},
		{".0e", "7e+00", "-1e+01"},
		{"#g", "7.00000", "-12.0000"},
		{".1g", "7", "-1e+01"},
		{".1G", "7", "-1E+01"},
		{".0f", "7", "-12"},
	} {
		for n, want := range map[int64]string{7: tt.seven, -12: tt.minusTwelve} {
			text := "%(n)" + tt.format
			c, v := conversion(t, text), Value{Num: n, IsNum: true}
			if reason := c.Check(v, true, text); (reason == "") != (want != "") {
				t.Errorf("%s of %d is refused: %q", text, n, reason)
			} else if reason == "" && c.Render(v) != want {
				t.Errorf("%s of %d gives %q, want %q", text, n, c.Render(v), want)
			}
		}
	}
}

// TestTexts: the wanted texts are what Python 3.11 gives for "ab" and "é☃".
func TestTexts(t *testing.T) {
	for _, tt := range []struct{ format, ascii, wide string }{
		{"s", "ab", "é☃"},
		{"5s", "   ab", "   é☃"},
		{"-5s", "ab   ", "é☃   "},
		{"05s", "   ab", "   é☃"},
		{".1s", "a", "é"},
		{".0s", "", ""},
		{"5.1s", "    a", "    é"},
		{"-5.1s", "a    ", "é    "},
		{"+s", "ab", "é☃"},
		{"hs", "ab", "é☃"},
		{"r", "'ab'", "'é☃'"},
		{"6r", "  'ab'", "  'é☃'"},
		{"-6r", "'ab'  ", "'é☃'  "},
		{".2r", "'a", "'é"},
		{"a", "'ab'", "'\\xe9\\u2603'"},
		{"9a", "     'ab'", "'\\xe9\\u2603'"},
	} {
		for value, want := range map[string]string{"ab": tt.ascii, "é☃": tt.wide} {
			if got := render(t, "%(n)"+tt.format, value); got != want {
				t.Errorf("%s of %q gives %q, want %q", tt.format, value, got, want)
			}
		}
	}
	for format, want := range map[string]string{"c": "é", "3c": "  é", "-3c": "é  ", "03c": "  é", ".0c": "é"} {
		if got := render(t, "%(n)"+format, "é"); got != want {
			t.Errorf("%s of one character gives %q, want %q", format, got, want)
		}
	}
}

// render converts a value by the last piece of a text.
func render(t *testing.T, text, value string) string {
	t.Helper()
	c := conversion(t, text)
	if reason := c.Check(Value{Str: value}, true, text); reason != "" {
		t.Fatalf("%s of %q is refused: %s", text, value, reason)
	}
	return c.Render(Value{Str: value})
}

// TestRefusals: the wanted reasons are those of Python 3.11, for a number, for
// a text, and for a table of names, which is what a conversion without a name
// takes.
func TestRefusals(t *testing.T) {
	for _, tt := range []struct{ format, number, text, table string }{
		{"s", "", "", ""},
		{"a", "", "", ""},
		{"d", "", "%d format: a real number is required, not str", "%d format: a real number is required, not dict"},
		{"i", "", "%i format: a real number is required, not str", "%i format: a real number is required, not dict"},
		{"u", "", "%u format: a real number is required, not str", "%u format: a real number is required, not dict"},
		{"o", "", "%o format: an integer is required, not str", "%o format: an integer is required, not dict"},
		{"x", "", "%x format: an integer is required, not str", "%x format: an integer is required, not dict"},
		{"X", "", "%X format: an integer is required, not str", "%X format: an integer is required, not dict"},
		{"e", "", "must be real number, not str", "must be real number, not dict"},
		{"E", "", "must be real number, not str", "must be real number, not dict"},
		{"f", "", "must be real number, not str", "must be real number, not dict"},
		{"F", "", "must be real number, not str", "must be real number, not dict"},
		{"g", "", "must be real number, not str", "must be real number, not dict"},
		{"G", "", "must be real number, not str", "must be real number, not dict"},
		{"y", "unsupported format character 'y' (0x79) at index 5", "unsupported format character 'y' (0x79) at index 5", "unsupported format character 'y' (0x79) at index 2"},
		{"~", "unsupported format character '~' (0x7e) at index 5", "unsupported format character '~' (0x7e) at index 5", "unsupported format character '~' (0x7e) at index 2"},
		{"é", "unsupported format character '?' (0xe9) at index 5", "unsupported format character '?' (0xe9) at index 5", "unsupported format character '?' (0xe9) at index 2"},
		{"\x1f", "unsupported format character '\x1f' (0x1f) at index 5", "unsupported format character '\x1f' (0x1f) at index 5", "unsupported format character '\x1f' (0x1f) at index 2"},
		{"\x1e", "unsupported format character '?' (0x1e) at index 5", "unsupported format character '?' (0x1e) at index 5", "unsupported format character '?' (0x1e) at index 2"},
		{"\x7f", "unsupported format character '?' (0x7f) at index 5", "unsupported format character '?' (0x7f) at index 5", "unsupported format character '?' (0x7f) at index 2"},
		{"ll", "unsupported format character 'l' (0x6c) at index 6", "unsupported format character 'l' (0x6c) at index 6", "unsupported format character 'l' (0x6c) at index 3"},
		{"*d", "not enough arguments for format string", "* wants int", "* wants int"},
		{".*s", "not enough arguments for format string", "* wants int", "* wants int"},
		{"*c", "not enough arguments for format string", "* wants int", "* wants int"},
		{"*", "incomplete format", "* wants int", "* wants int"},
		{"-5.*l", "incomplete format", "* wants int", "* wants int"},
		{"*.*", "not enough arguments for format string", "* wants int", "* wants int"},
		{"5%", "unsupported format character '%' (0x25) at index 6", "unsupported format character '%' (0x25) at index 6", "unsupported format character '%' (0x25) at index 3"},
	} {
		named, unnamed := "é%(n)"+tt.format, "é%"+tt.format
		if got := refusal(t, named, Value{Num: 7, IsNum: true}); got != tt.number {
			t.Errorf("%s refuses a number: %q, want %q", named, got, tt.number)
		}
		if got := refusal(t, named, Value{Str: "ab"}); got != tt.text {
			t.Errorf("%s refuses a text: %q, want %q", named, got, tt.text)
		}
		if got := conversion(t, unnamed).CheckUnnamed(unnamed); got != tt.table {
			t.Errorf("%s refuses the table: %q, want %q", unnamed, got, tt.table)
		}
	}
}

// TestSign: what Python 3.11 gives for 0, which has no sign, and for -1.
func TestSign(t *testing.T) {
	for format, want := range map[string][2]string{
		"d":    {"0", "-1"},
		".0d":  {"0", "-1"},
		"+d":   {"+0", "-1"},
		"05x":  {"00000", "-0001"},
		"#o":   {"0o0", "-0o1"},
		" .1f": {" 0.0", "-1.0"},
		"g":    {"0", "-1"},
	} {
		c := conversion(t, "%(n)"+format)
		if got := [2]string{c.Render(Value{IsNum: true}), c.Render(Value{Num: -1, IsNum: true})}; got != want {
			t.Errorf("%s of 0 and -1 gives %q, want %q", format, got, want)
		}
	}
}

// TestCharacters: what Python 3.11 takes for %c.
func TestCharacters(t *testing.T) {
	const outOfRange, notOne = "%c arg not in range(0x110000)", "%c requires int or char"
	for number, want := range map[int64]string{-1: outOfRange, 0: "", 1: "", 0x10FFFF: "", 0x110000: outOfRange} {
		if got := refusal(t, "%(n)c", Value{Num: number, IsNum: true}); got != want {
			t.Errorf("%%c refuses %d: %q, want %q", number, got, want)
		}
	}
	for text, want := range map[string]string{"": notOne, "é": "", "ab": notOne} {
		if got := refusal(t, "%(n)c", Value{Str: text}); got != want {
			t.Errorf("%%c refuses %q: %q, want %q", text, got, want)
		}
	}
	if got := conversion(t, "%(n)c").Check(Value{}, false, "%(n)c"); got != "" {
		t.Errorf("%%c refuses a text that nobody knows: %q", got)
	}
	if got := conversion(t, "%c").CheckUnnamed("%c"); got != notOne {
		t.Errorf("%%c refuses the table: %q", got)
	}
}

func refusal(t *testing.T, text string, v Value) string {
	t.Helper()
	return conversion(t, text).Check(v, true, text)
}

// conversion returns the last piece of a text.
func conversion(t *testing.T, text string) *Conversion {
	t.Helper()
	pieces, failure := Parse(nil, text)
	if failure != nil || len(pieces) == 0 || pieces[len(pieces)-1].Kind != Converted {
		t.Fatalf("%s is cut into %+v, %+v", text, pieces, failure)
	}
	return &pieces[len(pieces)-1].Conversion
}

// TestParse: pieces come in order and without gaps, up to what Python refuses.
func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text   string
		pieces []string
		reason string
	}{
		{"", nil, ""},
		{"ab", []string{"ab"}, ""},
		{"%%", []string{"%%"}, ""},
		{"a%%b%%%%", []string{"a", "%%", "b", "%%", "%%"}, ""},
		{"%%%(n)s", []string{"%%", "%(n)s"}, ""},
		{"a%(n)sb%(n)-+ #012.34lé%", []string{"a", "%(n)s", "b", "%(n)-+ #012.34lé"}, "incomplete format"},
		{"%(a(b)c)s)", []string{"%(a(b)c)s", ")"}, ""},
		{"%()s", []string{"%()s"}, ""},
		{"%(n)/d%(n):d", []string{"%(n)/", "d", "%(n):", "d"}, ""},
		{"%.s%5.%", []string{"%.s", "%5.%"}, ""},
		{"%", nil, "incomplete format"},
		{"a%(n)", []string{"a"}, "incomplete format"},
		{"%(n)5", nil, "incomplete format"},
		{"%(n).", nil, "incomplete format"},
		{"%(n)l", nil, "incomplete format"},
		{"%(", nil, "incomplete format key"},
		{"%%%((n)s", []string{"%%"}, "incomplete format key"},
		{"%(n)99999999999999999999s", nil, "width too big"},
		{"%(n).99999999999999999999s", nil, "precision too big"},
	} {
		pieces, failure := Parse(nil, tt.text)
		var got []string
		end := 0
		for i := range pieces {
			if pieces[i].Start != end {
				t.Errorf("%q: a piece starts at %d, the one before ends at %d", tt.text, pieces[i].Start, end)
			}
			end = pieces[i].End
			if isDoubled := tt.text[pieces[i].Start:end] == "%%"; isDoubled != (pieces[i].Kind == DoubledSign) {
				t.Errorf("%q: the piece at %d has kind %d", tt.text, pieces[i].Start, pieces[i].Kind)
			}
			got = append(got, tt.text[pieces[i].Start:end])
		}
		if !slices.Equal(got, tt.pieces) {
			t.Errorf("%q is cut into %q, want %q", tt.text, got, tt.pieces)
		}
		if tt.reason == "" && failure != nil || tt.reason != "" && (failure == nil || *failure != Failure{Start: end, End: len(tt.text), Reason: tt.reason}) {
			t.Errorf("%q fails with %+v, want %q", tt.text, failure, tt.reason)
		}
	}
}

// TestFormat: what stands behind the name.
func TestFormat(t *testing.T) {
	for text, want := range map[string]string{"%(n)s": "s", "%()-05.2lf": "-05.2lf", "a%(a(b))é": "é", "%5d": "5d"} {
		if got := conversion(t, text).Format(text); got != want {
			t.Errorf("the format of %q is %q, want %q", text, got, want)
		}
	}
}
