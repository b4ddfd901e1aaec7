package oracle

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/ir/source"
	"github.com/runwisp/runwisp/passes"
)

// read returns our answer to a configuration.
func read(t *testing.T, content string) Answer {
	t.Helper()
	in := passes.Input{File: source.NewFile("supervisord.conf", content), Path: "supervisord.conf", Dir: "/conf"}
	result := passes.Run([]passes.Input{in}, passes.Options{Environ: map[string]string{}})
	return Ours(result.Config, result.Diagnostics)
}

const sample = `[supervisord]
environment=A=1
[group:site]
programs=web,job
[program:web]
command=/bin/web
umask=027
[program:job]
command=/bin/job
[program:alone]
command=/bin/alone
environment=B=2
`

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string // of theirs, where the sample has old and not new
	}{
		{"nothing", "", "", nil},
		{"section of nobody", "", "[x]\n", nil},
		{"command", "/bin/web", "/bin/other", []string{
			`supervisord.conf:6:1 site:web: command is ["/bin/web"] here, supervisord has ["/bin/other"]`,
		}},
		{"umask", "umask=027", "", []string{`supervisord.conf:7:1 site:web: umask is "0o27" here, supervisord has null`}},
		{"default", "command=/bin/job", "command=/bin/job\nstartsecs=5", []string{
			`supervisord.conf:8:2 site:job: startsecs is 1 here, supervisord has 5`,
		}},
		{"variable", "B=2", `B="<2>",C=3`, []string{
			`supervisord.conf:12:1 alone: environment.B is "2" here, supervisord has "<2>"`,
			`supervisord.conf:12:1 alone: environment.C is null here, supervisord has "3"`,
		}},
		{"group", "[program:alone]", "[program:other]", []string{
			`supervisord.conf:10:2 alone: group is "program" here, supervisord has nothing`,
			`- other: group is nothing here, supervisord has "program"`,
		}},
		{"kind", "[program:alone]", "[eventlistener:alone]\nevents=EVENT\npriority=999", []string{
			`supervisord.conf:10:2 alone: kind is "program" here, supervisord has "eventlistener"`,
			`supervisord.conf:10:2 alone: section is "program:alone" here, supervisord has "eventlistener:alone"`,
		}},
		{"process", "programs=web,job", "programs=web", []string{
			`supervisord.conf:8:2 site:job: process is "program:job" here, supervisord has nothing`,
			`- job: group is nothing here, supervisord has "program"`,
		}},
		{"order", "programs=web,job", "programs=job,web", []string{
			`- order is ["alone","site:web","site:job"] here, supervisord has ["alone","site:job","site:web"]`,
		}},
		{"refused", "umask=027", "umask=x", []string{
			`- accepted is true here, supervisord has "umask: expected an octal number, got \"x\""`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range Compare(read(t, sample), read(t, strings.Replace(sample, c.old, c.new, 1))) {
				got = append(got, d.Span.String()+" "+d.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestShadowedGroups tells two groups of one name apart.
func TestShadowedGroups(t *testing.T) {
	content := sample + "[program:site]\ncommand=/bin/site\npriority=1\n"
	theirs := read(t, content)
	if got := Compare(read(t, content), theirs); got != nil {
		t.Errorf("an answer differs from itself: %v", got)
	}
	theirs.Groups[len(theirs.Groups)-1].Shadowed = false
	got := Compare(read(t, content), theirs)
	if len(got) != 1 || got[0].Program != "site (2)" || got[0].Field != "shadowed" {
		t.Errorf("got %v", got)
	}
}

// TestCompareSeesEveryField changes each field of a process.
func TestCompareSeesEveryField(t *testing.T) {
	process := reflect.TypeFor[Process]()
	for i := range process.NumField() {
		field := process.Field(i)
		if field.Tag.Get("json") == "-" {
			continue
		}
		t.Run(field.Name, func(t *testing.T) {
			theirs := read(t, sample)
			change(t, reflect.ValueOf(&theirs.Groups[0].Processes[0]).Elem().Field(i))
			if Compare(read(t, sample), theirs) == nil {
				t.Error("no difference")
			}
		})
	}
}

// change gives a field another value.
func change(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Slice:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	case reflect.Map:
		v.SetMapIndex(reflect.ValueOf("X"), reflect.ValueOf("1"))
	default:
		t.Fatalf("no way to change a %s", v.Kind())
	}
}
