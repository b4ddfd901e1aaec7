package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// dialect is the JSON Schema that JSON writes.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// A member is one name of a JSON object with its value.
type member struct {
	name  string
	value any
}

// An object is a JSON object that keeps its order, so that the schema reads as
// the tables do.
type object []member

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := newEncoder(&b)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", m.name)
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// newEncoder returns an encoder without the escapes for HTML, which would make
// patterns unreadable.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// JSON returns the tables as a JSON Schema, draft 2020-12, for editors. It says
// of a file what can be said without looking at other values, files or the
// environment.
func JSON() []byte {
	defs := object{}
	for _, d := range definitions() {
		defs = append(defs, member{d.name, tableSchema(d.table)})
	}
	schema := append(object{
		{"$schema", dialect},
		{"title", "runwisp.toml"},
	}, tableSchema(Root)...)
	var b bytes.Buffer
	e := newEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(append(schema, member{"$defs", defs})); err != nil {
		panic(err) // the tables hold nothing but strings, numbers and booleans
	}
	return b.Bytes()
}

// A definition is a table that the schema refers to by name.
type definition struct {
	name  string
	table *Table
}

// definitions returns the tables below Root, in order, each once.
func definitions() []definition {
	var list []definition
	var add func(t *Table)
	add = func(t *Table) {
		for i := range t.Keys {
			if sub := t.Keys[i].Table; sub != nil {
				list = append(list, definition{sub.Path, sub})
				add(sub)
			}
		}
		if t.Others != nil {
			list = append(list, definition{t.Others.Path, t.Others})
			add(t.Others)
		}
	}
	add(Root)
	return list
}

func ref(t *Table) object { return object{{"$ref", "#/$defs/" + t.Path}} }

// tableSchema describes a table.
func tableSchema(t *Table) object {
	o := object{{"description", t.Doc}, {"type", "object"}, {"properties", properties(t.Keys)}}
	if names := requiredNames(t.Keys); len(names) > 0 {
		o = append(o, member{"required", names})
	}
	if all := conditions(t); len(all) > 0 {
		o = append(o, member{"allOf", all})
	}
	switch {
	case t.Others != nil:
		return append(o, member{"additionalProperties", ref(t.Others)})
	case len(t.Variants) > 0:
		// additionalProperties does not see the keys of the variants.
		return append(o, member{"unevaluatedProperties", false})
	}
	return append(o, member{"additionalProperties", false})
}

func properties(keys []Key) object {
	o := object{}
	for i := range keys {
		o = append(o, member{keys[i].Name, keySchema(&keys[i])})
	}
	return o
}

func requiredNames(keys []Key) []string {
	var names []string
	for _, k := range keys {
		if k.Required && k.Unless.Key == "" {
			names = append(names, k.Name)
		}
	}
	return names
}

// keySchema describes the value of a key.
func keySchema(k *Key) object {
	if k.Type == Sub {
		return ref(k.Table)
	}
	o := object{{"description", description(k)}}
	switch k.Type {
	case Bool:
		return append(o, member{"type", "boolean"})
	case Int:
		return append(o, intSchema(k, min(k.Min, 0))...)
	case String:
		return append(o, stringSchema(k)...)
	case Ints:
		return append(o, arraySchema(k, intSchema(k, k.Min))...)
	case Strings:
		return append(o, arraySchema(k, stringSchema(k))...)
	case StringMap:
		return append(o, mapSchema(k)...)
	case Named:
		return append(o, namedSchema(k)...)
	case List:
		return append(o, arraySchema(k, ref(k.Table))...)
	}
	return append(o, arraySchema(k, object{{"type", "object"}})...)
}

// description is the doc of a key with what editors do not show otherwise.
func description(k *Key) string {
	if k.Default == "" {
		return k.Doc
	}
	return k.Doc + " Default: " + k.Default + "."
}

// intSchema describes an integer. The caller gives the minimum, because zero
// means unset for a key, but not for an entry of an array.
func intSchema(k *Key, least int64) object {
	o := object{{"type", "integer"}}
	if k.Bounded {
		o = append(o, member{"minimum", least}, member{"maximum", k.Max})
	}
	return o
}

func arraySchema(k *Key, items object) object {
	o := object{{"type", "array"}, {"items", items}}
	if k.MinItems > 0 {
		o = append(o, member{"minItems", k.MinItems})
	}
	if k.MaxItems > 0 {
		o = append(o, member{"maxItems", k.MaxItems})
	}
	return o
}

func namedSchema(k *Key) object {
	o := object{{"type", "object"}, {"additionalProperties", ref(k.Table)}}
	if k.Format == UnitName {
		o = append(o, member{"propertyNames", object{{"pattern", namePattern}, {"maxLength", MaxNameLen}}})
	}
	return o
}

func mapSchema(k *Key) object {
	value := object{{"type", "string"}}
	o := object{{"type", "object"}}
	if k.Format == EnvName {
		value = append(value, orSubstituted(object{{"maxLength", MaxEnvValue}, {"pattern", `^[^\x00]*$`}})...)
		o = append(o, member{"propertyNames", object{{"pattern", envNamePattern}}})
	}
	o = append(o, member{"additionalProperties", value})
	if k.MaxItems > 0 {
		o = append(o, member{"maxProperties", k.MaxItems})
	}
	return o
}

// stringSchema describes a string.
func stringSchema(k *Key) object {
	o := object{{"type", "string"}}
	if k.Unless.Key != "" {
		return o // see conditions
	}
	if rules := stringRules(k); len(rules) > 0 {
		return append(o, orSubstituted(rules...)...)
	}
	return o
}

// orSubstituted lets a string through that meets one of some rules, or that
// holds a ${}: what that stands for is known only when the file is loaded.
func orSubstituted(rules ...object) object {
	return object{{"anyOf", append(rules, pattern(substitutionPattern))}}
}

func pattern(expr string) object { return object{{"pattern", expr}} }

// The patterns of formats that no other package needs.
const (
	durationPattern  = `^([+-]?0|\+?(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+|-((0+\.?0*|\.0+)(ns|us|µs|μs|ms|s|m|h))+)?$`
	retentionPattern = `^(\+?(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w))+)?$`
	notBlank         = `\S`
	// substitutionPattern matches a ${} that is not escaped as $${}.
	substitutionPattern = `(^|[^$])\$\{[^}]*\}`
)

var formatPatterns = map[Format]string{
	Script:          notBlank,
	Duration:        durationPattern,
	Retention:       retentionPattern,
	Size:            SizePattern,
	Umask:           UmaskPattern,
	User:            userPattern,
	Shell:           `^/`,
	HTTPURL:         `^[hH][tT][tT][pP][sS]?://([^/?#\s]*@)?([^/?#@:%\\\[\]\s]+|\[[^/?#@\[\]\s]+\])(:[0-9]*)?([/?#]|$)`,
	HostPort:        `^([^:\[\]]*|\[[^\[\]]*\]):0*[0-9]{1,5}$`,
	ServiceTemplate: `\{service\}`,
}

// stringRules returns what a string may be, each enough by itself.
func stringRules(k *Key) []object {
	switch expr, ok := formatPatterns[k.Format]; {
	case k.Format == Signal:
		return []object{{{"enum", k.Enum}}, pattern(signalPattern(k.Enum))}
	case k.Format == NotifierID:
		return []object{{{"pattern", `^[^:]*[^:\s][^:]*$`}, {"not", object{{"const", InApp}}}}}
	case ok:
		return []object{pattern(expr)}
	case len(k.Enum) > 0:
		return []object{{{"enum", k.Enum}}}
	case k.Required:
		return []object{pattern(notBlank)}
	}
	return nil
}

// signalPattern takes the names of signals in any case, with or without SIG.
func signalPattern(names []string) string {
	var words []string
	for _, n := range names {
		words = append(words, anyCase(strings.TrimPrefix(n, "SIG")))
	}
	return "^(" + anyCase("SIG") + ")?(" + strings.Join(words, "|") + ")$"
}

func anyCase(word string) string {
	var b strings.Builder
	for _, r := range word {
		if upper, lower := string(r), strings.ToLower(string(r)); upper != lower {
			fmt.Fprintf(&b, "[%s%s]", upper, lower)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
