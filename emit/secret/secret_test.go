package secret

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

// hidden marks what is found in a content with brackets.
func hidden(content string, list []Interval) string {
	var b strings.Builder
	from := 0
	for _, v := range list {
		b.WriteString(content[from:v.Start] + "‹" + content[v.Start:v.End] + "›")
		from = v.End
	}
	return b.String() + content[from:]
}

func TestFind(t *testing.T) {
	for _, want := range []string{
		"password=‹hunter2›\nuser=me\n",
		"Password : ‹two words ; and more›\n",
		"DB_PASS=‹x›\nMYSQL_PWD=‹x›\nCREDENTIALS=‹x›\n",
		"password=\nuser=me\n",
		"passage\nkeyboard\n",
		";password=‹hunter2›\n",
		"password=\"‹hunter2›\"\n",
		"password=‹hunter2 ›%(ENV_PW)s‹x›\n",
		"password=‹%(hunter2)s›\n", // no name of supervisord's
		"password=${PW}\n",
		"password=%(ENV_A)s‹x›%(ENV_B)s\n",
		"a0AZz9_KEY_a0AZz9 = ‹two words›\n",
		"password = \"\"\"\"\"\"\nuser = \"me\"\n",
		"password=${file:run/pw}\n",
		"password=‹one\n  two›\nuser=me\n",
		"environment=A=1,TOKEN=‹several words›,B=2\n",
		"environment=A=1,TOKEN=\"‹a,b=c›\",B=2\n",
		"environment=A=1,\n  TOKEN='‹a›',\n  B=2\n",
		"command=/bin/web --key=‹abc› --port 80\n",
		"command=/bin/web --password ‹abc› --port 80\n",
		"command=/bin/web --token-file -x\n",
		"command=/bin/web --password\nuser=me\n",
		"command=/bin/web --password\n  ‹abc› x\nuser=me\n",
		"command=/bin/web --password ‹\\\n  abc› x\nuser=me\n",
		"command=/bin/web --password=\r\n\r\n  ‹abc› x\r\nuser=me\r\n",
		"command=/bin/web --password=‹a\\ b› x\n",
		"command=/bin/web '--password' '‹abc›' x\n",
		"command=/bin/web -password ‹abc› x\n",
		"run = \"/bin/web --password\"\n  user = \"me\"\n",
		"command=curl -H 'Authorization: ‹Bearer abc›' x\n",
		"SLACK_WEBHOOK=‹https://x/y›\n",
		"DB_PASSWORD ‹abc def›\nuser me\nDB_PASSWORD ‹abc›\n",
		"; password protected\n",
		"environment=JSON=\"{\\\"password\\\": ‹\\\"abc def\\\"}›",
		"command=/bin/web \"--password=‹several words›\" x\n",
		"command=sh -c 'TOKEN=‹abc web›'\n",
		"command=sh -c 'exec env TOKEN=‹abc› web'\n",
		"{\"password\": \"‹abc›\",\n",
		"DB=\"postgres://app:‹p@ss›@db/x?a:b@c\"\n",
		"url=http://localhost:9001/a@b\n",
		"url=http://localhost:%(ENV_PORT)s/a@b http://localhost:$PORT/a@b http://[::1]:80/a@b\n",
		"url=amqp://me:‹a/b?c#d@e›@host/x\n",
		"url=redis://:‹a›@host,redis://:‹b›@host\n",
		"[services.web.secrets]\nDB = \"‹one›\"\n# two\nA = \"‹x›\"\n[services.web.env]\nDB = \"x\"\n",
		"[a.secrets]\n# note\n# OLD = ‹x›\nDB = ‹[›\n  \"‹one\",›\n\n‹]›\n",
		"[program:secrets]\ncommand=x\n",
		"secrets.\"D B\" = \"‹one›\"\nsecrets . DB = ‹2›\n\"secrets\".DB = ‹3›\n\"a\".\"secrets\".\"DB\" = ‹4›\n",
		"password = \"\"\"‹\none\n[two]\n\\\"\"\" x›\"\"\"\nuser = \"me\"\n",
		"[a.secrets]\nDB = '''‹\na\"b\nc›'''\nA = \"\"\"‹\n[b]\n›",
	} {
		content := strings.NewReplacer("‹", "", "›", "").Replace(want)
		if got := hidden(content, Find(content, continued(content))); got != want {
			t.Errorf("found\n%s\nwant\n%s", got, want)
		}
	}
}

// TestOverlaps: what only touches shares no byte.
func TestOverlaps(t *testing.T) {
	for _, tt := range []struct {
		v, w Interval
		want bool
	}{
		{Interval{2, 4}, Interval{2, 4}, true},
		{Interval{2, 4}, Interval{3, 5}, true},
		{Interval{2, 4}, Interval{4, 5}, false},
		{Interval{2, 5}, Interval{3, 4}, true},
		{Interval{2, 4}, Interval{6, 7}, false},
	} {
		if got, back := tt.v.Overlaps(tt.w), tt.w.Overlaps(tt.v); got != tt.want || back != tt.want {
			t.Errorf("%v and %v overlap: %v and %v, want %v", tt.v, tt.w, got, back, tt.want)
		}
	}
}

func TestInText(t *testing.T) {
	for _, want := range []string{
		`unexpected end in 'TOKEN=‹several words›' of program:web`,
		`["/bin/web","--key=‹a b›","-x"]`,
		`cannot open http://me:‹pw›@host/`,
		`"api_key" is no option that supervisord knows here`,
	} {
		content := strings.NewReplacer("‹", "", "›", "").Replace(want)
		if got := hidden(content, InText(content)); got != want {
			t.Errorf("found %s, want %s", got, want)
		}
	}
}

func TestMask(t *testing.T) {
	for _, tt := range []struct {
		text string
		list []Interval
		want string
	}{
		{"abc", nil, "abc"},
		{"a, éb", []Interval{{0, 1}, {3, 6}}, "*, **"},
		{"abc", []Interval{{0, 3}}, "***"},
	} {
		if got := Mask(tt.text, tt.list); got != tt.want {
			t.Errorf("%q is masked as %q, want %q", tt.text, got, tt.want)
		}
	}
}

// masked returns a message about a part of a content as a report shows it.
func masked(t *testing.T, content, part, message string) string {
	t.Helper()
	at := strings.Index(content, part)
	if at < 0 {
		t.Fatalf("%q does not hold %q", content, part)
	}
	d := &diag.Diagnostic{
		Span:    source.NewFile("x.conf", content).Span(int32(at), int32(at+len(part))),
		Message: message,
	}
	if shown := NewMasker(true, diag.Supervisord).Diagnostic(d); shown != d {
		t.Errorf("message is %q although secrets are shown", shown.Message)
	}
	return NewMasker(false, diag.Supervisord).Diagnostic(d).Message
}

// TestMasker: a message hides the secrets of the options that it is about, in
// all the forms in which they may be quoted, and no others.
func TestMasker(t *testing.T) {
	for _, tt := range []struct{ content, part, message, want string }{
		{"password=hunter2\n", "password", "is hunter2", "is *******"},
		{"password=hunter2\nuser=x\n", "user", "is hunter2", "is hunter2"},
		{"\npassword=hunter2\nuser=x\n", "user", "is hunter2", "is hunter2"},
		{"password=abc\n", "password", "is abc", "is ***"}, // long enough
		{"password=\"a \\b\"\n", "password", `is "a \\b"`, `is "*****"`},
		{"password=50%%off\n", "password", "is 50%off", "is ******"},
		{"command=web $X\n  --key=hunter2\n", "$X", "words $X --key=hunter2", "words $X --key=*******"},
		{"command=web $X\r\n\r\n  --key=hunter2\r\n", "$X", "words $X --key=hunter2", "words $X --key=*******"},
		{"TOKEN=hunter2 swordfish\n", "fish", "ends before fish", "ends before ****"},
		{"TOKEN=ab\n", "ab", "ab is about", "ab is about"}, // too short to look for
		{"A_KEY=abcd\n", "abcd", "abcd bcd abc", "**** bcd abc"},
	} {
		if got := masked(t, tt.content, tt.part, tt.message); got != tt.want {
			t.Errorf("about %q in %q: %q, want %q", tt.part, tt.content, got, tt.want)
		}
	}
}

// TestMaskerHidesEveryText: hints, the messages of related places, and what
// comes from elsewhere. A fix with a secret is left out.
func TestMaskerHidesEveryText(t *testing.T) {
	file := source.NewFile("x.conf", "user=x\npassword=hunter2\n")
	d := &diag.Diagnostic{
		Message: "outsider and insider",
		Hint:    "Not hunter2.",
		Related: []diag.Related{{Span: file.Span(7, 15), Message: "hunter2 stands here"}},
		Fix:     &diag.Fix{Text: "user=hunter2"},
		Outside: []diag.Outside{{Name: "DB_TOKEN", Text: "outsider"}, {Name: "argv", Text: "--key=insider"}},
	}
	got := NewMasker(false, diag.Supervisord).Diagnostic(d)
	for text, want := range map[string]string{
		got.Message: "******** and *******", got.Hint: "Not *******.", got.Related[0].Message: "******* stands here",
	} {
		if text != want {
			t.Errorf("text is %q, want %q", text, want)
		}
	}
	if got.Fix != nil {
		t.Errorf("fix is %q", got.Fix.Text)
	}
	if d.Hint != "Not hunter2." || d.Related[0].Message != "hunter2 stands here" || d.Fix == nil {
		t.Error("the diagnostic itself is changed")
	}
}

// TestIn: secrets in a span are counted from its start.
func TestIn(t *testing.T) {
	span := source.NewFile("x.conf", "user=x\npassword=hunter2\n").Span(17, 24)
	if got := NewMasker(false, diag.Supervisord).In(span); !slices.Equal(got, []Interval{{0, 6}}) {
		t.Errorf("secrets are at %v", got)
	}
	if got := NewMasker(true, diag.Supervisord).In(span); got != nil {
		t.Errorf("secrets to be shown are at %v", got)
	}
	if got := NewMasker(false, diag.Supervisord).In(source.Span{}); got != nil {
		t.Errorf("secrets of nowhere are at %v", got)
	}
}

// pieces are what the texts of TestSections are made of: all that may open a
// secret, end it, or look like a section inside one.
var pieces = strings.Split("[|[a]|[a.secrets]|[b.secrets] # x|  [c.secrets]|[a.secrets|\n|\n|\n|\r\n|\r|\n[|\n[d]\n|\n[d.secrets]\n| |\t|, |;|\"|'|\"\"\"|=|=|:|x|two words|"+
	"password|password=hunter2|\nTOKEN = |key=|--secret |A_PWD=\"|B = \"\"\"|secrets|secrets=|postgres://me:pw@db|%(ENV_X)s|${X}|environment=A=1,", "|")

// TestSections: in a runwisp.toml what is masked section by section is what is
// masked in the whole file, in whatever order is asked.
func TestSections(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		content := ""
		for range random.IntN(30) {
			content += pieces[random.IntN(len(pieces))]
		}
		text := pieces[random.IntN(len(pieces))] + content
		taken, whole := newFile(content, diag.RunWisp), newFile(content, diag.RunWisp)
		taken.window, whole.all = 1+random.IntN(40), true
		for range 10 {
			start := random.IntN(len(content) + 1)
			v := Interval{start, start + random.IntN(len(content)+1-start)}
			if got, want := taken.within(v), whole.within(v); !slices.Equal(got, want) {
				t.Fatalf("in %v of %q: secrets are at %v, in the whole at %v", v, content, got, want)
			}
			if got, want := Merge(taken.quoted(text, v)), Merge(whole.quoted(text, v)); !slices.Equal(got, want) {
				t.Fatalf("%q quotes secrets from %v of %q at %v, from the whole at %v", text, v, content, got, want)
			}
		}
	}
}

// TestHeaders: no secret of a supervisord.conf reaches over a header, as strings of
// TOML do.
func TestHeaders(t *testing.T) {
	const content = "password=\"\"\"\n[program:x]\nuser=me\n"
	user := Interval{len(content) - len("me\n"), len(content) - 1}
	for input, want := range map[diag.Input][]Interval{diag.Supervisord: nil, diag.RunWisp: {{0, 2}}} {
		if got := newFile(content, input).within(user); !slices.Equal(got, want) {
			t.Errorf("input %d: secrets are at %v, want %v", input, got, want)
		}
	}
}

// TestSectionsAreLookedAtWhenAsked: the others are not.
func TestSectionsAreLookedAtWhenAsked(t *testing.T) {
	f := newFile("a=1\n[b]\nkey=xyz\n[c]\n", diag.Supervisord)
	if got := f.within(Interval{12, 15}); !slices.Equal(got, []Interval{{0, 3}}) {
		t.Errorf("secrets are at %v", got)
	}
	if len(f.starts) != 3 || len(f.parts) != 1 || f.parts[1] == nil {
		t.Errorf("sections start at %v, and parts are %v", f.starts, f.parts)
	}
}

// FuzzFind: whatever the content, secrets are in order and lie inside it, and
// any part of it can be quoted and masked.
func FuzzFind(f *testing.F) {
	f.Add("password=\"a\n b\",TOKEN='x", uint16(3), uint16(9))
	f.Add("[a.secrets]\r\nx = \"\"\"\r\ny\"\"\"\nurl=a://b:c@d%(ENV_X)s\n", uint16(0), uint16(80))
	f.Fuzz(func(t *testing.T, content string, from, to uint16) {
		last := 0
		for _, v := range Find(content, continued(content)) {
			if v.Start < last || v.End <= v.Start || v.End > len(content) {
				t.Fatalf("secret at %v behind %d of %d bytes", v, last, len(content))
			}
			last = v.End
		}
		start := min(int(from), len(content))
		end := max(start, min(int(to), len(content)))
		span := source.NewFile("x.conf", content).Span(int32(start), int32(end))
		d := &diag.Diagnostic{Span: span, Message: content}
		for _, input := range []diag.Input{diag.Supervisord, diag.RunWisp} {
			if got := NewMasker(false, input).Diagnostic(d).Message; strings.Count(got, "") != strings.Count(content, "") {
				t.Errorf("%q has another length than %q", got, content)
			}
		}
	})
}
