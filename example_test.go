package runwisp_test

import (
	"fmt"
	"os"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes"
	"github.com/runwisp/runwisp/validate"
)

func ExampleImport() {
	const conf = "[supervisord]\n\n[program:web]\ncommand=/bin/web --port %(ENV_PORT)s\nautorestart=true\n"
	in := passes.Input{
		File: source.NewFile("supervisord.conf", conf),
		Path: "supervisord.conf",
		Dir:  "/etc",
	}
	im := runwisp.Import([]passes.Input{in}, passes.Options{Files: memfs.FS{}, LookupEnv: os.LookupEnv, Node: "localhost"})
	fmt.Printf("%s", im.Output.TOML)
	for _, d := range im.Diagnostics {
		if d.NeedsTODO() {
			fmt.Printf("\n%s: %s: %s\n", d.Span, d.Severity, d.Message)
		}
	}
	// Output:
	// # Imported from supervisord.conf by runwisp import supervisord.
	//
	// [services.web]
	// # TODO supervisord.conf:4: %(ENV_PORT)s is left in place. Replace it with `"$PORT"`, as --resolve does, unless PORT is empty or holds blanks, quotes or backslashes. [unresolved-expansion]
	// run = '/bin/web --port %(ENV_PORT)s'
	//
	// supervisord.conf:4:25: warning: %(ENV_PORT)s is left in place
}

func ExampleValidate() {
	file := source.NewFile("runwisp.toml", "[services.web]\nrun = \"/bin/web\"\nstartretries = 3\n")
	for _, d := range runwisp.Validate(file, validate.Options{}).Diagnostics {
		fmt.Printf("%s: %s: %s [%s]\n", d.Span, d.Severity, d.Message, d.Code)
	}
	// Output:
	// runwisp.toml:3:1: error: unknown key "startretries" in [services.NAME], did you mean "start_retries"? [unknown-key]
}
