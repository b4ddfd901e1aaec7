package schema_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runwisp/runwisp/internal/golden"
	"github.com/runwisp/runwisp/ir/schema"
)

// TestDocs keeps the reference page in step with the tables.
func TestDocs(t *testing.T) {
	golden.Check(t, "../../docs/runwisp-toml.md", reference())
}

const intro = `# runwisp.toml

Every table and key of the configuration, generated from the tables in ` + "`ir/schema`" + `.

* The file is TOML 1.0. Tables and keys that are not listed here are errors.
* A duration is a number with a unit, or several: ` + "`\"90s\"`, `\"1h30m\"`, `\"500ms\"`" + `. An empty one is unset. Retention
  durations also take ` + "`d` and `w`" + `, and are more than zero and at most 36500 days.
* A size is a number with an optional unit: ` + "`b`, `kb`, `mb`, `gb` or `tb`" + `, in powers of 1024.
* Zero, as an integer or a duration, means that the default counts.
* In every string but ` + "`run`, `${NAME}`" + ` is a variable of the daemon's environment, ` + "`${file:PATH}`" + ` is the content of a
  file, and ` + "`$${` is a literal `${`" + `.
* Tasks and services share their names: letters, digits, dots, underscores and hyphens, at most 100 bytes.
* The name of a variable has letters, digits and underscores, and no digit in front; its value holds no NUL.
`

// reference writes the whole page.
func reference() string {
	var b strings.Builder
	b.WriteString(intro)
	for i := range schema.Root.Keys {
		describe(&b, schema.Root.Keys[i].Table)
	}
	return b.String()
}

// describe writes a table and those below it.
func describe(b *strings.Builder, t *schema.Table) {
	fmt.Fprintf(b, "\n## `%s`\n\n%s\n\n", t.Header(), t.Doc)
	keyTable(b, t.Keys)
	for _, v := range t.Variants {
		fmt.Fprintf(b, "\n### `%s = %q`\n\n%s\n\n", t.VariantKey, v.Value, v.Table.Doc)
		keyTable(b, v.Table.Keys)
		relations(b, v.Table)
	}
	relations(b, t)
	refusals(b, t)
	for i := range t.Keys {
		if sub := t.Keys[i].Table; sub != nil {
			describe(b, sub)
		}
	}
	if t.Others != nil {
		describe(b, t.Others)
	}
}

func keyTable(b *strings.Builder, keys []schema.Key) {
	b.WriteString("| key | type | default | description |\n|---|---|---|---|\n")
	for i := range keys {
		k := &keys[i]
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", k.Name, typeOf(k), defaultOf(k), k.Doc+limits(k))
	}
}

// formats name what a string means where its type does not say enough.
var formats = map[schema.Format]string{
	schema.Duration:  "duration",
	schema.Retention: "retention duration",
	schema.Size:      "size",
	schema.Path:      "path",
	schema.Shell:     "absolute path",
	schema.HTTPURL:   "http or https URL",
	schema.HostPort:  "host:port",
	schema.Glob:      "pattern",
	schema.Cron:      "schedule",
	schema.Timezone:  "IANA time zone",
}

func typeOf(k *schema.Key) string {
	name, ok := formats[k.Format]
	switch {
	case ok && k.Type == schema.Strings:
		return "array of " + name + "s"
	case ok:
		return name
	}
	return k.Type.String()
}

func defaultOf(k *schema.Key) string {
	switch {
	case k.Required:
		return "required"
	case strings.ContainsAny(k.Default, `"[0123456789`) || k.Default == "true" || k.Default == "false":
		return "`" + k.Default + "`"
	}
	return k.Default
}

// limits says what a value may be.
func limits(k *schema.Key) string {
	var b strings.Builder
	if len(k.Enum) > 0 {
		b.WriteString(" One of " + code(k.Enum) + ".")
	}
	switch {
	case k.Bounded && k.Format == schema.Duration:
		fmt.Fprintf(&b, " At most %gh.", time.Duration(k.Max).Hours())
	case k.Format == schema.Size && k.Min > 0:
		b.WriteString(" More than zero.")
	case k.Bounded && k.Type != schema.String:
		fmt.Fprintf(&b, " From %d to %d.", k.Min, k.Max)
	}
	switch {
	case k.MinItems > 0 && k.MaxItems > 0:
		fmt.Fprintf(&b, " %d to %d entries.", k.MinItems, k.MaxItems)
	case k.MinItems > 0:
		b.WriteString(" Not empty.")
	case k.MaxItems > 0:
		fmt.Fprintf(&b, " At most %d entries, those of `[defaults]` included.", k.MaxItems)
	}
	return b.String()
}

func code(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }

func relations(b *strings.Builder, t *schema.Table) {
	if len(t.Relations) > 0 {
		b.WriteString("\n")
	}
	for _, r := range t.Relations {
		verb := "cannot stand together with"
		if r.Kind == schema.Needs {
			verb = "needs"
		}
		key := "`" + r.Key.String() + "`"
		if r.Key.Key == schema.OthersKey {
			key = "an override"
		}
		fmt.Fprintf(b, "* %s %s `%s`\n", key, verb, r.Other)
	}
}

func refusals(b *strings.Builder, t *schema.Table) {
	if len(t.Refused) > 0 {
		b.WriteString("\nRefused here:\n\n")
	}
	for _, r := range t.Refused {
		fmt.Fprintf(b, "* `%s` %s. %s\n", r.Name, r.Why, r.Do)
	}
}
