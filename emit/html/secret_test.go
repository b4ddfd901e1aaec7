package html_test

import (
	"strings"
	"testing"
)

// secretText has the word "hunter" in each secret and nowhere else. Each
// comment says what the line below it is there for.
const secretText = `; ;password=hunter01 is what the sample file says
;password=hunter02
[unix_http_server]
username=visible01
; the value goes on
password = hunter03 "and, more
  hunter04
[supervisord]
; a pair among others, in the document as [defaults.env]
environment=A=visible02,DB_PASSWORD=hunter05,B=visible03,MY_SECRET="hunter06, hunter07",C="visible04"
[program:web]
; in a command
command=/usr/bin/env API_TOKEN=hunter08 /bin/web --password=hunter09 --port visible05 'X_KEY=hunter10 visible?'
; over lines, with a comma and a line end in quotes
environment=
  D=visible06,
  AWS_KEY = "hunter11,
  hunter12",E=visible07,
  credentials='hunter13',
  lower_token=hunter14
; refused, and quoted by the message
[program:bad]
command=/bin/bad
environment=BAD_TOKEN=hunter15 hunter16,F=visible08
; once and again
[program:dup]
environment=DUP_PASSWD=hunter17
environment=DUP_PASSWD=hunter18
command=/bin/dup '%(ENV_NOKEY)s' "SECRET='hunter19 hunter20'"
[nowhere]
Password: hunter21
`

func TestSecretsAreMasked(t *testing.T) {
	in := importText("x.conf", secretText)
	page := render(t, in)
	for line := range strings.Lines(page) {
		if strings.Contains(line, "hunter") {
			t.Errorf("the page shows a secret: %s", line)
		}
	}
	for _, shown := range []string{"01", "02", "03", "04", "05", "06", "07", "08"} {
		if !strings.Contains(page, "visible"+shown) {
			t.Errorf("visible%s is masked", shown)
		}
	}
	in.ShowSecrets = true
	shown := render(t, in)
	for line := range strings.Lines(secretText) {
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
			if strings.HasPrefix(word, "hunter") && !strings.Contains(shown, word) {
				t.Errorf("%s is masked on request", word)
			}
		}
	}
}

func TestMessagesDoNotQuoteSecrets(t *testing.T) {
	for _, line := range []string{
		"stopsignal=INT\nenvironment=API_TOKEN=hunter2 hunter2",
		"environment=API_TOKEN=\"hunter2",
		"environment=API_TOKEN=hunter2=%(nope)s",
		"environment=API_TOKEN=%(ENV_X)s-hunter2",
		"environment=1_TOKEN=\"hunter2\"",
		"environment=API_TOKEN=hunter2$(x)",
		"nopassword hunter2\npassword=%(hunter2)s",
		"command=/bin/a TOKEN=hunter2|sh\ncommand=/bin/b TOKEN=\"hunter2 $X",
	} {
		in := importText("x.conf", "[supervisord]\n[program:a]\ncommand=/bin/a\n"+line+"\n")
		page := render(t, in)
		if strings.HasPrefix(line, "nopassword ") {
			page = strings.ReplaceAll(page, "nopassword hunter2", "") // no name, no secret
		}
		if i := strings.Index(page, "hunter2"); i >= 0 {
			t.Errorf("%q: the page shows %q", line, page[max(0, i-80):min(len(page), i+40)])
		}
	}
}

// TestTODOsAreNotMasked: a file name that sounds like a secret stands in front
// of a line number.
func TestTODOsAreNotMasked(t *testing.T) {
	in := importText("monkey.conf", "[eventlistener:b]\ncommand=/bin/b\nevents=TICK_5\n")
	d := parse(t, render(t, in))
	if got := d.code("t-L3"); !strings.HasPrefix(got, "# TODO monkey.conf:1: ") {
		t.Errorf("TODO is shown as %q", got)
	}
}
