package passes

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
)

// skip reports whether a typed option has no value to write: supervisord
// refuses it, which was said, or it is not resolved, which is said here.
func (u *unit) skip(setting *ir.Setting) bool {
	switch setting.State {
	case ir.Invalid:
		setting.Option.Settle(ir.Noted, setting.Refusal)
	case ir.Unresolved:
		u.noValue(setting)
	default:
		return false
	}
	return true
}

// noValue tells of an option that is left out because of what it holds.
func (u *unit) noValue(setting *ir.Setting) {
	setting.Option.Settle(ir.Noted, diag.UnresolvedExpansion)
	for _, h := range distinct(setting.Holes) {
		u.tellAt(diag.UnresolvedExpansion, h.Span, setting,
			fmt.Sprintf("%s has no value here: it holds %s", setting.Key, h.Span.Text()),
			u.typedAdvice(h, setting.Key))
	}
}

// typedAdvice says what to write in place of a hole in a number or the like.
func (u *unit) typedAdvice(h ir.Hole, key string) string {
	if value, ok := u.constant(h, key); ok {
		return fmt.Sprintf("That stands for `%s`, which --resolve fills in.", value)
	}
	if row := programRow(u.program.Kind, key); row.decidesMore || u.task && row.steersTask {
		return importAgain
	}
	return unknownValue
}

func lowerDirectory(u *unit, row *optionRow, setting *ir.Setting) {
	if u.mayFail(setting, "\x00") {
		if filled := u.filled(row, setting, &u.arena.quiet); filled.Text.Len() == 0 || strings.IndexByte(filled.Text.String(), 0) >= 0 {
			setting = &filled
		}
	}
	dir := setting.Text.String()
	switch {
	case dir == "":
		setting.Option.Settle(ir.Noted, diag.EmptyDirectory)
		u.cannotRun(diag.EmptyDirectory, setting, "directory is empty, so supervisord fails to start the program",
			"Name a directory, or remove the option.")
		return
	case strings.IndexByte(dir, 0) >= 0:
		u.cannotRun(diag.NulByte, setting, "directory holds a NUL, which no path can", "Remove it.")
	case strings.HasPrefix(dir, "~"):
		u.tell(diag.LiteralTilde, setting, fmt.Sprintf("directory %q starts with a tilde, which only RunWisp expands", dir),
			"Write the whole path.")
	case !strings.HasPrefix(dir, "/") && !startsWithHole(setting):
		u.tell(diag.RelativeDirectory, setting, fmt.Sprintf("directory %q is relative to where supervisord runs; RunWisp resolves it against runwisp.toml", dir),
			"Write the whole path.")
	}
	u.entry(row, setting, ir.String(u.text(setting)))
}

func startsWithHole(setting *ir.Setting) bool {
	return len(setting.Holes) > 0 && setting.Holes[0].Start == 0
}

func lowerUser(u *unit, row *optionRow, setting *ir.Setting) {
	if setting.State == ir.Invalid {
		setting.Option.Settle(ir.Noted, setting.Refusal)
		return
	}
	if len(setting.Holes) > 0 && !(u.fitsUser(setting) && u.spellsUser(row, setting)) {
		u.noValue(setting)
		return
	}
	u.once(diag.Diagnostic{
		Code:    diag.NeedsRoot,
		Span:    setting.Option.Span(),
		Subject: optionName(u.program.Section, setting.Key),
		Message: "user needs a RunWisp daemon that runs as root; unlike supervisord it also sets HOME, USER and LOGNAME",
	})
	if id, ok := parseInt(setting.Text.String(), 10); ok {
		u.entry(row, setting, ir.String(fmt.Sprint(id)))
		return
	}
	u.entry(row, setting, ir.String(u.text(setting)))
}

// fitsUser reports whether RunWisp takes a user with all that is left in place in
// it: what stands in brackets may have blanks and colons in it.
func (u *unit) fitsUser(setting *ir.Setting) bool {
	text, left := u.fill(setting)
	return len(left) == 0 || schema.ValidUser(text)
}

// spellsUser reports whether a user comes out as RunWisp wants it where all is
// replaced in it: numbers have spellings that only supervisord takes.
func (u *unit) spellsUser(row *optionRow, setting *ir.Setting) bool {
	text := setting.Text.String()
	if !u.opts.Resolve {
		filled := u.filled(row, setting, &u.arena.quiet)
		text = filled.Text.String()
	}
	id, ok := parseInt(text, 10)
	return !ok || fmt.Sprint(id) == text
}

func lowerUmask(u *unit, row *optionRow, setting *ir.Setting) {
	if !u.skip(setting) {
		u.entry(row, setting, ir.String(umaskText(setting.Int)))
	}
}

// umaskText writes a umask as RunWisp wants it: the nine bits at which the kernel
// looks, in three digits. A one in front keeps the zeros.
func umaskText(mask int64) string { return strconv.FormatInt(0o1000|mask&0o777, 8)[1:] }

func lowerNumprocs(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	limit, count := row.service.Max, setting.Int
	if lost := int64(len(u.lost[u.program])); lost < count { // else the table is commented out
		count -= lost
	}
	switch {
	case count == 1, u.isSplit(u.program):
		u.omit(setting)
	case count > limit:
		u.tell(diag.OutOfRange, setting, fmt.Sprintf("numprocs is %s; RunWisp takes at most %d instances", setting.Text.String(), limit),
			"Split the program into several services.")
		u.entry(row, setting, ir.Integer(limit))
	default:
		u.entry(row, setting, ir.Integer(count))
	}
}

// maxSeconds is the longest time.Duration, in seconds.
const maxSeconds = math.MaxInt64 / int64(time.Second)

// lowerSeconds writes startsecs and stopwaitsecs.
func lowerSeconds(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	seconds := setting.Int
	switch {
	case seconds <= 0:
		u.tell(diag.ZeroSeconds, setting, fmt.Sprintf("%s is %d; RunWisp takes zero for unset, so one millisecond is written", setting.Key, seconds), "")
		u.entry(row, setting, ir.String("1ms"))
		return
	case seconds > maxSeconds:
		u.tell(diag.OutOfRange, setting, fmt.Sprintf("%s is longer than RunWisp can count", setting.Key), "Choose a shorter time.")
		seconds = maxSeconds
	case row.target == "graceful_stop" && seconds > shutdownSeconds:
		u.tellStopLimit(setting, seconds)
	}
	u.entry(row, setting, ir.Seconds(seconds))
}

// tellStopLimit notes that the daemon does not wait as long as a program may.
func (u *unit) tellStopLimit(setting *ir.Setting, seconds int64) {
	if u.onlyCounts(diag.StopLimit, setting) {
		return
	}
	u.tell(diag.StopLimit, setting, fmt.Sprintf("stopwaitsecs is %d, but RunWisp's daemon waits %d seconds when it shuts down", seconds, shutdownSeconds),
		fmt.Sprintf("Set shutdown_timeout = \"%ds\" or more in [daemon].", seconds))
}

// shutdownSeconds is how long the daemon waits when it shuts down.
const shutdownSeconds = int64(schema.DefaultShutdownTimeout / time.Second)

func lowerRetries(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	limit := row.service.Max
	n := min(max(setting.Int, 1), limit)
	switch {
	case setting.Int < 1:
		u.tell(diag.OutOfRange, setting, fmt.Sprintf("startretries is %s: one failure is final; RunWisp takes zero for unset, so 1 is written", setting.Text.String()),
			"Check that one more attempt does no harm.")
	case setting.Int > limit:
		u.tell(diag.OutOfRange, setting, fmt.Sprintf("startretries is %s; RunWisp takes at most %d", setting.Text.String(), limit),
			"Check that fewer attempts will do.")
	}
	u.entry(row, setting, ir.Integer(n))
}

func lowerSignal(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	name := signalName(setting.Int)
	known := row.service.Enum
	if !slices.Contains(known, name) {
		setting.Option.Settle(ir.Noted, diag.UnsupportedSignal)
		u.tell(diag.UnsupportedSignal, setting, fmt.Sprintf("stopsignal %s is left out: RunWisp cannot send it", name),
			fmt.Sprintf("RunWisp sends SIGTERM without it; it also knows %s.", strings.Join(known[1:], ", ")))
		return
	}
	u.entry(row, setting, ir.String(name))
}

func lowerExitCodes(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	if len(setting.Ints) == 0 {
		setting.Option.Settle(ir.Noted, diag.NoExitCodes)
		u.tell(diag.NoExitCodes, setting, "exitcodes is empty: no exit code is expected; RunWisp needs one", "Name a code that the program never ends with.")
		return
	}
	var codes []int64
	for _, code := range setting.Ints {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	u.entry(row, setting, ir.Integers(codes))
	restart := u.program.Setting("autorestart") // on a task it is set, and false
	if !restart.IsSet() || restart.Int == restartUnexpected {
		u.tellOnce(diag.RestartsAlways, setting, "an expected exit code ends the program under supervisord; a RunWisp service restarts on any exit", "")
	}
}

// lowerPriority writes the number that was chosen for the starting order.
func lowerPriority(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	if !u.spec.hasPriority {
		u.omit(setting)
		return
	}
	u.entry(row, setting, ir.Integer(u.spec.priority))
}

func lowerAutostart(u *unit, row *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	if setting.Int != 0 || u.task {
		u.omit(setting)
		return
	}
	u.entry(row, setting, ir.Boolean(false))
}

// lowerAutorestart has nothing to write: it decided between service and task.
func lowerAutorestart(u *unit, _ *optionRow, setting *ir.Setting) {
	if u.skip(setting) {
		return
	}
	if u.task {
		setting.Option.Settle(ir.Mapped, "") // taskStart has written it
		return
	}
	u.omit(setting)
	if setting.Int == restartUnexpected {
		hint := "Set exit_codes so that RunWisp knows which codes are success."
		if u.program.Setting("exitcodes").IsSet() {
			hint = ""
		}
		u.tellOnce(diag.RestartsAlways, setting, "with autorestart=unexpected an expected exit code ends the program under supervisord; a RunWisp service restarts on any exit", hint)
	}
}

func dropProcessNames(u *unit, row *optionRow, setting *ir.Setting) {
	setting.Option.Settle(ir.Dropped, row.rule)
	uses := (usesNumber(u.program) || u.program.Setting("numprocs").IntOr(1) > 1) && !u.isSplit(u.program)
	if uses && !u.onlyCounts(row.rule, setting) {
		u.tell(row.rule, setting, setting.Key+" is dropped: RunWisp numbers instances from 0 and does not name them", "")
	}
}

// usesNumber reports whether anything that is carried over of a program holds
// its process number.
func usesNumber(p *ir.Program) bool {
	return slices.ContainsFunc(p.Settings, func(s ir.Setting) bool {
		return rowOf(p, s.Option).target != "" &&
			slices.ContainsFunc(s.Holes, isProcessNumber)
	})
}

func dropGroupSignals(u *unit, row *optionRow, setting *ir.Setting) {
	setting.Option.Settle(ir.Dropped, row.rule)
	if u.isFirst(row.rule) && !u.onlyCounts(row.rule, setting) {
		u.tell(row.rule, setting, setting.Key+" is dropped: RunWisp always signals the whole process group", "")
	}
}

func dropLogs(u *unit, row *optionRow, setting *ir.Setting) {
	setting.Option.Settle(ir.Dropped, row.rule)
	if !u.isFirst(row.rule) || u.onlyCounts(row.rule, setting) {
		return
	}
	hint := ""
	if size := u.largestLog(); size != "" {
		hint = "To limit its size as before, add log_max_size = " + strconv.Quote(size) + "."
	}
	u.tell(row.rule, setting, "log files are dropped: RunWisp captures both streams of every run", hint)
}

// largestLog returns the larger maxbytes of the program, in RunWisp's spelling, or
// "" where none limits anything.
func (u *unit) largestLog() string {
	size := u.program.Setting("stdout_logfile_maxbytes")
	if other := u.program.Setting("stderr_logfile_maxbytes"); other.IntOr(0) > size.IntOr(0) && !u.program.Setting("redirect_stderr").BoolOr(false) {
		size = other
	}
	if size.IntOr(0) <= 0 {
		return ""
	}
	number, unit := cutUnit(size.Text.String())
	n, _ := parseInt(number, 10) // Python takes more spellings of it
	return fmt.Sprint(n) + unit
}

func dropQuietly(u *unit, row *optionRow, setting *ir.Setting) {
	setting.Option.Settle(ir.Dropped, row.rule)
	u.tell(row.rule, setting, setting.Key+" is dropped: RunWisp has no counterpart and needs none", "")
}
