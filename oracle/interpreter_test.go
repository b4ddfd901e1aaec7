package oracle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPythonCommand(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		want                []string
	}{
		{"plain", "#!/usr/bin/python3", "# EASY-INSTALL", []string{"/usr/bin/python3"}},
		{"argument", "#!/usr/bin/python3 -s", "", []string{"/usr/bin/python3", "-s"}},
		{"blank behind the sign", "#! /opt/py/bin/python3.11 -Es", "", []string{"/opt/py/bin/python3.11", "-Es"}},
		{"env", "#!/usr/bin/env python3", "", []string{"python3"}},
		{"env with arguments", "#!/usr/bin/env -S python3 -s", "", []string{"python3", "-s"}},
		{"pip in a long path", "#!/bin/sh", `'''exec' /srv/long/bin/python3 "$0" "$@"`, []string{"/srv/long/bin/python3"}},
		{"pip in a path with blanks", "#!/bin/sh", `'''exec' "/srv/my venv/bin/python" "$0" "$@"`, []string{"/srv/my venv/bin/python"}},
		{"PyPy", "#!/usr/bin/pypy3", "", []string{"/usr/bin/pypy3"}},
		{"shell wrapper", "#!/bin/sh", `exec /usr/bin/supervisord "$@"`, nil},
		{"bash wrapper", "#!/usr/bin/env bash", "", nil},
		{"env of nothing", "#!/usr/bin/env", "", nil},
		{"Python 2", "#!/usr/bin/python2.7", "", nil},
		{"no script", "\x7fELF\x02", "", nil},
		{"empty", "", "", nil},
		{"empty sign", "#!", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := pythonCommand(c.first, c.second)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if (err != nil) != (c.want == nil) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// writeScript writes an executable file.
func writeScript(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestAskStandIn asks a stand-in for Python, which shows what it was given.
func TestAskStandIn(t *testing.T) {
	python := writeScript(t, "python3", `#!/bin/sh
echo '{"supervisor":"4.2.5","python":"3.11"}'
environ=$(cat)
for conf; do :; done
[ "$conf" = -- ] && exit
echo '{"ok":false,"error":"'"$1 $conf $LC_ALL $(echo "$environ" | tr -d '"')"'"}'
`)
	e, err := Find(writeScript(t, "supervisord", "#!"+python+" -s\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := e.String(); got != "supervisor 4.2.5 on Python 3.11" || !e.IsReference() {
		t.Errorf("found %s", got)
	}
	got, err := e.Ask(t.Context(), []string{"a.conf"}, Options{Environ: map[string]string{"A": "1"}, Node: "n", Host: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Answer{{Error: "-s a.conf C.UTF-8 {A:1}"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := e.Ask(t.Context(), []string{"a.conf", "b.conf"}, Options{}); err == nil {
		t.Error("one answer to two questions is no error")
	}
}

func TestFindErrors(t *testing.T) {
	broken := writeScript(t, "python3", "#!/bin/sh\necho >&2 'Traceback'\necho >&2 'ModuleNotFoundError: no supervisor'\nexit 1\n")
	mute := writeScript(t, "python3", "#!/bin/sh\ncat >/dev/null\n")
	for _, c := range []struct{ name, path, want string }{
		{"missing", filepath.Join(t.TempDir(), "supervisord"), "no such file"},
		{"wrapper", writeScript(t, "supervisord", "#!/bin/sh\nexec supervisord\n"), "not a Python script"},
		{"binary", writeScript(t, "supervisord", strings.Repeat("\x00", 3*maxShebang)), "not a Python script"},
		{"no interpreter", writeScript(t, "supervisord", "#!/nowhere/python3\n"), "cannot find its interpreter"},
		{"no package", writeScript(t, "supervisord", "#!"+broken+"\n"), "ModuleNotFoundError: no supervisor"},
		{"no answer", writeScript(t, "supervisord", "#!"+mute+"\n"), "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Find(c.path); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
