package schema

import "time"

// MaxRetention is the longest retention duration: 100 years.
const MaxRetention = 36500 * 24 * time.Hour

// DefaultShutdownTimeout is how long the daemon waits for everything to stop
// where [daemon] shutdown_timeout is not set.
const DefaultShutdownTimeout = 10 * time.Second

// Root is the file: its top-level tables.
var Root = &Table{
	Doc: "The whole file.",
	Keys: []Key{
		{Name: "daemon", Type: Sub, Table: Daemon, Doc: Daemon.Doc},
		{Name: "storage", Type: Sub, Table: Storage, Doc: Storage.Doc},
		{Name: "defaults", Type: Sub, Table: Defaults, Doc: Defaults.Doc},
		{Name: "scheduler", Type: Sub, Table: Scheduler, Doc: Scheduler.Doc},
		{Name: "tasks", Type: Named, Format: UnitName, Table: Task, Doc: Task.Doc},
		{Name: "services", Type: Named, Format: UnitName, Table: Service, Doc: Service.Doc},
		{Name: "compose", Type: Named, Table: Compose, Doc: Compose.Doc},
		{Name: "notify", Type: Sub, Table: Notify, Doc: Notify.Doc},
		{Name: "notifier", Type: List, Table: Notifier, Doc: Notifier.Doc},
		{Name: "notification_route", Type: List, Table: Route, Doc: Route.Doc},
	},
}

// Scheduler is [scheduler].
var Scheduler = &Table{
	Path: "scheduler",
	Doc:  "Settings of the scheduler.",
	Keys: []Key{
		{Name: "timezone", Type: String, Format: Timezone, Doc: "Time zone of every schedule that sets none."},
	},
}

// Storage is [storage].
var Storage = &Table{
	Path: "storage",
	Doc:  "Limits of the disk space that logs and history take.",
	Keys: []Key{
		{Name: "max_size", Type: String, Format: Size, Doc: "Space that may be taken in all."},
		{Name: "min_free_space", Type: String, Format: Size, Doc: "Space on the disk that is left alone."},
	},
}

// Daemon is [daemon].
var Daemon = &Table{
	Path: "daemon",
	Doc:  "Settings of the daemon itself.",
	Keys: []Key{
		{Name: "allow_cloud_dispatch", Type: Bool, Doc: "Lets the cloud start units."},
		{Name: "shutdown_timeout", Type: String, Format: Duration, Default: `"10s"`, Doc: "Time that everything has to stop when the daemon ends."},
		{Name: "external_url", Type: String, Format: HTTPURL, Doc: "Address at which people reach the daemon, for links in notifications."},
		{Name: "metrics_enabled", Type: Bool, Doc: "Serves metrics."},
		{Name: "metrics_listen", Type: String, Format: HostPort, Doc: "Address of a listener for metrics alone."},
		{Name: "include", Type: Strings, Format: Glob, Doc: "Patterns of further files, relative to the folder of this one. Only the first file may include."},
		{Name: "tls", Type: String, Enum: []string{"auto", "off"}, Doc: "Whether the daemon serves HTTPS."},
		{Name: "tls_cert", Type: String, Format: Path, Doc: "Certificate file."},
		{Name: "tls_key", Type: String, Format: Path, Doc: "Private key file."},
	},
	Relations: []Relation{
		{Needs, Term{Key: "metrics_listen"}, Term{Key: "metrics_enabled", Value: "true"}},
		{Needs, Term{Key: "tls_cert"}, Term{Key: "tls_key"}},
		{Needs, Term{Key: "tls_key"}, Term{Key: "tls_cert"}},
	},
}

// Defaults is [defaults].
var Defaults = &Table{
	Path: "defaults",
	Doc:  "Values for every task and service that sets none of its own.",
	Keys: []Key{
		timeoutKey,
		jitterKey,
		shellKey,
		stopSignalKey,
		exitCodesKey,
		logMaxSizeKey,
		logOnFullKey,
		keepRunsKey,
		keepForKey,
		healthyKey,
		startRetryKey,
		missedKey,
		envKey,
		envFileKey,
		secretsKey,
		secretsFileKey,
	},
	Refused: defaultsRefusals,
}

// Compose is [compose.ALIAS].
var Compose = &Table{
	Path: "compose.ALIAS",
	Doc:  "Takes over the services of a compose file.",
	Keys: []Key{
		{Name: "file", Type: String, Format: Path, Doc: "Compose file."},
		{Name: "include", Type: Strings, Doc: "Services to take, and no others."},
		{Name: "exclude", Type: Strings, Doc: "Services to leave out."},
		{Name: "mode", Type: String, Enum: []string{"services", "stack"}, Default: `"services"`, Doc: "Whether each service becomes a unit, or the whole file one."},
		{Name: "group", Type: String, Doc: "Label under which the units are shown."},
		{Name: "project_name", Type: String, Doc: "Project name of the compose file."},
		{Name: "profiles", Type: Strings, Doc: "Profiles of the compose file to turn on."},
		{Name: "env_file", Type: Strings, Format: Path, Doc: "Dotenv files for the compose file."},
		{Name: "working_dir", Type: String, Format: Path, Doc: "Project directory of the compose file."},
		{Name: "with_deps", Type: Bool, Doc: "Starts what a service depends on as well."},
		{Name: "pull", Type: String, Enum: []string{"missing", "always", "never"}, Doc: "When images are pulled."},
		{Name: "name_format", Type: String, Format: ServiceTemplate, Unless: Term{"mode", "stack"}, Doc: "Names of the units; {service}, which must be there unless the mode is stack, is the service of the compose file."},
	},
	Relations: []Relation{
		{Excludes, Term{Key: "include"}, Term{Key: "exclude"}},
		{Excludes, Term{Key: "include"}, Term{"mode", "stack"}},
		{Excludes, Term{Key: "exclude"}, Term{"mode", "stack"}},
		{Excludes, Term{Key: OthersKey}, Term{"mode", "stack"}},
	},
	Others: Override,
}
