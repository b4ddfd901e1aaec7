package passes

import (
	"strings"

	"github.com/runwisp/runwisp/internal/keytable"
	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
)

// A valueType says how supervisord reads the text of an option.
type valueType uint8

const (
	textValue valueType = iota
	intValue
	boolValue
	octalValue
	sizeValue
	signalValue
	exitCodesValue
	autorestartValue
	userValue
	listValue
	nameValue
	environmentValue
	logLevelValue
	pathValue
	directoryValue
	addressValue
	ownerValue
	// startValue is an integer from which processes are numbered.
	startValue
	// logfileValue is expanded twice.
	logfileValue
)

// An optionRow is all there is to know about one option of a program section.
type optionRow struct {
	key   string
	typ   valueType
	names nameSet
	// def is supervisord's default of an option that has a target, as it would
	// be written, "" without one.
	def string
	// target is the key of runwisp.toml, "" where there is none.
	target string
	// lower writes the option into a table.
	lower lowerFunc
	// rule is the rule by which an option without target is dropped.
	rule diag.Code
	// only is the kind of section that has the option; the zero kind means
	// every kind that makes processes.
	only ir.SectionKind
	// brief is set where the option has to be known before any program can
	// be imported.
	brief bool
	// quoted is set where quotes mean something in the value.
	quoted bool
	// decidesMore is set where the option decides more than an entry of its own:
	// what kind of unit a program becomes, or the priorities of all others.
	decidesMore bool
	// steersTask is set where the option decides what becomes of a task,
	// though it is no key of one.
	steersTask bool
	// ownDefault is set where RunWisp's default is another than def.
	ownDefault bool
	// groupReads are the kinds of section whose group reads the option before
	// the program does, where fewer names are known.
	groupReads []ir.SectionKind
	// service and task are what RunWisp takes of the target, nil where it
	// takes nothing there.
	service, task *schema.Key
}

// processKinds are the kinds of section that make processes, in the order in which
// supervisord makes their groups.
var processKinds = []ir.SectionKind{ir.ProgramSection, ir.ListenerSection, ir.FastCGISection}

// programOptions are the options of [program:x], [eventlistener:x] and
// [fcgi-program:x]. What is read from the source, what becomes of it, the docs
// and the tests are all made from this table.
var programOptions = []optionRow{
	{key: "command", names: processNames, target: "run", lower: lowerCommand, quoted: true},
	{key: "directory", names: processNames, target: "working_dir", lower: lowerDirectory},
	{key: "user", typ: userValue, names: sectionNames, target: "user", lower: lowerUser, groupReads: []ir.SectionKind{ir.FastCGISection}},
	{key: "umask", typ: octalValue, names: sectionNames, target: "umask", lower: lowerUmask},
	{key: "numprocs", typ: intValue, names: sectionNames, def: "1", target: "instances", lower: lowerNumprocs, brief: true, steersTask: true},
	{key: "startsecs", typ: intValue, names: sectionNames, def: "1", target: "healthy_after", lower: lowerSeconds, ownDefault: true},
	{key: "startretries", typ: intValue, names: sectionNames, def: "3", target: "start_retries", lower: lowerRetries},
	{key: "stopsignal", typ: signalValue, names: sectionNames, def: "TERM", target: "stop_signal", lower: lowerSignal},
	{key: "stopwaitsecs", typ: intValue, names: sectionNames, def: "10", target: "graceful_stop", lower: lowerSeconds, ownDefault: true},
	{key: "exitcodes", typ: exitCodesValue, names: sectionNames, def: "0", target: "exit_codes", lower: lowerExitCodes},
	{key: "priority", typ: intValue, names: sectionNames, def: "999", target: "priority", lower: lowerPriority, brief: true, decidesMore: true, groupReads: processKinds},
	{key: "autostart", typ: boolValue, names: sectionNames, def: "true", target: "autostart", lower: lowerAutostart, steersTask: true},
	{key: "autorestart", typ: autorestartValue, names: sectionNames, def: "unexpected", target: "restart", lower: lowerAutorestart, brief: true, decidesMore: true},
	{key: "environment", typ: environmentValue, names: processNames, target: "env", lower: lowerEnvironment, quoted: true},

	{key: "process_name", typ: nameValue, names: processNames, rule: diag.ProcessNames, lower: dropProcessNames, brief: true},
	{key: "numprocs_start", typ: startValue, names: sectionNames, rule: diag.ProcessNames, lower: dropProcessNames, brief: true},
	{key: "stopasgroup", typ: boolValue, names: sectionNames, rule: diag.GroupSignals, lower: dropGroupSignals},
	{key: "killasgroup", typ: boolValue, names: sectionNames, rule: diag.GroupSignals, lower: dropGroupSignals},
	{key: "redirect_stderr", typ: boolValue, names: sectionNames, rule: diag.LogsCaptured, lower: dropLogs, groupReads: []ir.SectionKind{ir.ListenerSection}},
	{key: "stdout_logfile", typ: logfileValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stdout_logfile_maxbytes", typ: sizeValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stdout_logfile_backups", typ: intValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stdout_syslog", typ: boolValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stderr_logfile", typ: logfileValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stderr_logfile_maxbytes", typ: sizeValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stderr_logfile_backups", typ: intValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stderr_syslog", typ: boolValue, names: processNames, rule: diag.LogsCaptured, lower: dropLogs},
	{key: "stdout_capture_maxbytes", typ: sizeValue, names: sectionNames, rule: diag.DroppedOption, lower: dropQuietly},
	{key: "stdout_events_enabled", typ: boolValue, names: sectionNames, rule: diag.DroppedOption, lower: dropQuietly},
	{key: "stderr_capture_maxbytes", typ: sizeValue, names: sectionNames, rule: diag.DroppedOption, lower: dropQuietly},
	{key: "stderr_events_enabled", typ: boolValue, names: sectionNames, rule: diag.DroppedOption, lower: dropQuietly},
	{key: "serverurl", names: sectionNames, rule: diag.DroppedOption, lower: dropQuietly},

	{key: "buffer_size", typ: intValue, names: hereNames, only: ir.ListenerSection},
	{key: "events", typ: listValue, names: hereNames, only: ir.ListenerSection},
	{key: "result_handler", names: hereNames, only: ir.ListenerSection},
	{key: "socket", names: socketNames, only: ir.FastCGISection},
	{key: "socket_backlog", typ: intValue, names: hereNames, only: ir.FastCGISection},
	{key: "socket_owner", typ: ownerValue, names: hereNames, only: ir.FastCGISection},
	{key: "socket_mode", typ: octalValue, names: hereNames, only: ir.FastCGISection},
}

// taskTakes reports whether the option means something on a task.
func (r *optionRow) taskTakes() bool { return r.task != nil || r.steersTask }

// programRow returns the row of an option in a kind of section, or nil where
// supervisord does not know it there.
func programRow(kind ir.SectionKind, key string) *optionRow {
	return knownRow(kind, knownKey(key))
}

// rowOf returns the row of an option of a program, or nil where supervisord
// does not know it there.
func rowOf(p *ir.Program, o *ir.Option) *optionRow { return knownRow(p.Kind, o.Known) }

// countKnown returns how many options supervisord knows of a program at most.
func countKnown(p *ir.Program) int { return min(len(p.Section.Options), len(programOptions)) }

// knownRow returns the row of a number that knownKey gave.
func knownRow(kind ir.SectionKind, known uint8) *optionRow {
	if known == 0 {
		return nil
	}
	row := &knownRows[known]
	if row.only != 0 && row.only != kind {
		return nil
	}
	return row
}

// knownRows are the programOptions behind an empty one, so that they are
// numbered from 1; the numbers fit into the bits of a loader.
var (
	knownRows  []optionRow
	knownByKey keytable.Table[uint8]
)

// ownDefaults are the rows of options for which RunWisp has a default of its own.
var ownDefaults []*optionRow

func init() {
	knownRows = append([]optionRow{{}}, programOptions...)
	for i := range knownRows {
		row := &knownRows[i]
		row.service, row.task = schema.Service.Key(row.target), schema.Task.Key(row.target)
		if row.key != "" {
			knownByKey.Add(row.key, uint8(i))
		}
		if row.ownDefault {
			ownDefaults = append(ownDefaults, row)
		}
	}
}

// knownKey returns the number of a key in knownRows, 0 for a key that is not
// there.
func knownKey(key string) uint8 {
	known, _ := knownByKey.Get(key)
	return known
}

// fold returns a key as supervisord compares it, and its number in knownRows.
func fold(raw string) (key string, known uint8) {
	if known = knownKey(raw); known != 0 {
		return raw, known
	}
	key = foldKey(raw)
	return key, knownKey(key)
}

// foldKey lower-cases a key as Python does. The one letter whose lower case
// Go spells differently must not turn into a plain "i".
func foldKey(key string) string {
	if strings.Contains(key, "\u0130") {
		key = strings.ReplaceAll(key, "\u0130", "i\u0307")
	}
	return strings.ToLower(key)
}

// A KnownOption is an option of a program section and what becomes of it.
type KnownOption struct {
	Key string
	// Default is supervisord's default of an option that has a target, "" where
	// it has none.
	Default string
	// Target is the key of runwisp.toml, "" where there is none.
	Target string
	// Rule is the rule by which an option without target is dropped, "" for
	// the options of sections that are not imported.
	Rule diag.Code
}

// KnownOptions returns the options of program sections that supervisord
// knows, in the order in which they are documented.
func KnownOptions() []KnownOption {
	out := make([]KnownOption, 0, len(programOptions))
	for _, row := range programOptions {
		out = append(out, KnownOption{Key: row.key, Default: row.def, Target: row.target, Rule: row.rule})
	}
	return out
}
