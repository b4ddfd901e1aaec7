package validate

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the verdict must not depend on what the host has installed

	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

// A syntax is a format that a string alone decides. problem says what is wrong
// with the string, or is "".
type syntax struct {
	code    diag.Code
	problem func(text string) string
}

var syntaxes = map[schema.Format]syntax{
	schema.Signal:     {diag.UnknownWord, signalProblem},
	schema.Umask:      {diag.BadUmask, umaskProblem},
	schema.User:       {diag.BadUser, userProblem},
	schema.Cron:       {diag.BadCron, cronProblem},
	schema.HTTPURL:    {diag.BadURL, urlProblem},
	schema.HostPort:   {diag.BadAddress, addressProblem},
	schema.Glob:       {diag.BadPattern, globProblem},
	schema.NotifierID: {diag.BadNotifierID, notifierIDProblem},
}

// format checks what a string means.
func (c *checker) format(n toml.Node, key *schema.Key, text string) {
	if s, ok := syntaxes[key.Format]; ok {
		if problem := s.problem(text); problem != "" {
			c.badValue(n, s.code, "%s", problem)
		}
		return
	}
	switch key.Format {
	case schema.Duration:
		c.duration(n, key, text)
	case schema.Retention:
		c.retention(n, text)
	case schema.Size:
		c.size(n, key, text)
	case schema.Shell:
		c.shell(n, text)
	case schema.Timezone:
		c.timezone(n, text)
	case schema.ServiceName:
		c.dependency(n, text)
	case schema.NotifierRef:
		c.notifier(n, text)
	case schema.ServiceTemplate:
		c.nameFormat(n, key, text)
	}
}

func signalProblem(text string) string {
	upper := strings.ToUpper(text)
	name := upper
	if !strings.HasPrefix(name, "SIG") {
		name = "SIG" + name
	}
	// A letter that is not ASCII may have one as its capital: ſ.
	if len(upper) == len(text) && slices.Contains(schema.Signals, name) {
		return ""
	}
	return fmt.Sprintf("expected %s, got %q", say.Or(schema.Signals), text)
}

var umaskPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(schema.UmaskPattern)
})

func umaskProblem(text string) string {
	if umaskPattern().MatchString(text) {
		return ""
	}
	return fmt.Sprintf(`%q is not a umask, expected three octal digits such as "022"`, text)
}

func userProblem(text string) string {
	if schema.ValidUser(text) {
		return ""
	}
	return fmt.Sprintf("%q is not a user, expected user or user:group", text)
}

func urlProblem(text string) string {
	u, err := url.Parse(text)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" {
		return ""
	}
	return fmt.Sprintf("%q is not an absolute http or https URL", text)
}

func addressProblem(text string) string {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err == nil {
		return ""
	}
	return fmt.Sprintf("%q is not an address, expected host:port", text)
}

func globProblem(text string) string {
	if _, err := path.Match(text, ""); err == nil {
		return ""
	}
	return fmt.Sprintf("%q is not a pattern, its brackets or backslashes do not work out", text)
}

func notifierIDProblem(text string) string {
	switch {
	case text == schema.InApp:
		return fmt.Sprintf("id %q is taken by the notifier that is always there", text)
	case strings.Contains(text, ":"):
		return fmt.Sprintf("id %q holds a colon, which separates an id from its override", text)
	}
	return ""
}

// posixShells are the shells that take -e and sh scripts.
var posixShells = []string{"sh", "ash", "bash", "dash", "ksh", "ksh93", "lksh", "mksh", "oksh", "pdksh", "posh", "rbash", "yash", "zsh"}

func (c *checker) shell(n toml.Node, text string) {
	switch {
	case !strings.HasPrefix(text, "/"):
		c.badValue(n, diag.RelativeShell, "%q is not an absolute path", text)
	case !slices.Contains(posixShells, path.Base(text)):
		c.badValue(n, diag.NonPOSIXShell, "%q is not a POSIX shell, so a command that fails does not end the script", text)
	}
}

// timezone remembers the zones that were looked up, since that opens files.
func (c *checker) timezone(n toml.Node, text string) {
	known, seen := c.zones[text]
	if !seen {
		_, err := time.LoadLocation(text)
		// Package time has two names of its own: "" and "Local".
		known = err == nil && text != "" && text != "Local"
		c.zones[text] = known
	}
	if !known {
		c.badValue(n, diag.UnknownTimezone, "%q is not a time zone, expected a name such as \"Europe/Berlin\"", text)
	}
}

// dependency checks an entry of depends_on. That of an override has no name to
// compare with: the unit is named by the compose file.
func (c *checker) dependency(n toml.Node, text string) {
	other, ok := c.units[text]
	self := n.Parent().Parent()
	switch {
	case !ok && !c.manyUnits:
		c.badValue(n, diag.UnknownDependency, "service %q does not exist", text)
	case !ok:
	case !other.service:
		c.badValue(n, diag.TaskDependency, "%q is a task, expected a service", text)
	case self == other.node:
		c.badValue(n, diag.SelfDependency, "service %q depends on itself", text)
	}
}

// notifier checks the name of a notifier: its id, id:override, or inapp.
func (c *checker) notifier(n toml.Node, text string) {
	id, override, overridden := strings.Cut(text, ":")
	_, known := c.notifiers[id]
	switch {
	case text == schema.InApp:
	case overridden && override == "":
		c.badValue(n, diag.UnknownNotifier, "notifier %q has nothing behind its colon", text)
	case !known && !c.manyNotifiers, id == schema.InApp:
		c.badValue(n, diag.UnknownNotifier, "notifier %q does not exist", text)
	}
}

// nameFormat checks the names of units that come from a compose file. A stack
// is one unit.
func (c *checker) nameFormat(n toml.Node, key *schema.Key, text string) {
	if !strings.Contains(text, schema.ServicePlaceholder) && !c.has(n.Parent(), key.Unless, true) {
		c.badValue(n, diag.MissingPlaceholder, "%q does not hold %s, so all units would have one name", text, schema.ServicePlaceholder)
	}
}
