package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/runwisp/runwisp/internal/say"
)

// A cronField is one of the fields of a schedule.
type cronField struct {
	name     string
	min, max int
	words    []string // names of the numbers from min on
}

// cronFields are the fields of a schedule. The seconds may be left out.
var cronFields = []cronField{
	{name: "second", max: 59},
	{name: "minute", max: 59},
	{name: "hour", max: 23},
	{name: "day of month", min: 1, max: 31},
	{name: "month", min: 1, max: 12, words: []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	// Both 0 and 7 are Sunday.
	{name: "day of week", max: 7, words: []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

var cronNames = []string{"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}

// cronProblem says what is wrong with a schedule, or "".
func cronProblem(text string) string {
	text = strings.TrimSpace(text)
	if every, ok := strings.CutPrefix(text, "@every "); ok {
		if d, problem := parseDuration(every); problem != "" || d == 0 {
			return fmt.Sprintf("schedule %q has no duration behind @every", text)
		}
		return ""
	}
	if strings.HasPrefix(text, "@") {
		if slices.Contains(cronNames, text) {
			return ""
		}
		return fmt.Sprintf("schedule %q is unknown, expected @every or %s", text, say.Or(cronNames))
	}
	parts := strings.Fields(text)
	missing := len(cronFields) - len(parts)
	if missing != 0 && missing != 1 {
		return fmt.Sprintf("schedule %q has %d fields, expected 5 or 6", text, len(parts))
	}
	for i, part := range parts {
		if f := cronFields[missing+i]; !f.valid(part) {
			return fmt.Sprintf("schedule %q has %q for the %s", text, part, f.name)
		}
	}
	return ""
}

// valid reports whether text is a list of numbers, ranges and steps of f.
func (f *cronField) valid(text string) bool {
	for part := range strings.SplitSeq(text, ",") {
		if !f.validPart(part) {
			return false
		}
	}
	return true
}

// validPart checks one part of a list: *, ?, 3, 1-5, and each with a /step.
func (f *cronField) validPart(part string) bool {
	part, step, stepped := strings.Cut(part, "/")
	if stepped {
		if n, err := strconv.ParseUint(step, 10, 16); err != nil || n == 0 {
			return false
		}
	}
	if part == "*" || part == "?" {
		return true
	}
	low, high, ranged := strings.Cut(part, "-")
	from, ok := f.number(low)
	if !ranged {
		return ok
	}
	to, ok2 := f.number(high)
	return ok && ok2 && from <= to
}

// number reads a number or name of f.
func (f *cronField) number(text string) (n int, ok bool) {
	if i := slices.Index(f.words, strings.ToLower(text)); i >= 0 {
		return f.min + i, true
	}
	u, err := strconv.ParseUint(text, 10, 8)
	n = int(u)
	return n, err == nil && f.min <= n && n <= f.max
}
