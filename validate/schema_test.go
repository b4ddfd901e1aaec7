package validate_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	burnt "github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/tools/txtar"

	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/schema"
)

// unsayable are the rules that a JSON Schema cannot express, with the reason.
var unsayable = map[diag.Code]string{
	diag.SyntaxError:       "a schema describes values, not TOML",
	diag.DuplicateKey:      "a schema describes values, not TOML",
	diag.NameClash:         "compares the names of two tables",
	diag.TaskDependency:    "compares with the names of another table",
	diag.SelfDependency:    "compares with the name of its own table",
	diag.UnknownDependency: "compares with the names of other tables",
	diag.DependencyCycle:   "follows references",
	diag.NotifierClash:     "compares one key of the entries of an array",
	diag.UnknownNotifier:   "compares with the ids of notifiers",
	diag.UnsetVariable:     "depends on the environment",
	diag.UnreadableFile:    "depends on other files",
	diag.UnreadableInclude: "depends on other files",
	diag.IncludeInInclude:  "depends on which file includes which",
	diag.DurationRange:     "adds up the parts of a duration",
	diag.UnknownTimezone:   "would need the whole time zone database",
	diag.BadPattern:        "brackets nest in ways that a regular expression cannot follow",
}

// unsaid are single findings that a JSON Schema cannot express though it can
// others of the same rule: by case and key.
var unsaid = map[string]string{
	"env-values tasks.job.env.LONG":             "too long only when substituted",
	"substitution-checked services.web.timeout": "wrong only when substituted",
	"substitution-checked services.web.shell":   "wrong only when substituted",
	"substitution-file services.web.user":       "wrong only when substituted",
	"user services.h.user":                      "engines differ in what is white space",
	"env-count-defaults services.api.env":       "too many only together with [defaults]",
	"env-count-defaults-full services.api.env":  "too many only together with [defaults]",
	"retention services.web.keep_for":           "zero in any spelling needs arithmetic",
	"retention defaults.keep_for":               "zero in any spelling needs arithmetic",
	"notify-table notify.history_keep_for":      "zero in any spelling needs arithmetic",
	"sizes services.a.log_max_size":             "zero in any spelling needs arithmetic",
	"sizes services.g.log_max_size":             "too large needs arithmetic",
	"sizes services.i.log_max_size":             "too large needs arithmetic",
	"sizes services.j.log_max_size":             "too large needs arithmetic",
	"sizes defaults.log_max_size":               "zero in any spelling needs arithmetic",
	"defaults-values defaults.log_max_size":     "zero in any spelling needs arithmetic",
	"type-integer services.web.priority":        "1.0 is an integer in JSON",
	"daemon-metrics-port daemon.metrics_listen": "the range of a number inside a string",
}

// compiled returns the schema, which must be a valid one.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("runwisp.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("runwisp.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain turns what a TOML decoder gives into what JSON has. A date becomes
// null, which is the type of no key.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = plain(e)
		}
	case []map[string]any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case []any:
		for i, e := range v {
			v[i] = plain(e)
		}
	case time.Time:
		return nil
	}
	return v
}

// places returns the paths at which a schema finds something wrong.
func places(err error) []string {
	var list []string
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		switch k := e.ErrorKind.(type) {
		case *kind.Required:
			for _, name := range k.Missing {
				list = append(list, dotted(append(slices.Clone(e.InstanceLocation), name)))
			}
			return
		case *kind.AdditionalProperties:
			for _, name := range k.Properties {
				list = append(list, dotted(append(slices.Clone(e.InstanceLocation), name)))
			}
			return
		case *kind.PropertyNames:
			// The library has by then written over the location.
			list = append(list, anywhere+dotted([]string{k.Property}))
			return
		}
		if len(e.Causes) == 0 {
			list = append(list, dotted(e.InstanceLocation))
		}
		for _, cause := range e.Causes {
			walk(cause)
		}
	}
	if err != nil {
		walk(err.(*jsonschema.ValidationError))
	}
	return list
}

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// dotted writes a path as diagnostics do.
func dotted(path []string) string {
	var b strings.Builder
	for _, part := range path {
		if _, err := strconv.Atoi(part); err == nil {
			b.WriteString("[" + part + "]")
			continue
		}
		if !bareKey.MatchString(part) {
			part = strconv.Quote(part)
		}
		b.WriteString("." + part)
	}
	return strings.TrimPrefix(b.String(), ".")
}

// anywhere stands for the tables above a name.
const anywhere = "*."

// same reports whether a schema complains about a key: at the key, or at an
// entry of its array, which has no path of its own in diagnostics.
func same(place, key string) bool {
	if name, ok := strings.CutPrefix(place, anywhere); ok {
		return strings.HasSuffix(key, "."+name)
	}
	rest, ok := strings.CutPrefix(place, key)
	return ok && (rest == "" || rest[0] == '[')
}

// inputs returns the files that stand alone: those of the cases and the
// examples of the rules.
func inputs(t *testing.T) map[string]*txtar.Archive {
	all := make(map[string]*txtar.Archive)
	for path, archive := range readCases(t) {
		if name := strings.TrimSuffix(filepath.Base(path), ".txtar"); !strings.HasPrefix(name, "include") {
			all[name] = archive
		}
	}
	for _, rule := range diag.Rules() {
		if rule.Input == diag.RunWisp && rule.Scene.Files == nil {
			all["example of "+string(rule.Code)] = exampleArchive(&rule)
		}
	}
	return all
}

// TestSchemaAgrees runs the schema and the validator over the same files. What
// the validator finds the schema must find too, and the other way round.
func TestSchemaAgrees(t *testing.T) {
	s := compiled(t)
	used := make(map[string]bool)
	for name, archive := range inputs(t) {
		text := string(file(archive, inputName).Data)
		var value map[string]any
		if _, err := burnt.Decode(text, &value); err != nil {
			continue // not TOML
		}
		list, _ := run(text, newWorld(archive).options())
		found := places(s.Validate(plain(value)))
		for _, d := range list {
			if d.Severity != diag.Error || unsayable[d.Code] != "" {
				continue
			}
			said := slices.ContainsFunc(found, func(place string) bool { return same(place, d.Subject.String()) })
			_, excused := unsaid[name+" "+d.Subject.String()]
			used[name+" "+d.Subject.String()] = used[name+" "+d.Subject.String()] || excused && !said
			if !said && !excused {
				t.Errorf("%s: the schema does not find %s: %s", name, d.Subject.String(), d.Message)
			}
		}
		for _, place := range found {
			if !slices.ContainsFunc(list, func(d *diag.Diagnostic) bool { return same(place, d.Subject.String()) }) {
				t.Errorf("%s: only the schema finds something wrong with %q", name, place)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(unsaid)) {
		if !used[key] {
			t.Errorf("%s: the schema can say it", key)
		}
	}
}
