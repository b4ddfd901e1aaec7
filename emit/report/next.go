package report

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/runwisp/runwisp/internal/say"
)

// next says what to do with the output, if there is anything to run in it.
func (p *printer) next(im Import) {
	if len(im.Config.Programs) == 0 || im.Dry {
		return
	}
	p.printf("\n%s\n", p.paint(bold, "Next:"))
	if n := p.openTODOs(im); n > 0 {
		p.step(fmt.Sprintf("settle %s in %s; each names its line", say.Count(n, "TODO"), cmp.Or(im.Target, "the output")))
	}
	p.check(printable("runwisp validate " + shellWord(cmp.Or(im.Target, "runwisp.toml"))))
	p.step("stop the programs in supervisord before you start RunWisp, or each runs twice")
}

// step writes one thing to do.
func (p *printer) step(text string) { p.paragraph("  ", plain, text, plain, 4) }

// check names the command that checks the output. It stays whole, so that it can
// be pasted.
func (p *printer) check(command string) {
	head := "  check it:  "
	if columns(head)+columns(command) > p.opts.Width {
		head = "  check it:\n    "
	}
	p.printf("%s%s\n", head, command)
}

// shellWord writes a path so that it can be pasted behind a command.
func shellWord(path string) string {
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	if strings.IndexFunc(path, needsQuotes) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// needsQuotes reports whether a character may mean something to a shell.
func needsQuotes(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-./+:@,%=", r)
}
