package diag

import (
	"strconv"
	"strings"
)

// The codes of the validator.
const (
	SyntaxError        Code = "syntax-error"
	DuplicateKey       Code = "duplicate-key"
	UnknownTable       Code = "unknown-table"
	UnknownKey         Code = "unknown-key"
	MisplacedKey       Code = "misplaced-key"
	RenamedKey         Code = "renamed-key"
	RequiredKey        Code = "required-key"
	WrongType          Code = "wrong-type"
	BlankValue         Code = "blank-value"
	UnknownWord        Code = "unknown-word"
	MisplacedValue     Code = "misplaced-value"
	NumberRange        Code = "number-range"
	ListLength         Code = "list-length"
	BadName            Code = "bad-name"
	NameClash          Code = "name-clash"
	BadDuration        Code = "bad-duration"
	DurationRange      Code = "duration-range"
	BadSize            Code = "bad-size"
	BadUmask           Code = "bad-umask"
	BadUser            Code = "bad-user"
	RelativeShell      Code = "relative-shell"
	UnknownTimezone    Code = "unknown-timezone"
	BadURL             Code = "bad-url"
	BadAddress         Code = "bad-address"
	BadPattern         Code = "bad-pattern"
	MissingPlaceholder Code = "missing-placeholder"
	BadVariable        Code = "bad-variable"
	LongVariable       Code = "long-variable"
	NulInVariable      Code = "nul-in-variable"
	TooManyVariables   Code = "too-many-variables"
	UnsetVariable      Code = "unset-variable"
	UnreadableFile     Code = "unreadable-file"
	NeedsKey           Code = "needs-key"
	ConflictingKeys    Code = "conflicting-keys"
	UnknownDependency  Code = "unknown-dependency"
	SelfDependency     Code = "self-dependency"
	TaskDependency     Code = "task-dependency"
	DependencyCycle    Code = "dependency-cycle"
	BadNotifierID      Code = "bad-notifier-id"
	NotifierClash      Code = "notifier-clash"
	UnknownNotifier    Code = "unknown-notifier"
	IncludeInInclude   Code = "include-in-include"
	UnreadableInclude  Code = "unreadable-include"
	LongStop           Code = "long-stop"
	NonPOSIXShell      Code = "non-posix-shell"
	BadCron            Code = "bad-cron"
)

// validateRules is the registry of the validator's codes.
var validateRules = []Rule{

	// What is not TOML.
	{
		Code:     SyntaxError,
		Severity: Error,
		Title:    "not TOML",
		Explanation: "The file is not TOML 1.0 at this place. Reading goes on behind it or with the next line, and what " +
			"could not be read is left out of the other checks.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\n",
	},
	{
		Code:     DuplicateKey,
		Severity: Error,
		Title:    "key or table defined twice",
		Explanation: "TOML lets a key be set once and a table have one header. A table in braces, and one that " +
			"dotted keys made, is complete and takes no header either.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\nrun = \"/bin/api\"\n",
	},

	// Keys that do not belong where they stand, or are missing.
	{
		Code:        UnknownTable,
		Severity:    Error,
		Title:       "table that does not exist",
		Explanation: "RunWisp knows a fixed set of top-level tables and refuses all others.",
		Input:       RunWisp,
		Example:     "[service.web]\nrun = \"/bin/web\"\n",
	},
	{
		Code:        UnknownKey,
		Severity:    Error,
		Title:       "key that does not exist",
		Explanation: "RunWisp refuses keys that it does not know, so that a slip does not go unseen.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\ninstnces = 2\n",
	},
	{
		Code:        MisplacedKey,
		Severity:    Error,
		Title:       "key of another table",
		Explanation: "The key exists, but in another table. The message says which.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\ncron = \"@daily\"\n",
	},
	{
		Code:        RenamedKey,
		Severity:    Error,
		Title:       "other spelling of a key",
		Explanation: "Other versions of RunWisp spell the key like this. The message gives the spelling to use.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nrestart_attempts = 2\n",
	},
	{
		Code:        RequiredKey,
		Severity:    Error,
		Title:       "key that is missing",
		Explanation: "The table cannot do without the key.",
		Input:       RunWisp,
		Example:     "[services.web]\ninstances = 2\n",
	},

	// Values.
	{
		Code:     WrongType,
		Severity: Error,
		Title:    "value of another type",
		Explanation: "Types are strict: a duration, size or umask is a string even where it looks like a " +
			"number, and a number in quotes is a string.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\ninstances = \"2\"\n",
	},
	{
		Code:        BlankValue,
		Severity:    Error,
		Title:       "required value that is blank",
		Explanation: "The key must be there, and must say something.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \" \"\n",
	},
	{
		Code:        UnknownWord,
		Severity:    Error,
		Title:       "word that the key does not know",
		Explanation: "The key takes one of a few words. The message lists them.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\non_overlap = \"wait\"\n",
	},
	{
		Code:        MisplacedValue,
		Severity:    Error,
		Title:       "value that belongs to another table",
		Explanation: "A task that should always be restarted is a service.",
		Input:       RunWisp,
		Example:     "[tasks.job]\nrun = \"/bin/job\"\nrestart = \"always\"\n",
	},
	{
		Code:        NumberRange,
		Severity:    Error,
		Title:       "number out of range",
		Explanation: "The number is too large or too small. Zero is allowed wherever it means unset.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\ninstances = 65\n",
	},
	{
		Code:        ListLength,
		Severity:    Error,
		Title:       "too many or too few entries",
		Explanation: "The array must not be empty, or has more entries than RunWisp takes.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nexit_codes = []\n",
	},
	{
		Code:     BadName,
		Severity: Error,
		Title:    "name that cannot be used",
		Explanation: "The name of a task or service has 1 to 100 bytes: letters, digits, dots, underscores and " +
			"hyphens. A name with a dot must stand in quotes in a header.",
		Input:   RunWisp,
		Example: "[services.\"web server\"]\nrun = \"/bin/web\"\n",
	},
	{
		Code:        NameClash,
		Severity:    Error,
		Title:       "name used twice",
		Explanation: "Tasks and services share one set of names, over all included files.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\n[tasks.web]\nrun = \"/bin/job\"\n",
	},
	{
		Code:     BadDuration,
		Severity: Error,
		Title:    "text that is no duration",
		Explanation: "A duration is a number with a unit, or several: \"90s\", \"1h30m\", \"500ms\". It must not " +
			"be negative. Retention also takes d and w, and must be more than nothing.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\ngraceful_stop = \"10\"\n",
	},
	{
		Code:        DurationRange,
		Severity:    Error,
		Title:       "duration that is too long",
		Explanation: "A jitter must not exceed 24 hours; nothing is kept for more than 100 years.",
		Input:       RunWisp,
		Example:     "[tasks.job]\nrun = \"/bin/job\"\ncron = \"@weekly\"\njitter = \"25h\"\n",
	},
	{
		Code:     BadSize,
		Severity: Error,
		Title:    "text that is no size",
		Explanation: "A size is a number with an optional unit: b, kb, mb, gb or tb, in powers of 1024. A log " +
			"needs more than zero bytes.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\nlog_max_size = \"100 megs\"\n",
	},
	{
		Code:        BadUmask,
		Severity:    Error,
		Title:       "text that is no umask",
		Explanation: "A umask is three octal digits, or four of which the first is 0.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\numask = \"22\"\n",
	},
	{
		Code:        BadUser,
		Severity:    Error,
		Title:       "text that is no user",
		Explanation: "A user is a name or number, with an optional group behind a colon.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nuser = \"www:\"\n",
	},
	{
		Code:        RelativeShell,
		Severity:    Error,
		Title:       "shell that is no absolute path",
		Explanation: "RunWisp does not look for the shell; its path must be given in full.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nshell = \"bash\"\n",
	},
	{
		Code:        UnknownTimezone,
		Severity:    Error,
		Title:       "time zone that does not exist",
		Explanation: "Time zones have the names of the IANA database: \"UTC\", \"Europe/Berlin\".",
		Input:       RunWisp,
		Example:     "[scheduler]\ntimezone = \"Mars/Olympus\"\n",
	},
	{
		Code:        BadURL,
		Severity:    Error,
		Title:       "text that is no URL",
		Explanation: "The address must be absolute, with http or https and a host.",
		Input:       RunWisp,
		Example:     "[daemon]\nexternal_url = \"runwisp.example.com\"\n",
	},
	{
		Code:        BadAddress,
		Severity:    Error,
		Title:       "text that is no address",
		Explanation: "An address to listen on is a host, which may be empty, a colon and a port.",
		Input:       RunWisp,
		Example:     "[daemon]\nmetrics_enabled = true\nmetrics_listen = \"9090\"\n",
	},
	{
		Code:        BadPattern,
		Severity:    Error,
		Title:       "malformed pattern",
		Explanation: "In a pattern * and ? stand for anything, and [ ] for a choice of characters, which must be closed.",
		Input:       RunWisp,
		Example:     "[daemon]\ninclude = [\"conf.d/[a-z.toml\"]\n",
	},
	{
		Code:        MissingPlaceholder,
		Severity:    Error,
		Title:       "name_format without {service}",
		Explanation: "Every service of the compose file would get the same name.",
		Input:       RunWisp,
		Example:     "[compose.shop]\nfile = \"compose.yml\"\nname_format = \"shop\"\n",
	},

	// Environments and substitution.
	{
		Code:        BadVariable,
		Severity:    Error,
		Title:       "name that no variable can have",
		Explanation: "The name of a variable has letters, digits and underscores, and no digit in front.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nenv.my-port = \"80\"\n",
	},
	{
		Code:        LongVariable,
		Severity:    Error,
		Title:       "value of a variable that is too long",
		Explanation: "A value has at most 32768 bytes, counted when it has been substituted.",
		Input:       RunWisp,
		long: func() string {
			return "[services.web]\nrun = \"/bin/web\"\nenv.TEXT = \"" + strings.Repeat("x", 32769) + "\"\n"
		},
	},
	{
		Code:        NulInVariable,
		Severity:    Error,
		Title:       "value of a variable with a NUL",
		Explanation: "An environment cannot carry NUL characters.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nenv.PORT = \"80\\u0000\"\n",
	},
	{
		Code:        TooManyVariables,
		Severity:    Error,
		Title:       "too many variables",
		Explanation: "A unit has at most 256 variables, those of [defaults] included, and as many secrets.",
		Input:       RunWisp,
		long: func() string {
			return "[services.web]\nrun = \"/bin/web\"\n[services.web.env]\n" + numbered("V", " = \"x\"\n", 257)
		},
	},
	{
		Code:     UnsetVariable,
		Severity: Error,
		Title:    "${} of a variable that is not set",
		Explanation: "Every string but run is substituted when the file is loaded, from the environment of the " +
			"daemon. There are no defaults behind :- here. Write $${ for a literal ${.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\nenv.PORT = \"${NO_SUCH_PORT:-80}\"\n",
	},
	{
		Code:        UnreadableFile,
		Severity:    Error,
		Title:       "${file:} of a file that cannot be read",
		Explanation: "The content of the file is put in when the configuration is loaded, so it must be there.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nsecrets.TOKEN = \"${file:no/such/token}\"\n",
	},

	// Keys that depend on each other.
	{
		Code:        NeedsKey,
		Severity:    Error,
		Title:       "key that needs another",
		Explanation: "The key means nothing unless another is set as well.",
		Input:       RunWisp,
		Example:     "[tasks.job]\nrun = \"/bin/job\"\njitter = \"1m\"\n",
	},
	{
		Code:        ConflictingKeys,
		Severity:    Error,
		Title:       "keys that exclude each other",
		Explanation: "Only one of the two keys can be followed.",
		Input:       RunWisp,
		Example:     "[compose.shop]\nfile = \"compose.yml\"\ninclude = [\"web\"]\nexclude = [\"db\"]\n",
	},

	// References to other tables.
	{
		Code:        UnknownDependency,
		Severity:    Error,
		Title:       "dependency that does not exist",
		Explanation: "depends_on names services of the configuration and its included files.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\ndepends_on = [\"db\"]\n",
	},
	{
		Code:        SelfDependency,
		Severity:    Error,
		Title:       "service that depends on itself",
		Explanation: "A service that waits for itself never starts.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\ndepends_on = [\"web\"]\n",
	},
	{
		Code:        TaskDependency,
		Severity:    Error,
		Title:       "dependency on a task",
		Explanation: "A task ends and is never healthy, so nothing can wait for it.",
		Input:       RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\ndepends_on = [\"job\"]\n" +
			"[tasks.job]\nrun = \"/bin/job\"\n",
	},
	{
		Code:     DependencyCycle,
		Severity: Error,
		Title:    "services that wait for each other",
		Explanation: "None of the services can start first. Of cycles that share a service one is reported at a " +
			"time.",
		Input: RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\ndepends_on = [\"api\"]\n" +
			"[services.api]\nrun = \"/bin/api\"\ndepends_on = [\"web\"]\n",
	},
	{
		Code:        BadNotifierID,
		Severity:    Error,
		Title:       "id that no notifier can have",
		Explanation: "The id inapp is taken by RunWisp itself, and a colon separates an id from its override.",
		Input:       RunWisp,
		Example:     "[[notifier]]\nid = \"inapp\"\ntype = \"discord\"\nwebhook_url = \"https://example.com\"\n",
	},
	{
		Code:        NotifierClash,
		Severity:    Error,
		Title:       "id used twice",
		Explanation: "Every notifier has an id of its own, over all included files.",
		Input:       RunWisp,
		Example: "[[notifier]]\nid = \"chat\"\ntype = \"discord\"\nwebhook_url = \"https://example.com/1\"\n" +
			"[[notifier]]\nid = \"chat\"\ntype = \"discord\"\nwebhook_url = \"https://example.com/2\"\n",
	},
	{
		Code:     UnknownNotifier,
		Severity: Error,
		Title:    "notifier that does not exist",
		Explanation: "Notifiers are named by the id of a [[notifier]], by id:override, or as inapp, which is " +
			"always there.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\nnotify_on_failure = [\"chat\"]\n",
	},

	// Included files.
	{
		Code:        IncludeInInclude,
		Severity:    Error,
		Title:       "include in an included file",
		Explanation: "Only the file that RunWisp is started with may include others.",
		Input:       RunWisp,
		Example:     "[daemon]\ninclude = [\"conf.d/*.toml\"]\n",
		Scene:       Scene{Files: []SceneFile{{"conf.d/more.toml", "[daemon]\ninclude = [\"/srv/*.toml\"]\n"}}},
	},
	{
		Code:        UnreadableInclude,
		Severity:    Error,
		Title:       "included file that cannot be read",
		Explanation: "The file matches a pattern of include, but cannot be read.",
		Input:       RunWisp,
		Example:     "[daemon]\ninclude = [\"conf.d/*\"]\n",
		Scene:       Scene{Files: []SceneFile{{"conf.d/disabled/web.toml", "[services.web]\nrun = \"/bin/web\"\n"}}},
	},

	// What is taken, but hardly does what was meant.
	{
		Code:     LongStop,
		Severity: Warning,
		Title:    "stop window above the daemon's",
		Explanation: "When the daemon shuts down it waits shutdown_timeout, 10s unless set in [daemon], and then " +
			"kills what still runs.",
		Input:   RunWisp,
		Example: "[services.web]\nrun = \"/bin/web\"\ngraceful_stop = \"30s\"\n",
	},
	{
		Code:        NonPOSIXShell,
		Severity:    Warning,
		Title:       "shell that is not POSIX",
		Explanation: "RunWisp starts such a shell without -e, so a command that fails does not end the script.",
		Input:       RunWisp,
		Example:     "[services.web]\nrun = \"/bin/web\"\nshell = \"/usr/bin/fish\"\n",
	},
	{
		Code:     BadCron,
		Severity: Warning,
		Title:    "malformed schedule",
		Explanation: "A schedule has 5 fields, or 6 with seconds in front, or is a word such as @hourly, or " +
			"@every and a duration. The task is loaded, but never started by its schedule.",
		Input:   RunWisp,
		Example: "[tasks.job]\nrun = \"/bin/job\"\ncron = \"0 25 * * *\"\n",
	},
}

// numbered repeats a line with the numbers from 1 to n in it.
func numbered(before, behind string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(before + strconv.Itoa(i+1) + behind)
	}
	return b.String()
}
