package schema_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir/schema"
)

// tables returns every table by its header; a variant has its value behind.
func tables() map[string]*schema.Table {
	all := make(map[string]*schema.Table)
	var add func(name string, t *schema.Table)
	add = func(name string, t *schema.Table) {
		all[name] = t
		for i := range t.Keys {
			if sub := t.Keys[i].Table; sub != nil {
				add(sub.Header(), sub)
			}
		}
		for _, v := range t.Variants {
			add(name+" "+v.Value, v.Table)
		}
		if t.Others != nil {
			add(t.Others.Header(), t.Others)
		}
	}
	add("the file", schema.Root)
	return all
}

func TestTables(t *testing.T) {
	for header, table := range tables() {
		if table.Doc == "" {
			t.Errorf("%s has no description", header)
		}
		seen := make(map[string]bool)
		for i := range table.Keys {
			k := &table.Keys[i]
			switch {
			case k.Doc == "" || k.Type == 0:
				t.Errorf("%s %s has no description or type", header, k.Name)
			case seen[k.Name]:
				t.Errorf("%s %s is there twice", header, k.Name)
			case table.Key(k.Name) != k:
				t.Errorf("%s %s is not found by its name", header, k.Name)
			case k.Bounded && k.Min > k.Max:
				t.Errorf("%s %s has no value between %d and %d", header, k.Name, k.Min, k.Max)
			}
			seen[k.Name] = true
		}
	}
}

// TestRefusals keeps advice about keys true: a key that is refused here is not
// a key of the table, and its present spelling is.
func TestRefusals(t *testing.T) {
	for header, table := range tables() {
		for _, r := range table.Refused {
			if table.Key(r.Name) != nil {
				t.Errorf("%s both has and refuses %s", header, r.Name)
			}
			if r.Renamed != "" && table.Key(r.Renamed) == nil {
				t.Errorf("%s has no %s", header, r.Renamed)
			}
			if r.Why == "" || !strings.HasSuffix(r.Do, ".") {
				t.Errorf("%s does not say what to do about %s", header, r.Name)
			}
		}
	}
}

// TestUnitsRefuseEachOther checks that no key of one kind of unit is merely
// unknown to the other.
func TestUnitsRefuseEachOther(t *testing.T) {
	for _, name := range schema.Task.Names() {
		if schema.Service.Key(name) == nil && schema.Service.Refusal(name) == nil {
			t.Errorf("services neither have nor refuse %s", name)
		}
	}
	for _, name := range schema.Service.Names() {
		if schema.Task.Key(name) == nil && schema.Task.Refusal(name) == nil {
			t.Errorf("tasks neither have nor refuse %s", name)
		}
	}
}

func TestRelations(t *testing.T) {
	all := tables()
	for header, table := range all {
		owner, _, _ := strings.Cut(header, " ")
		for _, r := range table.Relations {
			for _, term := range []schema.Term{r.Key, r.Other} {
				if term.Key != schema.OthersKey && table.Key(term.Key) == nil && all[owner].Key(term.Key) == nil {
					t.Errorf("%s has no %s", header, term.Key)
				}
			}
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"web": true, "api.v2": true, "A_1-b": true, strings.Repeat("a", 100): true, ".": true,
		"": false, " ": false, "a b": false, "é": false, "a/b": false, strings.Repeat("a", 101): false,
	} {
		if got := schema.ValidName(name); got != want {
			t.Errorf("ValidName(%q) = %v", name, got)
		}
	}
	for name, want := range map[string]bool{
		"A": true, "_": true, "a1": true, "_9": true,
		"": false, "1A": false, "a-b": false, "a.b": false, "é": false,
	} {
		if got := schema.ValidEnvName(name); got != want {
			t.Errorf("ValidEnvName(%q) = %v", name, got)
		}
	}
}

func TestLookups(t *testing.T) {
	if k := schema.Service.Key("instances"); k == nil || k.Min != 1 || k.Max != 64 || !k.Bounded {
		t.Errorf("instances is %+v", k)
	}
	if k := schema.Service.Key("cron"); k != nil {
		t.Errorf("services have a cron: %+v", k)
	}
	if homes := schema.Homes("healthy_after"); len(homes) != 2 || homes[0] != schema.Defaults || homes[1] != schema.Service {
		t.Errorf("healthy_after is at home in %v", homes)
	}
	if got := schema.Notifier.VariantsWith("webhook_url"); len(got) != 2 || got[0] != "slack" || got[1] != "discord" {
		t.Errorf("webhook_url is for %v", got)
	}
	for table, want := range map[*schema.Table]string{
		schema.Service:  "[services.NAME]",
		schema.Notifier: "[[notifier]]",
		schema.Daemon:   "[daemon]",
	} {
		if got := table.Header(); got != want {
			t.Errorf("got header %s, want %s", got, want)
		}
	}
}

// TestJSONIsStable compares two runs, and the order of the first keys with
// that of the tables.
func TestJSONIsStable(t *testing.T) {
	first := schema.JSON()
	if !json.Valid(first) {
		t.Fatal("the schema is not JSON")
	}
	if string(first) != string(schema.JSON()) {
		t.Error("two runs differ")
	}
	daemon, storage := strings.Index(string(first), `"daemon"`), strings.Index(string(first), `"storage"`)
	if daemon < 0 || storage < daemon {
		t.Errorf("daemon is at %d, storage at %d", daemon, storage)
	}
}

// TestOverrideKeys: an override has the keys of a service, but for those that
// it refuses because the compose file decides about them.
func TestOverrideKeys(t *testing.T) {
	var want []string
	for _, name := range schema.Service.Names() {
		if r := schema.Override.Refusal(name); r == nil {
			want = append(want, name)
		}
	}
	if diff := cmp.Diff(want, schema.Override.Names()); diff != "" {
		t.Errorf("keys of an override:\n%s", diff)
	}
}
