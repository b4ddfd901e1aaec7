package report_test

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/emit/report"
	"github.com/runwisp/runwisp/memfs"
)

// quoting are configurations with findings that quote a value with a secret:
// "hunter2" is one wherever it stands.
var quoting = map[string]string{
	"invalid value":         "stopsignal=TOKEN=hunter2",
	"invalid number":        "startsecs=--token=hunter2",
	"cut value":             "environment=API_TOKEN=hunter2 hunter2",
	"unknown expansion":     "environment=API_TOKEN=\"hunter2%(hunter2)s\"",
	"malformed expansion":   "password=x\ncommand=/bin/a --password=hunter2%(hunter2",
	"quoted for the shell":  "command=/bin/a TOKEN=hunter2|sh",
	"quoted behind":         "command=/bin/a $HOME\n  \"--token=hunter2 $x\"",
	"quoted whole":          "command=/bin/a \"--password=hunter2 $x\"",
	"URL":                   "command=/bin/a \"redis://me:hunter2@host/ $x\"",
	"relative directory":    "directory=x/TOKEN=hunter2",
	"tilde":                 "directory=~/key=hunter2",
	"relative command":      "command=x/TOKEN=hunter2",
	"unknown member":        "[group:g]\nprograms=TOKEN=hunter2",
	"pattern without match": "[include]\nfiles=/no/key=hunter2/*.conf",
	"user of the daemon":    "[supervisord]\nuser=TOKEN=hunter2",
	"backslash":             "command=/bin/a \\\n  --key=hunter2",
	"several lines":         "environment=\n  A=\"1\",\n  TOKEN=\"%(hunter2)s\",\n  B=2",
}

// reports are the formats of an import report.
var reports = map[string]func(io.Writer, report.Import, report.Options) error{
	"text": report.Text,
	"json": report.JSON,
	"short": func(w io.Writer, im report.Import, opts report.Options) error {
		return report.Short(w, im.Diagnostics, opts)
	},
	"sarif": func(w io.Writer, im report.Import, opts report.Options) error {
		return report.SARIF(w, im.Diagnostics, opts)
	},
}

// TestSecrets: no format quotes a secret, unless it is asked for; the output
// keeps them.
func TestSecrets(t *testing.T) {
	for name, lines := range quoting {
		c := &testCase{files: memfs.FS{"/supervisord.conf": "[program:a]\ncommand=/bin/a\n" + lines + "\n"}}
		im := c.imported()
		for format, write := range reports {
			var masked, shown strings.Builder
			if err := write(&masked, im, report.Options{Verbose: true}); err != nil {
				t.Fatal(err)
			}
			if err := write(&shown, im, report.Options{Verbose: true, ShowSecrets: true}); err != nil {
				t.Fatal(err)
			}
			if text := masked.String(); strings.Contains(text, "hunter2") {
				t.Errorf("%s: %s shows the secret:\n%s", name, format, text)
			}
			if text := shown.String(); !strings.Contains(text, "hunter2") {
				t.Errorf("%s: %s does not quote the value even on request, so the case proves nothing:\n%s", name, format, text)
			}
		}
	}
}

// TestSecretsOfValidation: neither do those of a validation.
func TestSecretsOfValidation(t *testing.T) {
	c := &testCase{files: memfs.FS{"/runwisp.toml": "[daemon]\nexternal_url = \"ftp://me:hunter2@host\"\n[services.web]\nrun = \"x\"\n[services.web.secrets]\nmy-key = \"hunter2\"\n"}}
	for format, write := range map[string]func(report.Validation, io.Writer, report.Options) error{
		"text": report.Validation.Findings,
		"json": report.Validation.JSON,
		"sarif": func(v report.Validation, w io.Writer, opts report.Options) error {
			return report.SARIF(w, v.Diagnostics, opts)
		},
	} {
		for _, show := range []bool{false, true} {
			var b strings.Builder
			if err := write(c.validated(), &b, report.Options{ShowSecrets: show}); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "hunter2") != show {
				t.Errorf("%s, show %v:\n%s", format, show, b.String())
			}
		}
	}
}

// TestFingerprintsHoldNoSecret: another secret changes no fingerprint, from
// which it could be guessed, and neither does showing it.
func TestFingerprintsHoldNoSecret(t *testing.T) {
	prints := func(secret string, show bool) string {
		c := &testCase{files: memfs.FS{"/supervisord.conf": "[program:a]\ncommand=/bin/a\nstartsecs=KEY=" + secret + "\n"}}
		var b strings.Builder
		if err := report.SARIF(&b, c.imported().Diagnostics, report.Options{ShowSecrets: show}); err != nil {
			t.Fatal(err)
		}
		return strings.Join(regexp.MustCompile(`"runwisp/v1": .*`).FindAllString(b.String(), -1), "\n")
	}
	first := prints("hunter2", false)
	if first == "" {
		t.Error("there are no fingerprints")
	}
	if prints("swordfish", false) != first || prints("hunter2", true) != first {
		t.Error("the secret is a part of the fingerprints")
	}
}
