// Package schema holds runwisp.toml as data: every table and key with its
// type, range, default and description, what may not stand together, and
// where a misplaced key belongs. The validator, the JSON Schema, the reference
// page and the importer are all driven by these tables.
package schema

import "sync"

// A Type is the TOML shape of a value. The zero Type is none.
type Type uint8

// The types of values.
const (
	Bool      Type = iota + 1
	Int            // 64-bit integer
	String         // any string
	Ints           // array of integers
	Strings        // array of strings
	StringMap      // table whose values are strings
	Sub            // table with the keys of Key.Table
	Named          // table of tables, one for each name, with the keys of Key.Table
	List           // array of tables with the keys of Key.Table
	Opaque         // array of tables that nobody looks into
)

var typeNames = [...]string{
	Bool:      "boolean",
	Int:       "integer",
	String:    "string",
	Ints:      "array of integers",
	Strings:   "array of strings",
	StringMap: "table of strings",
	Sub:       "table",
	Named:     "table of tables",
	List:      "array of tables",
	Opaque:    "array of tables",
}

// String returns the type as it is printed: "array of integers".
func (t Type) String() string { return typeNames[t] }

// A Format says what a string means: that of a String, of each element of a
// Strings, or of each name of a StringMap or Named.
type Format uint8

// The formats of strings.
const (
	Plain           Format = iota
	Script                 // shell text, the only string without substitution
	Duration               // as time.ParseDuration reads it; "" is unset
	Retention              // a Duration that also takes d and w, and is positive
	Size                   // a number of bytes with an optional unit
	Signal                 // one of the Enum, in any case, with or without SIG
	Umask                  // three octal digits, or four of which the first is 0
	User                   // user or user:group
	Shell                  // absolute path of a POSIX shell
	Path                   // path, relative to the folder of the file
	Cron                   // cron expression
	Timezone               // name of the IANA time zone database
	HTTPURL                // absolute http or https URL
	HostPort               // host:port
	Glob                   // shell pattern
	ServiceName            // name of a service of the configuration
	NotifierRef            // id of a notifier, id:override, or inapp
	NotifierID             // id that a notifier gives itself
	ServiceTemplate        // text that holds {service}
	UnitName               // name of a task or service
	EnvName                // name of an environment variable
)

// A Key is one key that a table may hold.
type Key struct {
	Name   string
	Type   Type
	Format Format
	// Required keys must be there, and must not be blank or empty.
	Required bool
	// Unless, where its Key is not empty, is what lifts Required, and lifts
	// the format of a ServiceTemplate.
	Unless Term
	// Min and Max bound an integer, each of an array of integers, or a
	// duration in nanoseconds. They count where Bounded is set. Where Min
	// is above 0, an integer of 0 is still allowed: it means unset.
	Min, Max int64
	Bounded  bool
	// MinItems and MaxItems bound the length of an array; 0 is no bound.
	MinItems, MaxItems int
	// Enum lists the words that a string, or each of an array, may be.
	Enum []string
	// Refused lists words that belong elsewhere, with the reason.
	Refused []Refusal
	// Default is the default as TOML text, or words where it is no fixed
	// value, or "".
	Default string
	// Doc is one line that says what the key does.
	Doc string
	// Table holds the keys below a Sub, Named or List.
	Table *Table
}

// A Refusal is a key, or a word, that is known but does not belong where it
// stands.
type Refusal struct {
	Name string
	// Renamed is the present spelling where the key was only renamed.
	Renamed string
	// Why is the message, without the name in front: "is for services".
	Why string
	// Do is a sentence that says what to do instead.
	Do string
}

// A Table is one table of the file, or one kind of table.
type Table struct {
	// Path is the header as people write it, without brackets:
	// "services.NAME". It is empty for the file itself.
	Path string
	// Doc is one line that says what the table is for.
	Doc  string
	Keys []Key
	// Refused lists keys of other tables that are worth a message of
	// their own.
	Refused []Refusal
	// Relations ties keys of the table to each other.
	Relations []Relation
	// VariantKey names the key whose value picks one of Variants, which
	// hold further keys. It is empty where there are none.
	VariantKey string
	Variants   []Variant
	// Others describes the tables under all other keys, or is nil where
	// other keys are unknown.
	Others *Table

	once  sync.Once
	index map[string]*Key
}

// A Variant is what a table holds in addition for one value of its VariantKey.
type Variant struct {
	Value string
	Table *Table
}

// A RelationKind says how two keys of a table are tied.
type RelationKind uint8

// The kinds of relations.
const (
	// Needs refuses the first key without the other.
	Needs RelationKind = iota
	// Excludes refuses the first key together with the other.
	Excludes
)

// A Relation ties Key to Other. OthersKey as the first key stands for any
// table of Table.Others.
type Relation struct {
	Kind  RelationKind
	Key   Term
	Other Term
}

// OthersKey is the first key of a Relation that concerns all other keys.
const OthersKey = "*"

// A Term is a key that is set, or, where Value is not empty, a key that is set
// to that value.
type Term struct{ Key, Value string }

// String returns the term as it is printed: `tls` or `tls = "none"`.
func (t Term) String() string {
	switch t.Value {
	case "":
		return t.Key
	case "true":
		return t.Key + " = true"
	}
	return t.Key + " = \"" + t.Value + "\""
}

// Key returns the key of the given name, or nil.
func (t *Table) Key(name string) *Key {
	t.once.Do(func() {
		t.index = make(map[string]*Key, len(t.Keys))
		for i := range t.Keys {
			t.index[t.Keys[i].Name] = &t.Keys[i]
		}
	})
	return t.index[name]
}

// Refusal returns what to say about a key that does not belong in t, or nil.
func (t *Table) Refusal(name string) *Refusal { return refusal(t.Refused, name) }

// Refusal returns what to say about a word that does not belong in k, or nil.
func (k *Key) Refusal(word string) *Refusal { return refusal(k.Refused, word) }

func refusal(list []Refusal, name string) *Refusal {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// Homes returns the tables that have a key of the given name, apart from those
// of notifications, whose keys have names that fit anywhere.
func Homes(name string) []*Table {
	var homes []*Table
	for _, k := range Root.Keys {
		if k.Table != Notify && k.Type != List && k.Table.Key(name) != nil {
			homes = append(homes, k.Table)
		}
	}
	return homes
}

// Variant returns the table of further keys for a value of t.VariantKey, or
// nil.
func (t *Table) Variant(value string) *Table {
	for _, v := range t.Variants {
		if v.Value == value {
			return v.Table
		}
	}
	return nil
}

// VariantsWith returns the values of t.VariantKey for which t has a key of the
// given name.
func (t *Table) VariantsWith(name string) []string {
	var values []string
	for _, v := range t.Variants {
		if v.Table.Key(name) != nil {
			values = append(values, v.Value)
		}
	}
	return values
}

// Names returns the names of the keys, in order.
func (t *Table) Names() []string {
	names := make([]string, len(t.Keys))
	for i := range t.Keys {
		names[i] = t.Keys[i].Name
	}
	return names
}

// Header returns the header of t as people write it: "[services.NAME]".
func (t *Table) Header() string {
	if k := Root.Key(t.Path); k != nil && k.Type == List {
		return "[[" + t.Path + "]]"
	}
	return "[" + t.Path + "]"
}
