package report

import (
	"cmp"
	"strings"
	"unicode"
)

// next says what to do with the output, if there is anything to run in it.
func (p *printer) next(im Import) {
	if len(im.Config.Programs) == 0 || im.Dry {
		return
	}
	p.printf("\n%s\n", p.paint(bold, "Next:"))
	if n := todos(im.Output); n > 0 {
		where := printable(cmp.Or(im.Target, "the output"))
		p.printf("  settle %s in %s; each names its line\n", plural(n, "TODO"), where)
	}
	p.printf("  check it:  runwisp validate %s\n", printable(shellWord(cmp.Or(im.Target, "runwisp.toml"))))
	p.out.WriteString("  stop the programs in supervisord before you start RunWisp, or each runs twice\n")
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
