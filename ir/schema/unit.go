package schema

import (
	"math"
	"slices"
	"time"
)

// Signals are the signals that can stop a unit.
var Signals = []string{"SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2"}

var (
	backoffs = []string{"constant", "linear", "exponential"}
	logFull  = []string{"drop_new", "drop_old", "kill_task"}
)

// The keys that units and [defaults] share.
var (
	timeoutKey     = Key{Name: "timeout", Type: String, Format: Duration, Default: "none", Doc: "Stops a run that takes longer."}
	jitterKey      = Key{Name: "jitter", Type: String, Format: Duration, Bounded: true, Max: int64(24 * time.Hour), Doc: "Delays each scheduled start by a random time up to this."}
	shellKey       = Key{Name: "shell", Type: String, Format: Shell, Default: `"/bin/sh"`, Doc: "Shell that executes run. One that is not POSIX is a warning, and runs without -e."}
	stopSignalKey  = Key{Name: "stop_signal", Type: String, Format: Signal, Enum: Signals, Default: `"SIGTERM"`, Doc: "Signal that asks the process group to stop, in any case, with or without SIG."}
	exitCodesKey   = Key{Name: "exit_codes", Type: Ints, Bounded: true, Max: 255, MinItems: 1, MaxItems: 256, Default: "[0]", Doc: "Exit codes that count as success."}
	logMaxSizeKey  = Key{Name: "log_max_size", Type: String, Format: Size, Bounded: true, Min: 1, Max: math.MaxInt64, Default: `"100mb"`, Doc: "Largest log of one run."}
	logOnFullKey   = Key{Name: "log_on_full", Type: String, Enum: logFull, Default: `"drop_old"`, Doc: "What happens when a log has reached its largest size."}
	keepRunsKey    = Key{Name: "keep_runs", Type: Int, Bounded: true, Min: 1, Max: 1000000, Default: "inherited", Doc: "Number of past runs that are kept."}
	keepForKey     = Key{Name: "keep_for", Type: String, Format: Retention, Default: "inherited", Doc: "Age up to which past runs are kept."}
	healthyKey     = Key{Name: "healthy_after", Type: String, Format: Duration, Default: `"60s"`, Doc: "Uptime after which an instance counts as healthy."}
	startRetryKey  = Key{Name: "start_retries", Type: Int, Bounded: true, Max: 100, Default: "3", Doc: "Fast failures in a row that are tolerated before an instance is FATAL."}
	missedKey      = Key{Name: "notify_on_missed", Type: Bool, Default: "true", Doc: "Notifies when a scheduled run was missed."}
	envKey         = Key{Name: "env", Type: StringMap, Format: EnvName, MaxItems: MaxEnvEntries, Doc: "Environment variables, each at most 32768 bytes."}
	envFileKey     = Key{Name: "env_file", Type: String, Format: Path, Doc: "Dotenv file with further environment variables."}
	secretsKey     = Key{Name: "secrets", Type: StringMap, Format: EnvName, MaxItems: MaxEnvEntries, Doc: "Environment variables whose values are never shown."}
	secretsFileKey = Key{Name: "secrets_file", Type: String, Format: Path, Doc: "Dotenv file with further secrets."}
)

// The keys that tasks and services share besides.
var (
	runKey            = Key{Name: "run", Type: String, Format: Script, Required: true, Unless: Term{Key: "compose_file"}, Doc: "Shell text to execute. Required unless compose_file is set."}
	descriptionKey    = Key{Name: "description", Type: String, Doc: "Text that is shown with the unit."}
	triggerKey        = Key{Name: "api_trigger", Type: Bool, Default: "true", Doc: "Lets the API start the unit."}
	gracefulKey       = Key{Name: "graceful_stop", Type: String, Format: Duration, Default: `"5s"`, Doc: "Time between the stop signal and SIGKILL. More than [daemon] shutdown_timeout is a warning."}
	workingDirKey     = Key{Name: "working_dir", Type: String, Format: Path, Default: "the daemon's", Doc: "Working directory, relative to the folder of the file; ~ is the home of the user."}
	umaskKey          = Key{Name: "umask", Type: String, Format: Umask, Default: "the daemon's", Doc: "File mode creation mask: three octal digits, or four of which the first is 0."}
	userKey           = Key{Name: "user", Type: String, Format: User, Default: "the daemon's", Doc: "User, or user:group, by name or number. The daemon must run as root."}
	composeFileKey    = Key{Name: "compose_file", Type: String, Format: Path, Doc: "Compose file whose service the unit runs, in place of run."}
	composeServiceKey = Key{Name: "compose_service", Type: String, Doc: "Service of the compose file."}
	composeModeKey    = Key{Name: "compose_mode", Type: String, Enum: []string{"exec", "run"}, Doc: "Whether to enter the running container or start one."}
	failureKey        = Key{Name: "notify_on_failure", Type: Strings, Format: NotifierRef, Doc: "Notifiers that hear of failures: ids, id:override, or inapp."}
	successKey        = Key{Name: "notify_on_success", Type: Strings, Format: NotifierRef, Doc: "Notifiers that hear of successes: ids, id:override, or inapp."}
)

// unitRelations are the relations of tasks and services alike.
var unitRelations = []Relation{
	{Needs, Term{Key: "compose_service"}, Term{Key: "compose_file"}},
	{Needs, Term{Key: "compose_mode"}, Term{Key: "compose_file"}},
	{Excludes, Term{Key: "shell"}, Term{Key: "compose_file"}},
	{Excludes, Term{Key: "umask"}, Term{Key: "compose_file"}},
	{Excludes, Term{Key: "user"}, Term{Key: "compose_file"}},
}

// taskKeys and serviceKeys hold the shared keys by name, so that they are data
// rather than code that every run begins with.
var taskKeys = []Key{
	runKey,
	{Name: "group", Type: String, Default: `"Tasks"`, Doc: "Label under which the unit is shown."},
	descriptionKey, triggerKey,
	{Name: "on_overlap", Type: String, Enum: []string{"queue", "skip", "terminate"}, Default: `"queue"`, Doc: "What happens to a start while a run is going on."},
	timeoutKey, gracefulKey, stopSignalKey, workingDirKey, shellKey, umaskKey, userKey, exitCodesKey,
	logMaxSizeKey, logOnFullKey, keepRunsKey, keepForKey, envKey, envFileKey, secretsKey, secretsFileKey,
	composeFileKey, composeServiceKey, composeModeKey, failureKey, successKey, missedKey,
	{Name: "cron", Type: String, Format: Cron, Doc: "Schedule: 5 or 6 fields, @hourly and its like, or @every and a duration. A malformed one is a warning."},
	{Name: "timezone", Type: String, Format: Timezone, Doc: "Time zone of the schedule."},
	jitterKey,
	{Name: "run_on_start", Type: Bool, Default: "false", Doc: "Runs the task when the daemon starts."},
	{Name: "catch_up", Type: String, Enum: []string{"latest", "all", "skip"}, Doc: "Which runs are made up for that were missed while the daemon was down."},
	{Name: "max_catch_up_runs", Type: Int, Bounded: true, Min: 1, Max: 10000, Default: "100", Doc: "Largest number of runs that are made up for."},
	{Name: "restart", Type: String, Enum: []string{"never", "on_failure"}, Refused: []Refusal{
		{Name: "always", Why: "is what a [services.NAME] does", Do: "Make the unit a service, which restarts whenever it ends."},
	}, Doc: "Whether a failed run is started again."},
	{Name: "max_concurrent", Type: Int, Bounded: true, Min: 1, Max: 1024, Default: "1", Doc: "Largest number of runs at the same time."},
	{Name: "queue_max", Type: Int, Bounded: true, Max: 10000, Default: "100", Doc: "Largest number of starts that wait."},
	{Name: "retry_attempts", Type: Int, Bounded: true, Max: 100, Default: "0", Doc: "Number of times that a failed run is tried again."},
	{Name: "retry_delay", Type: String, Format: Duration, Doc: "Wait before a failed run is tried again."},
	{Name: "retry_backoff", Type: String, Enum: backoffs, Doc: "How the wait grows from one try to the next."},
	{Name: "params", Type: Opaque, Doc: "Parameters that a start may carry."},
}

// The keys of services alone.
var (
	serviceGroupKey   = Key{Name: "group", Type: String, Default: `"Services"`, Doc: "Label under which the unit is shown."}
	serviceOverlapKey = Key{Name: "on_overlap", Type: String, Enum: []string{"queue", "skip", "terminate"}, Default: `"skip"`, Doc: "What happens to a start while a run is going on."}
	instancesKey      = Key{Name: "instances", Type: Int, Bounded: true, Min: 1, Max: 64, Default: "1", Doc: "Number of processes; each finds its number in RUNWISP_INSTANCE_INDEX."}
	restartDelayKey   = Key{Name: "restart_delay", Type: String, Format: Duration, Default: `"1s"`, Doc: "Wait before an instance is started again."}
	restartBackoffKey = Key{Name: "restart_backoff", Type: String, Enum: backoffs, Default: `"exponential"`, Doc: "How the wait grows from one restart to the next."}
	priorityKey       = Key{Name: "priority", Type: Int, Default: "0", Doc: "Order of starts: lower first, equal ones by name."}
	autostartKey      = Key{Name: "autostart", Type: Bool, Default: "true", Doc: "Starts the instances together with the daemon."}
	dependsOnKey      = Key{Name: "depends_on", Type: Strings, Format: ServiceName, Doc: "Services that must be healthy before this one starts."}
)

var serviceKeys = []Key{
	runKey,
	serviceGroupKey, descriptionKey, triggerKey, serviceOverlapKey,
	timeoutKey, gracefulKey, stopSignalKey, workingDirKey, shellKey, umaskKey, userKey, exitCodesKey,
	logMaxSizeKey, logOnFullKey, keepRunsKey, keepForKey, envKey, envFileKey, secretsKey, secretsFileKey,
	composeFileKey, composeServiceKey, composeModeKey, failureKey, successKey, missedKey,
	instancesKey, restartDelayKey, restartBackoffKey, healthyKey, startRetryKey, priorityKey, autostartKey, dependsOnKey,
}

// overrideKeys are those of services about which the compose file does not
// decide.
var overrideKeys = []Key{
	serviceGroupKey, descriptionKey, triggerKey, serviceOverlapKey,
	timeoutKey, gracefulKey, stopSignalKey, workingDirKey, exitCodesKey,
	logMaxSizeKey, logOnFullKey, keepRunsKey, keepForKey, envKey, envFileKey, secretsKey, secretsFileKey,
	failureKey, successKey, missedKey,
	instancesKey, restartDelayKey, restartBackoffKey, healthyKey, startRetryKey, priorityKey, autostartKey, dependsOnKey,
}

// Task is [tasks.NAME].
var Task = &Table{
	Path: "tasks.NAME",
	Doc:  "A task runs on a schedule, on request, or once, and ends.",
	Keys: taskKeys,
	Relations: slices.Concat(unitRelations, []Relation{
		{Needs, Term{Key: "jitter"}, Term{Key: "cron"}},
	}),
	Refused: taskRefusals,
}

// Service is [services.NAME].
var Service = &Table{
	Path:      "services.NAME",
	Doc:       "A service runs all the time and is restarted whenever it ends.",
	Keys:      serviceKeys,
	Relations: unitRelations,
	Refused:   serviceRefusals,
}

// Override is what a compose import may change for one of its services.
var Override = &Table{
	Path:    "compose.ALIAS.SERVICE",
	Doc:     "Overrides for one service of the compose file.",
	Keys:    overrideKeys,
	Refused: slices.Concat(overrideRefusals, serviceRefusals),
}
