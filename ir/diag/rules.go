package diag

// The codes of the importer.
const (
	ByteOrderMark        Code = "byte-order-mark"
	InvalidUTF8          Code = "invalid-utf8"
	MissingSection       Code = "missing-section"
	MissingDelimiter     Code = "missing-delimiter"
	MissingKey           Code = "missing-key"
	InvalidValue         Code = "invalid-value"
	InvalidEnvironment   Code = "invalid-environment"
	BadExpansion         Code = "bad-expansion"
	UnknownExpansion     Code = "unknown-expansion"
	InvalidName          Code = "invalid-name"
	MissingCommand       Code = "missing-command"
	EmptyCommand         Code = "empty-command"
	EmptyDirectory       Code = "empty-directory"
	UnbalancedQuote      Code = "unbalanced-quote"
	NulByte              Code = "nul-byte"
	ConflictingStop      Code = "conflicting-stop"
	UnknownMember        Code = "unknown-member"
	AmbiguousMember      Code = "ambiguous-member"
	MissingOption        Code = "missing-option"
	MissingFiles         Code = "missing-files"
	VerifyDifference     Code = "verify-difference"
	UnresolvedExpansion  Code = "unresolved-expansion"
	UnnamedExpansion     Code = "unnamed-expansion"
	IncludeNoMatch       Code = "include-no-match"
	IncludeUnreadable    Code = "include-unreadable"
	UnreadMember         Code = "unread-member"
	IncludeStdin         Code = "include-stdin"
	IncludeUnresolved    Code = "include-unresolved"
	EventListener        Code = "event-listener"
	FastCGI              Code = "fastcgi-program"
	OutOfRange           Code = "out-of-range"
	UnsupportedSignal    Code = "unsupported-signal"
	NoExitCodes          Code = "no-exit-codes"
	UnusableVariable     Code = "unusable-variable"
	SupervisorVariable   Code = "supervisor-variable"
	TwoGroups            Code = "two-groups"
	Shadowed             Code = "shadowed"
	LiteralTilde         Code = "literal-tilde"
	CommentCutsQuote     Code = "comment-cuts-quote"
	SwallowedLine        Code = "swallowed-line"
	HeaderAsKey          Code = "header-as-key"
	NestedInclude        Code = "nested-include"
	DroppedAfterHeader   Code = "text-after-header"
	TruncatedEnvironment Code = "truncated-environment"
	TrailingBackslash    Code = "trailing-backslash"
	SupervisorProgram    Code = "supervisor-program"
	MisspelledOption     Code = "misspelled-option"
	VersionDependent     Code = "version-dependent"
	NoPrograms           Code = "no-programs"
	DaemonSection        Code = "daemon-section"
	DaemonEnvironment    Code = "daemon-environment"
	DaemonUmask          Code = "daemon-umask"
	DaemonUser           Code = "daemon-user"
	DaemonDirectory      Code = "daemon-directory"
	DaemonLimits         Code = "daemon-limits"
	MissingDaemon        Code = "missing-daemon"
	GroupTag             Code = "group-tag"
	UnsetDefaults        Code = "unset-defaults"
	NeedsRoot            Code = "needs-root"
	LogsCaptured         Code = "logs-captured"
	GroupSignals         Code = "group-signals"
	ProcessNames         Code = "process-names"
	MissingProcessNum    Code = "missing-process-num"
	RelativeDirectory    Code = "relative-directory"
	RelativeCommand      Code = "relative-command"
	ZeroSeconds          Code = "zero-seconds"
	StopLimit            Code = "stop-limit"
	RestartsAlways       Code = "restarts-always"
	ServiceOnly          Code = "service-only"
	TaskPerProcess       Code = "task-per-process"
	RanksUsed            Code = "ranks-used"
	Renamed              Code = "renamed"
	QuotedCommand        Code = "quoted-command"
	ShellBuiltin         Code = "shell-builtin"
	ResolvedExpansion    Code = "resolved-expansion"
	NoProcesses          Code = "no-processes"
	DaemonUmaskUnused    Code = "daemon-umask-unused"
	UnknownSection       Code = "unknown-section"
	UnknownOption        Code = "unknown-option"
	DroppedOption        Code = "dropped-option"
	Overridden           Code = "overridden"
)

// importRules is the registry of the importer's codes.
var importRules = []Rule{

	// What supervisord refuses in the bytes and lines of a file.
	{
		Code:     ByteOrderMark,
		Severity: Error,
		TODO:     true,
		Title:    "byte order mark",
		Explanation: "supervisord does not skip a UTF-8 byte order mark: the first line is then no header, and " +
			"the whole file is refused. The importer reads on behind the mark.",
		Example: "\uFEFF[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     InvalidUTF8,
		Severity: Error,
		TODO:     true,
		Title:    "bytes that are not UTF-8",
		Explanation: "supervisord decodes its files strictly; one invalid byte anywhere, comments included, " +
			"refuses the configuration. The importer reads on and writes the replacement character " +
			"for each such byte.",
		Example: "[program:web]\n" +
			"; caf\xE9\n" +
			"command=/bin/web\n",
	},
	{
		Code:     MissingSection,
		Severity: Error,
		TODO:     true,
		Title:    "line before the first header",
		Explanation: "Every option belongs to a section. supervisord refuses a file with a line above the first [section] header that " +
			"is neither blank nor a comment.",
		Example: "command=/bin/web\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     MissingDelimiter,
		Severity: Error,
		TODO:     true,
		Title:    "line without = or :",
		Explanation: "A line is a header, key=value, a comment, or the continuation of the value above, in " +
			"which case it is indented deeper. supervisord refuses anything else.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"autostart\n",
	},
	{
		Code:        MissingKey,
		Severity:    Error,
		TODO:        true,
		Title:       "line without a key",
		Explanation: "A line that starts with its delimiter has no key. supervisord refuses it.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"=true\n",
	},

	// What supervisord refuses in values and names.
	{
		Code:     InvalidValue,
		Severity: Error,
		TODO:     true,
		Title:    "value of the wrong type",
		Explanation: "supervisord reads the value as a boolean, number, size, signal or the like, and refuses " +
			"the whole configuration where it is none. The importer leaves the option out; RunWisp's " +
			"default then counts.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"startsecs=soon\n",
	},
	{
		Code:     InvalidEnvironment,
		Severity: Error,
		TODO:     true,
		Title:    "environment that cannot be read",
		Explanation: "supervisord reads environment as NAME=value pairs with commas between; a value with " +
			"other characters than letters, digits and _/.+-(): must be quoted. It refuses the whole " +
			"configuration where the pairs do not work out. The importer leaves the environment out.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"environment=A=1 B=2\n",
	},
	{
		Code:     BadExpansion,
		Severity: Error,
		TODO:     true,
		Title:    "malformed %-expansion",
		Explanation: "Values are format strings: a literal percent sign is written %%, an expansion %(name)s. " +
			"supervisord refuses anything else behind a percent sign. The importer leaves the text as " +
			"it stands.",
		Example: "[program:web]\n" +
			"command=/bin/web --rate 50%\n",
	},
	{
		Code:     UnknownExpansion,
		Severity: Error,
		TODO:     true,
		Title:    "expansion of a name that does not exist",
		Explanation: "supervisord knows a few names in each option, and ENV_X for the variables of its " +
			"environment. It refuses the whole configuration for any other name. The importer leaves " +
			"the text as it stands.",
		Example: "[program:web]\n" +
			"command=/bin/web --port %(port)s\n",
	},
	{
		Code:        InvalidName,
		Severity:    Error,
		TODO:        true,
		Title:       "name that supervisord refuses",
		Explanation: "The name of a program, a group or a process must not hold a space, a colon or a slash.",
		Example: "[program:my web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     MissingCommand,
		Severity: Error,
		TODO:     true,
		Title:    "program without a command",
		Explanation: "supervisord refuses a program section that has no command. The table is written " +
			"commented out: RunWisp needs something to run.",
		Example: "[program:web]\n" +
			"autostart=true\n",
	},
	{
		Code:     EmptyCommand,
		Severity: Error,
		TODO:     true,
		Title:    "empty command",
		Explanation: "supervisord accepts an empty command and then fails at every attempt to start it. The " +
			"table is written commented out: RunWisp needs something to run.",
		Example: "[program:web]\n" +
			"command=\n",
	},
	{
		Code:     EmptyDirectory,
		Severity: Error,
		TODO:     true,
		Title:    "empty directory",
		Explanation: "supervisord accepts an empty directory and then fails at every attempt to start the program. " +
			"The table is written commented out.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"directory=\n",
	},
	{
		Code:     UnbalancedQuote,
		Severity: Error,
		TODO:     true,
		Title:    "command whose quotes do not match",
		Explanation: "supervisord accepts the option and then fails at every attempt to start the program, " +
			"because it cannot split the command into arguments. The table is written commented out.",
		Example: "[program:web]\n" +
			"command=/bin/web --title \"it's\n",
	},
	{
		Code:     NulByte,
		Severity: Error,
		TODO:     true,
		Title:    "NUL where none can be",
		Explanation: "No argument, path or variable can hold a NUL byte, so supervisord fails to start the program. A table " +
			"with one in its command or directory is written commented out, and a variable with one is left out.",
		Example: "[program:web]\n" +
			"command=/bin/web \x00\n",
	},
	{
		Code:     ConflictingStop,
		Severity: Error,
		TODO:     true,
		Title:    "stopasgroup without killasgroup",
		Explanation: "supervisord refuses stopasgroup=true with killasgroup=false. RunWisp always signals the " +
			"whole process group, for both signals.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stopasgroup=true\n" +
			"killasgroup=false\n",
	},
	{
		Code:     UnknownMember,
		Severity: Error,
		TODO:     true,
		Title:    "group member that does not exist",
		Explanation: "A group names its members with commas between them, each exactly as in the header of a " +
			"[program:x]. supervisord refuses a group with any other name, the empty one behind a " +
			"trailing comma included. The importer leaves the member out.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[group:site]\n" +
			"programs=web,worker\n",
	},
	{
		Code:     AmbiguousMember,
		Severity: Error,
		TODO:     true,
		Title:    "group member that is two things",
		Explanation: "A group member exists both as [program:x] and as [fcgi-program:x]; supervisord refuses " +
			"that. The importer takes the program.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[fcgi-program:web]\n" +
			"command=/bin/fcgi\n" +
			"socket=tcp://localhost:9000\n" +
			"[group:site]\n" +
			"programs=web\n",
	},
	{
		Code:        MissingOption,
		Severity:    Error,
		TODO:        true,
		Title:       "section without an option it needs",
		Explanation: "supervisord refuses a section of this kind without the option.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[inet_http_server]\n" +
			"username=admin\n" +
			"password=secret\n",
	},
	{
		Code:        MissingFiles,
		Severity:    Error,
		TODO:        true,
		Title:       "[include] without files",
		Explanation: "supervisord refuses an [include] section without a files option. Nothing is included.",
		Example: "[include]\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     VerifyDifference,
		Severity: Error,
		Title:    "supervisord reads it otherwise",
		Explanation: "With --verify the installed supervisord was asked what it makes of the file, and its " +
			"answer differs from the import here. One of the two versions reads the file by other " +
			"rules, or the importer has a fault.",
		Example: "[supervisord]\n" +
			"[program:web]\n" +
			"command=/bin/web a;b ;c #d\n",
		Scene: Scene{ReadAs: "[supervisord]\n" +
			"[program:web]\n" +
			"command=/bin/web a;b\n"},
	},

	// What needs a human: the process would run otherwise, or not at all.
	{
		Code:     UnresolvedExpansion,
		Severity: Warning,
		TODO:     true,
		Title:    "expansion left in place",
		Explanation: "RunWisp expands nothing in these options, and what supervisord would fill in is known " +
			"only where it runs. The text is left in place; replace it as the message says. In an " +
			"option that needs a number or the like nothing can be left in place: the option is then " +
			"left out.",
		Example: "[program:web]\n" +
			"command=/bin/web --home %(ENV_HOME)s\n",
	},
	{
		Code:     UnnamedExpansion,
		Severity: Warning,
		TODO:     true,
		Title:    "expansion without a name",
		Explanation: "supervisord accepts one %s without a name and prints its whole table of names in its " +
			"place, which nobody means. A literal percent sign is written %%. The importer writes the " +
			"text as it stands.",
		Example: "[program:web]\n" +
			"command=/bin/sh -c 'date +%s'\n",
	},
	{
		Code:     IncludeNoMatch,
		Severity: Warning,
		TODO:     true,
		Title:    "[include] pattern without a match",
		Explanation: "No file matches the pattern, so no program came from it. supervisord only logs that. " +
			"Import on the machine that has the files, or correct the pattern.",
		Example: "[include]\n" +
			"files=/nonexistent/*.conf\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     IncludeUnreadable,
		Severity: Warning,
		TODO:     true,
		Title:    "included file that cannot be read",
		Explanation: "A file that matches the pattern cannot be read. supervisord skips such a file, and logs it " +
			"as included all the same. Its programs are missing here.",
		Example: "[include]\n" +
			"files=conf.d/*\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
		Scene: Scene{Files: []SceneFile{{"conf.d/disabled/api.conf", "[program:api]\n" +
			"command=/bin/api\n"}}},
	},
	{
		Code:     UnreadMember,
		Severity: Warning,
		TODO:     true,
		Title:    "group member in a file that was not read",
		Explanation: "A group names a program that is in none of the files that were read, and an [include] could not be " +
			"followed. The importer leaves the member out. Once all files are read it is found, or it is an error.",
		Example: "[include]\n" +
			"files=conf.d/*.conf\n" +
			"[program:web]\n" +
			"command=/bin/web\n" +
			"[group:site]\n" +
			"programs=web,worker\n",
		Scene: Scene{Piped: true},
	},
	{
		Code:     IncludeStdin,
		Severity: Warning,
		TODO:     true,
		Title:    "[include] from standard input",
		Explanation: "Included files are found relative to the configuration file, and standard input has no " +
			"place. Pass the path of the file instead.",
		Example: "[include]\n" +
			"files=conf.d/*.conf\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
		Scene: Scene{Piped: true},
	},
	{
		Code:     IncludeUnresolved,
		Severity: Warning,
		TODO:     true,
		Title:    "[include] pattern that cannot be filled in",
		Explanation: "The pattern needs a variable that is not set here, so it cannot be followed. Set the " +
			"variable as supervisord has it, and import again.",
		Example: "[include]\n" +
			"files=%(ENV_RUNWISP_NOT_SET)s/*.conf\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     EventListener,
		Severity: Warning,
		TODO:     true,
		Title:    "event listener",
		Explanation: "RunWisp has no event listener bus, so the section has no counterpart. Its notifiers give " +
			"alerts on failure, and a service that ends is started again. Nothing restarts a program " +
			"for the memory that it uses, or stops the others when one fails.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[eventlistener:mail]\n" +
			"command=/bin/mailer\n" +
			"events=PROCESS_STATE\n",
	},
	{
		Code:     FastCGI,
		Severity: Warning,
		TODO:     true,
		Title:    "FastCGI program",
		Explanation: "RunWisp is no FastCGI process manager: it does not open the socket that the processes " +
			"share. Let the program open it itself, or use its own process manager (php-fpm, " +
			"spawn-fcgi).",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[fcgi-program:php]\n" +
			"command=/bin/php-cgi\n" +
			"socket=tcp://localhost:9000\n",
	},
	{
		Code:     OutOfRange,
		Severity: Warning,
		TODO:     true,
		Title:    "value outside RunWisp's range",
		Explanation: "RunWisp accepts a smaller range, or takes zero for unset. The nearest value that it " +
			"accepts is written. Where there is none, as for an empty directory, the option is left out; " +
			"a table whose command is too long is written commented out.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"startretries=0\n",
	},
	{
		Code:     UnsupportedSignal,
		Severity: Warning,
		TODO:     true,
		Title:    "signal that RunWisp lacks",
		Explanation: "RunWisp stops a process with SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGKILL, SIGUSR1 or " +
			"SIGUSR2. The option is left out; SIGTERM then counts.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stopsignal=WINCH\n",
	},
	{
		Code:     NoExitCodes,
		Severity: Warning,
		TODO:     true,
		Title:    "empty list of exit codes",
		Explanation: "An empty list means that no exit code is expected. RunWisp needs at least one; the " +
			"option is left out, and 0 counts as success.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"exitcodes=\n",
	},
	{
		Code:     UnusableVariable,
		Severity: Warning,
		TODO:     true,
		Title:    "environment variable that RunWisp cannot hand on",
		Explanation: "RunWisp takes names of letters, digits and underscores that do not start with a digit, " +
			"values of at most 32768 bytes, and at most 256 variables a unit; and the shell that it " +
			"starts sets some itself, such as PWD. The variable is left out.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"environment=my-name=1\n",
	},
	{
		Code:     SupervisorVariable,
		Severity: Warning,
		TODO:     true,
		Title:    "variable that only supervisord sets",
		Explanation: "supervisord sets SUPERVISOR_ENABLED, SUPERVISOR_SERVER_URL, SUPERVISOR_PROCESS_NAME and " +
			"SUPERVISOR_GROUP_NAME for its children. RunWisp does not, so what reads one of them gets " +
			"nothing, unless the environment of the program sets it.",
		Example: "[program:web]\n" +
			"command=/bin/sh -c 'exec web --name \"$SUPERVISOR_PROCESS_NAME\"'\n",
	},
	{
		Code:     TwoGroups,
		Severity: Warning,
		TODO:     true,
		Title:    "program in two groups",
		Explanation: "supervisord runs the program once for each group that names it. Each becomes a unit of " +
			"its own, the later ones with the name of the group appended.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[group:a]\n" +
			"programs=web\n" +
			"[group:b]\n" +
			"programs=web\n",
	},
	{
		Code:     Shadowed,
		Severity: Warning,
		TODO:     true,
		Title:    "program that supervisord never starts",
		Explanation: "Two groups have one name, or two processes of one group have; supervisord keeps only one " +
			"of them, without a word. The other is written commented out, or is left out of " +
			"instances, because it does not run today. Where that depends on a priority that is not " +
			"known, both are written.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[program:api]\n" +
			"command=/bin/api\n" +
			"[group:web]\n" +
			"programs=api\n",
	},
	{
		Code:     LiteralTilde,
		Severity: Warning,
		TODO:     true,
		Title:    "directory with a leading ~",
		Explanation: "supervisord changes to a directory that is really called \"~\"; RunWisp expands it to the " +
			"home of the user. Write the path that is meant.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"directory=~/app\n",
	},

	// What the author can hardly have meant, though it is what runs today.
	{
		Code:     CommentCutsQuote,
		Severity: Warning,
		Title:    "comment sign inside quotes",
		Explanation: "A semicolon or hash behind white space starts a comment, inside quotes too. The value " +
			"ends there, under supervisord as here.",
		Example: "[program:web]\n" +
			"command=/bin/web --quiet\n" +
			"environment=A=1 ;\"x\"\n" +
			"directory=\"/srv ;a\"\n",
	},
	{
		Code:     SwallowedLine,
		Severity: Warning,
		Title:    "indented line swallowed by the value above",
		Explanation: "A line that is indented deeper than the option above continues its value, even where it " +
			"looks like key=value or a [header].",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"  autostart=false\n",
	},
	{
		Code:     HeaderAsKey,
		Severity: Warning,
		Title:    "header without ] read as a key",
		Explanation: "A header whose bracket is not closed, or is cut off by a comment, is read as a key of " +
			"the section above, and so are the lines below it.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[program:api = x\n" +
			"autostart=false\n",
	},
	{
		Code:     NestedInclude,
		Severity: Warning,
		Title:    "[include] in an included file",
		Explanation: "supervisord follows the [include] of the main file only; one in an included file does " +
			"nothing, so its programs do not run today.",
		Example: "[include]\n" +
			"files=conf.d/*.conf\n" +
			"[program:web]\n" +
			"command=/bin/web\n",
		Scene: Scene{Files: []SceneFile{{"conf.d/more.conf", "[include]\n" +
			"files=/srv/*.conf\n"}}},
	},
	{
		Code:        DroppedAfterHeader,
		Severity:    Warning,
		Title:       "text behind a header",
		Explanation: "Whatever stands behind the closing bracket of a header is dropped.",
		Example: "[program:web] command=/bin/web\n" +
			"command=/bin/other\n",
	},
	{
		Code:     TruncatedEnvironment,
		Severity: Warning,
		Title:    "environment value cut short",
		Explanation: "supervisord ends an unquoted value at the first character that is not a letter, a digit " +
			"or one of _/.+-():, and drops what follows in the last pair. Quote the value to keep all " +
			"of it.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"environment=GREETING=hello world\n",
	},
	{
		Code:     TrailingBackslash,
		Severity: Warning,
		Title:    "backslash at the end of a command line",
		Explanation: "supervisord joins the lines of a value without any backslash. A backslash there makes " +
			"the line feed a part of the next argument.",
		Example: "[program:web]\n" +
			"command=/bin/web \\\n" +
			"  --port 80\n",
	},
	{
		Code:     SupervisorProgram,
		Severity: Warning,
		Title:    "command that calls a program of supervisor",
		Explanation: "supervisorctl reaches only supervisord: once RunWisp runs the programs, it finds nobody " +
			"there. pidproxy works as before, but goes when supervisor is removed.",
		Example: "[program:setup]\n" +
			"command=/bin/sh -c '/bin/setup && supervisorctl start web'\n",
	},
	{
		Code:     MisspelledOption,
		Severity: Warning,
		Title:    "option that is nearly a known one",
		Explanation: "supervisord ignores options that it does not know, without a word. This one is a slip " +
			"away from an option that would have changed how the program runs.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"autostrat=false\n",
	},
	{
		Code:     VersionDependent,
		Severity: Warning,
		Title:    "read differently by other versions",
		Explanation: "Versions of supervisor and Python read this differently. The importer reads as " +
			"supervisor 4.2 and 4.3 do on Python 3.10 to 3.12.",
		Example: "[program:web]\n" +
			"command=/bin/web a;b ;c #d\n",
	},
	{
		Code:     NoPrograms,
		Severity: Warning,
		Title:    "no program in the input",
		Explanation: "No [program:x] section was found, so there is nothing to run. A header is easily " +
			"misspelled: sections are found by their exact, lower-case prefix.",
		Example: "[supervisord]\n" +
			"logfile=/var/log/supervisord.log\n",
	},

	// What is equivalent, worth knowing.
	{
		Code:     DaemonSection,
		Severity: Note,
		Title:    "supervisord's own plumbing",
		Explanation: "The section configures supervisord itself, its servers or its control program. RunWisp's " +
			"daemon is configured in [daemon] and serves its web UI out of the box.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisorctl]\n" +
			"serverurl=unix:///run/supervisor.sock\n",
	},
	{
		Code:     DaemonEnvironment,
		Severity: Note,
		Title:    "environment for every program",
		Explanation: "supervisord hands the environment of [supervisord] to every child; it is written as " +
			"[defaults.env].",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"environment=A=1\n",
	},
	{
		Code:     DaemonUmask,
		Severity: Note,
		Title:    "umask for every program",
		Explanation: "The umask of [supervisord] is what every program without its own gets when supervisord " +
			"runs as a daemon. RunWisp has no such default, so it is written into each unit.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"umask=027\n",
	},
	{
		Code:     DaemonUser,
		Severity: Note,
		Title:    "user of the daemon",
		Explanation: "supervisord itself switches to this user, so programs without a user of their own run as " +
			"it. Start the RunWisp daemon as that user.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"user=deploy\n",
	},
	{
		Code:     DaemonDirectory,
		Severity: Note,
		Title:    "directory of the daemon",
		Explanation: "supervisord changes to this directory when it becomes a daemon, and programs with a " +
			"relative directory, or none, start from there; relative commands are looked for there, too. " +
			"RunWisp resolves a relative directory against the folder of runwisp.toml; it is where there " +
			"is none that the RunWisp daemon can be started in that directory.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"directory=/srv\n",
	},
	{
		Code:     DaemonLimits,
		Severity: Note,
		Title:    "limits of the daemon",
		Explanation: "supervisord raises its own limits on open files and processes to minfds and minprocs, and " +
			"its programs inherit them. Start the RunWisp daemon with limits as high.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"minfds=65536\n",
	},
	{
		Code:     MissingDaemon,
		Severity: Note,
		Title:    "no [supervisord] section",
		Explanation: "supervisord refuses a configuration without a [supervisord] section. For an import that " +
			"changes nothing: fragments of a conf.d folder have none.",
		Example: "[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     GroupTag,
		Severity: Note,
		Title:    "group became a label",
		Explanation: "RunWisp has no program groups that are started and stopped as one; each member carries " +
			"the group as a label.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[group:site]\n" +
			"programs=web\n",
	},
	{
		Code:     UnsetDefaults,
		Severity: Note,
		Title:    "defaults that differ",
		Explanation: "Options that the source does not set are not set in the output either. supervisord's " +
			"defaults are startsecs 1 and stopwaitsecs 10; RunWisp's are healthy_after 60s and " +
			"graceful_stop 5s.",
		Example: "[program:web]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     NeedsRoot,
		Severity: Note,
		Title:    "user needs a daemon that runs as root",
		Explanation: "The RunWisp daemon must run as root to switch users. Unlike supervisord it also sets " +
			"HOME, USER and LOGNAME to those of the user.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"user=www-data\n",
	},
	{
		Code:     LogsCaptured,
		Severity: Note,
		Title:    "log files dropped",
		Explanation: "RunWisp captures both streams of every run by itself. Size and retention are set with " +
			"log_max_size and keep_runs.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stdout_logfile=/var/log/web.log\n",
	},
	{
		Code:     GroupSignals,
		Severity: Note,
		Title:    "stopasgroup and killasgroup dropped",
		Explanation: "RunWisp always signals the whole process group, for the stop signal and for SIGKILL " +
			"alike.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stopasgroup=true\n",
	},
	{
		Code:     ProcessNames,
		Severity: Note,
		Title:    "process names dropped",
		Explanation: "RunWisp numbers the instances of a service from 0 and has no names for them. The option " +
			"matters here because a process number is in use.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"numprocs=2\n" +
			"process_name=%(program_name)s_%(process_num)02d\n",
	},
	{
		Code:     MissingProcessNum,
		Severity: Note,
		Title:    "numprocs without %(process_num)s in process_name",
		Explanation: "supervisord refuses numprocs above 1 unless process_name holds %(process_num)s. RunWisp " +
			"numbers instances by itself, so nothing changes here.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"numprocs=2\n",
	},
	{
		Code:     RelativeDirectory,
		Severity: Note,
		Title:    "relative directory",
		Explanation: "supervisord starts from its own working directory; RunWisp resolves working_dir against " +
			"the folder of runwisp.toml.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"directory=app\n",
	},
	{
		Code:     RelativeCommand,
		Severity: Note,
		Title:    "command with a relative path",
		Explanation: "Both supervisord and RunWisp start such a command from the directory of the program, or " +
			"from their own where it has none. supervisord does so only if the path also leads there from " +
			"its own directory.",
		Example: "[program:web]\n" +
			"command=bin/web\n",
	},
	{
		Code:        ZeroSeconds,
		Severity:    Note,
		Title:       "zero seconds",
		Explanation: "RunWisp takes zero for unset, so one millisecond is written.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"startsecs=0\n",
	},
	{
		Code:     StopLimit,
		Severity: Note,
		Title:    "stop window above the daemon's",
		Explanation: "RunWisp's daemon waits shutdown_timeout (10s unless set) for everything to stop when it " +
			"shuts down. Raise it in [daemon] for units that need longer.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stopwaitsecs=30\n",
	},
	{
		Code:     RestartsAlways,
		Severity: Note,
		Title:    "restart on any exit",
		Explanation: "With autorestart=unexpected supervisord leaves a program alone that ends with an " +
			"expected exit code. A RunWisp service restarts whenever it ends; exit_codes only says " +
			"what counts as success.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"autorestart=unexpected\n",
	},
	{
		Code:        ServiceOnly,
		Severity:    Note,
		Title:       "option of a service on a task",
		Explanation: "The program does not restart, so it becomes a task. Tasks have no such option.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"autorestart=false\n" +
			"startsecs=5\n",
	},
	{
		Code:     TaskPerProcess,
		Severity: Note,
		Title:    "one unit for each process",
		Explanation: "Each process of the program becomes a unit of its own, with its number in the name. A " +
			"program that does not restart becomes tasks, which have no instances; with --per-process " +
			"one that uses its process number becomes services.",
		Example: "[program:job]\n" +
			"command=/bin/job %(process_num)s\n" +
			"process_name=job_%(process_num)s\n" +
			"numprocs=2\n" +
			"autorestart=false\n",
	},
	{
		Code:     RanksUsed,
		Severity: Note,
		Title:    "priorities renumbered",
		Explanation: "supervisord starts groups by priority and the members of a group in the order in which " +
			"they are listed; RunWisp starts by priority, then name. The numbers of the source do not " +
			"give that order, so ranks are written.",
		Example: "[program:a]\n" +
			"command=/bin/a\n" +
			"[program:b]\n" +
			"command=/bin/b\n" +
			"[group:site]\n" +
			"programs=b,a\n" +
			"priority=5\n",
	},
	{
		Code:     Renamed,
		Severity: Note,
		Title:    "name changed",
		Explanation: "RunWisp takes letters, digits, dots, underscores and hyphens, at most 100 bytes, and " +
			"every name once. Other characters become underscores; the later of two equal names gets " +
			"a number.",
		Example: "[program:web@1]\n" +
			"command=/bin/web\n",
	},
	{
		Code:     QuotedCommand,
		Severity: Note,
		Title:    "command quoted for the shell",
		Explanation: "supervisord starts the program without a shell, RunWisp through /bin/sh. The words that " +
			"a shell would read differently are quoted, so that the program gets the same arguments.",
		Example: "[program:web]\n" +
			"command=/bin/web $HOME *.log\n",
	},
	{
		Code:     ShellBuiltin,
		Severity: Note,
		Title:    "command that is a shell builtin",
		Explanation: "The shell has a command of this name built in and runs that instead of the program on " +
			"PATH. The two may differ: echo of dash has no -e, and reads backslashes.",
		Example: "[program:web]\n" +
			"command=echo hello\n",
	},
	{
		Code:     ResolvedExpansion,
		Severity: Note,
		Title:    "variable written in place of an expansion",
		Explanation: "With --resolve a variable of the shell, or of RunWisp, stands where supervisord filled " +
			"in the value of its own environment. supervisord fills in first and splits then, so that " +
			"blanks and quotes in the value would count; here the value is always one word. In environment " +
			"a value without quotes around it would end at the first character that is not a letter, a digit " +
			"or one of _/.+-():, and one in quotes at the quote.",
		Example: "[program:web]\n" +
			"command=/bin/web --home %(ENV_HOME)s\n",
		Scene: Scene{Resolve: true},
	},
	{
		Code:        NoProcesses,
		Severity:    Note,
		Title:       "numprocs of zero or less",
		Explanation: "supervisord makes no process of the section, so there is no unit.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"numprocs=0\n",
	},
	{
		Code:     DaemonUmaskUnused,
		Severity: Note,
		Title:    "umask or directory of a daemon in the foreground",
		Explanation: "supervisord applies the umask and directory of [supervisord] only when it becomes a " +
			"daemon. With nodaemon=true it does not, so they are not carried over.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[supervisord]\n" +
			"nodaemon=true\n" +
			"umask=027\n",
	},

	// What is shown only on request.
	{
		Code:        UnknownSection,
		Severity:    Note,
		Verbose:     true,
		Title:       "section that supervisord ignores",
		Explanation: "supervisord does not look at the section, and neither does the importer.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"[watchdog:web]\n" +
			"interval=5\n",
	},
	{
		Code:        UnknownOption,
		Severity:    Note,
		Verbose:     true,
		Title:       "option that supervisord ignores",
		Explanation: "supervisord does not know the option in this section, and ignores it.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"colour=blue\n",
	},
	{
		Code:     DroppedOption,
		Severity: Note,
		Verbose:  true,
		Title:    "option without a counterpart",
		Explanation: "The option concerns supervisord's own events or control channel. RunWisp has no " +
			"counterpart and needs none.",
		Example: "[program:web]\n" +
			"command=/bin/web\n" +
			"stdout_events_enabled=true\n",
	},
	{
		Code:        Overridden,
		Severity:    Note,
		Verbose:     true,
		Title:       "value replaced by a later one",
		Explanation: "The option is set more than once. The last value counts, across files too.",
		Example: "[program:web]\n" +
			"command=/bin/old\n" +
			"command=/bin/web\n",
	},
}
