package validate

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
	"github.com/runwisp/runwisp/validate/toml"
)

const needsUnit = `expected numbers with units such as "1h30m"`

// parseDuration reads a duration as time.ParseDuration does. A text of "" is
// zero, which is the same as none. problem says what is wrong, or is "".
func parseDuration(text string) (d time.Duration, problem string) {
	if text == "" {
		return 0, ""
	}
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, fmt.Sprintf("%q is not a duration, %s", text, needsUnit)
	case d < 0:
		return 0, fmt.Sprintf("duration %q is negative", text)
	}
	return d, ""
}

func (c *checker) duration(n toml.Node, key *schema.Key, text string) {
	d, problem := parseDuration(text)
	switch {
	case problem != "":
		c.badValue(n, diag.BadDuration, "%s", problem)
	case key.Bounded && d > time.Duration(key.Max):
		c.badValue(n, diag.DurationRange, "duration %q is too long, expected at most %s", text, hours(key.Max))
	}
}

// hours formats nanoseconds as whole hours.
func hours(ns int64) string { return strconv.FormatInt(ns/int64(time.Hour), 10) + "h" }

// stopWindow warns of a unit that takes longer to stop than the daemon waits.
func (c *checker) stopWindow(unit toml.Node) {
	n := unit.Child("graceful_stop")
	text, _ := c.peek(n)
	if d, problem := parseDuration(text); problem == "" && d > c.shutdown {
		c.badValue(n, diag.LongStop, "stop window %q is longer than the %s that the daemon waits when it shuts down", text, c.shutdown).
			Hint = "Raise shutdown_timeout in [daemon]."
	}
}

// retentionPart is one number of a retention duration with its unit.
var retentionPart = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w)`)
})

// longUnits are the units that time.ParseDuration does not know, in hours.
var longUnits = map[string]float64{"d": 24, "w": 7 * 24}

// retentionHours reads a retention duration, in hours. They are not counted in
// nanoseconds, so that what is too long can still be told from what is wrong.
func retentionHours(text string) (hours float64, ok bool) {
	for rest := text; rest != ""; {
		part := retentionPart().FindStringSubmatch(rest)
		if part == nil {
			return 0, false
		}
		number, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			return 0, false
		}
		unit, long := longUnits[part[2]]
		if !long {
			d, _ := time.ParseDuration("1" + part[2]) // the pattern has only units that it knows
			unit = d.Hours()
		}
		hours += number * unit
		rest = rest[len(part[0]):]
	}
	return hours, text != ""
}

func (c *checker) retention(n toml.Node, text string) {
	if text == "" {
		return
	}
	hours, ok := retentionHours(strings.TrimPrefix(text, "+"))
	switch {
	case !ok && strings.HasPrefix(text, "-"):
		c.badValue(n, diag.BadDuration, "duration %q is negative", text)
	case !ok:
		c.badValue(n, diag.BadDuration, "%q is not a duration, expected numbers with units such as \"30d\" or \"12h\"", text)
	case hours <= 0:
		c.badValue(n, diag.BadDuration, "duration %q is zero, expected more", text)
	case hours > schema.MaxRetention.Hours():
		c.badValue(n, diag.DurationRange, "duration %q is too long, expected at most %gd", text, schema.MaxRetention.Hours()/24)
	}
}

var sizePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(schema.SizePattern)
})

// sizeUnits are the units of sizes, each 1024 times the one before.
const sizeUnits = "bkmgt"

// parseSize reads a size in bytes.
func parseSize(text string) (bytes float64, ok bool) {
	part := sizePattern().FindStringSubmatch(text)
	if part == nil {
		return 0, false
	}
	number, err := strconv.ParseFloat(part[1], 64)
	if err != nil {
		return 0, false
	}
	power := 0
	if unit := strings.ToLower(part[2]); unit != "" {
		power = strings.IndexByte(sizeUnits, unit[0])
	}
	return number * math.Pow(1024, float64(power)), true
}

// isInt64 reports whether a size is a plain number of bytes that fits into 64
// bits: the largest of them is no different from the next one as a float64.
func isInt64(text string) bool {
	_, err := strconv.ParseInt(strings.TrimRight(text, " bB"), 10, 64)
	return err == nil
}

func (c *checker) size(n toml.Node, key *schema.Key, text string) {
	bytes, ok := parseSize(text)
	switch {
	case !ok:
		c.badValue(n, diag.BadSize, "%q is not a size, expected a number with an optional unit such as \"100mb\"", text)
	case bytes >= math.MaxInt64 && !isInt64(text):
		c.badValue(n, diag.BadSize, "size %q is too large, expected less than 8388608tb", text)
	case key.Bounded && bytes < float64(key.Min):
		c.badValue(n, diag.BadSize, "size %q is too small, expected more than zero", text)
	}
}
