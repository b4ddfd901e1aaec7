package schema

const (
	isService = "is for services and belongs in [services.NAME]"
	isTask    = "is for tasks and belongs in [tasks.NAME]"
	isMatch   = "belongs in [notification_route.match]"
)

// serviceInstead is the advice for keys that make sense only where a unit is
// kept running.
const serviceInstead = "Remove it, or move the unit to [services.NAME] if it runs all the time."

// taskInstead is the advice for keys that make sense only where a unit ends.
const taskInstead = "Remove it, or move the unit to [tasks.NAME] if it runs on a schedule and ends."

var taskRefusals = []Refusal{
	{Name: "instances", Why: isService, Do: "Use max_concurrent to let runs overlap, or move the unit to [services.NAME]."},
	{Name: "restart_delay", Why: isService, Do: "Use retry_delay, or move the unit to [services.NAME]."},
	{Name: "restart_backoff", Why: isService, Do: "Use retry_backoff, or move the unit to [services.NAME]."},
	{Name: "healthy_after", Why: isService, Do: serviceInstead},
	{Name: "start_retries", Why: isService, Do: "Use retry_attempts, or move the unit to [services.NAME]."},
	{Name: "restart_attempts", Why: "is a later spelling of start_retries, which is for services", Do: "Use retry_attempts."},
	{Name: "priority", Why: isService, Do: serviceInstead},
	{Name: "autostart", Why: isService, Do: "Use run_on_start to run the task when the daemon starts."},
	{Name: "depends_on", Why: isService, Do: "Remove it; only a service can wait for another service."},
	{Name: "parallelism", Renamed: "max_concurrent", Why: "was renamed max_concurrent", Do: "Write max_concurrent."},
}

var routeRefusals = []Refusal{
	{Name: "kind", Why: isMatch, Do: "Write match.kind."},
	{Name: "severity", Why: isMatch, Do: "Write match.severity."},
	{Name: "task", Why: isMatch, Do: "Write match.task."},
}

var serviceRefusals = []Refusal{
	{Name: "cron", Why: isTask, Do: "Move the unit to [tasks.NAME]: a service runs all the time and has no schedule."},
	{Name: "timezone", Why: isTask, Do: "Set it in [tasks.NAME], or for the whole configuration in [scheduler]."},
	{Name: "jitter", Why: isTask, Do: taskInstead},
	{Name: "run_on_start", Why: isTask, Do: "Use autostart, which is true unless set."},
	{Name: "catch_up", Why: isTask, Do: taskInstead},
	{Name: "max_catch_up_runs", Why: isTask, Do: taskInstead},
	{Name: "restart", Why: isTask, Do: "Remove it: a service restarts whenever it ends."},
	{Name: "max_concurrent", Why: isTask, Do: "Use instances."},
	{Name: "queue_max", Why: isTask, Do: taskInstead},
	{Name: "retry_attempts", Why: isTask, Do: "Use start_retries."},
	{Name: "retry_delay", Why: isTask, Do: "Use restart_delay."},
	{Name: "retry_backoff", Why: isTask, Do: "Use restart_backoff."},
	{Name: "params", Why: isTask, Do: taskInstead},
	{Name: "restart_attempts", Renamed: "start_retries", Why: "is a later spelling of start_retries", Do: "Write start_retries."},
	{Name: "parallelism", Why: "was renamed max_concurrent, which is for tasks", Do: "Use instances."},
}

// perUnit is the advice for keys that [defaults] does not hand down.
const perUnit = "Move it to the units that need it."

// perService is the same for keys that only services have.
const perService = "Move it to the services that need it."

const (
	notInherited        = "is not inherited and belongs in each [tasks.NAME] or [services.NAME]"
	notInheritedService = "is not inherited and belongs in each [services.NAME]"
)

var defaultsRefusals = []Refusal{
	{Name: "graceful_stop", Why: notInherited, Do: perUnit},
	{Name: "user", Why: notInherited, Do: perUnit},
	{Name: "umask", Why: notInherited, Do: perUnit},
	{Name: "working_dir", Why: notInherited, Do: perUnit},
	{Name: "priority", Why: notInheritedService, Do: perService},
	{Name: "autostart", Why: notInheritedService, Do: perService},
	{Name: "restart_delay", Why: notInheritedService, Do: perService},
	{Name: "restart_attempts", Renamed: "start_retries", Why: "is a later spelling of start_retries", Do: "Write start_retries."},
}

// composeDecides is said of keys that would contradict the compose file.
const composeDecides = "is settled by the compose file"

var overrideRefusals = []Refusal{
	{Name: "run", Why: composeDecides, Do: "Set command in the compose file, or write a [services.NAME] of its own."},
	{Name: "compose_file", Why: composeDecides, Do: "Set file in [compose.ALIAS]."},
	{Name: "compose_service", Why: composeDecides, Do: "Remove it: the name of the table is the name of the service."},
	{Name: "compose_mode", Why: composeDecides, Do: "Remove it, or write a [services.NAME] of its own."},
	{Name: "shell", Why: composeDecides, Do: "Set entrypoint in the compose file."},
	{Name: "umask", Why: composeDecides, Do: "Remove it, or call umask in the command of the compose file."},
	{Name: "user", Why: composeDecides, Do: "Set user in the compose file."},
}
