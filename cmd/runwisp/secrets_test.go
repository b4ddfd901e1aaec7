package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// secretConf has the word "hunter" in each secret and nowhere else, and each of
// them where something is to be said of it.
const secretConf = `; DB=postgres://admin:hunter01@db/x
[unix_http_server]
password=hunter02
[inet_http_server]
port=1
password={SHA}hunter03
[program:web]
command=/bin/web --dsn https://bob:hunter04@example.com/x?a=%(ENV_X)s --password hunter05 --token=hunter06 %(ENV_Y)s
environment=DB_PASS="hunter07",API_KEY="hunter08 %(ENV_Z)s",PGPASSWORD=hunter09,MYSQL_PWD=hunter10,URL="redis://:hunter11@h:1/%(ENV_Q)s",OK=bad bad
umask=https://u:hunter12@h
serverurl=http://u:hunter13@h
autostart=password=hunter14
stopsignal=password=hunter15
[program:again]
environment=DUP_PASSWD=hunter16
environment=DUP_PASSWD=hunter17,API_TOKEN=hunter18 hunter19,X=1
command=/bin/dup '%(ENV_NOKEY)s' "SECRET='hunter20 hunter21'"
command=/bin/dup https://u:hunter22@h/ | sh
nothing but password=hunter23
[program:rare]
command=/bin/rare '--password' 'hunter24' -token hunter25 amqp://u:a/hunter26@h --key=a\ hunter27 --secret
  hunter28 $HOME
environment=JSON="{\"password\": \"hunter29\"}",SLACK_WEBHOOK=hunter30,bad
DB_PASSWORD hunter31
`

const secretTOML = `[services.a]
run = "x --password=hunter01"
stop_signal = "password=hunter02"
bogus = "https://u:hunter03@h"
[services.b]
run = "x"
stop_signal = "${file:vault}"
[services.a.env]
API_TOKEN = "hunter04 ${NO_SUCH_VARIABLE}"
DB_PASSWORD = 5
PASSWORD = "hunter05"
PASSWORD = "hunter06"
[daemon]
password = ["hunter07"]
[services.b.env]
DB_PASSWORD = """
hunter08 \q
"""
[services.a.secrets]
"a.b" = 1
DB = [
  "hunter09"
]
[services.b.secrets]
DB = '''
"
hunter10 ${NO_SUCH_VARIABLE}'''
`

// TestSecretsAreMasked: in the report of every format, on the page, and in what
// is said of a runwisp.toml; and shown on request.
func TestSecretsAreMasked(t *testing.T) {
	dir := writeFiles(t, files{"x.conf": secretConf, "x.toml": secretTOML, "vault": "hunter11"})
	for _, command := range []string{
		"import supervisord x.conf -v -o out.toml --report said --format text",
		"import supervisord x.conf -v -o out.toml --report said --format short",
		"import supervisord x.conf -v -o out.toml --report said --format json",
		"import supervisord x.conf -v -o out.toml --report said --format sarif",
		"import supervisord x.conf -v -o out.toml --html said",
		"validate x.toml",
		"validate x.toml --format short",
		"validate x.toml --format json",
		"validate x.toml --format sarif",
	} {
		for _, flags := range []string{"", " --show-secrets"} {
			if err := os.RemoveAll(filepath.Join(dir, "said")); err != nil {
				t.Fatal(err)
			}
			stdout, stderr := runCommand(t, dir, "exit 1", strings.Fields(command+flags)...)
			said := stdout + stderr
			if strings.Contains(command, "said") {
				said += readFile(t, dir, "said")
			}
			at := strings.Index(said, "hunter")
			switch {
			case flags == "" && at >= 0:
				t.Errorf("%s shows %q", command, said[max(0, at-60):min(len(said), at+20)])
			case flags != "" && at < 0:
				t.Errorf("%s masks on request", command)
			case flags == "" && !strings.Contains(said, "***") && !strings.Contains(said, "••"):
				t.Errorf("%s masks nothing: %.300q", command, said)
			}
		}
	}
}
