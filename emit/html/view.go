package html

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"path/filepath"

	"github.com/runwisp/runwisp/emit"
	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
)

// A view is what the template fills in.
type view struct {
	Title  string
	Policy string
	Style  template.CSS
	Script template.JS

	Programs []programRow
	Legend   []markMeaning
	TODOs    string
	Levels   []levelCount
	// General are the findings that are at no line of the source, Urgent
	// those that need a human.
	General, Urgent []finding
	Masked          bool

	Source, TOML []cell
}

// A levelCount is one of the filters.
type levelCount struct {
	Level level
	Count int
	Shown bool
	noun  string
}

// Label counts the findings of the level in words.
func (c levelCount) Label() string { return say.Count(c.Count, c.noun) }

// A programRow is a row of the summary.
type programRow struct {
	Mark, Meaning string
	Name          []piece
	Detail        string
	Place         string
}

// A markMeaning says in words what a mark of programs stands for.
type markMeaning struct{ Mark, Meaning string }

// meanings say what the statuses mean.
var meanings = [emit.NumStatuses]string{
	emit.Clean:       "clean",
	emit.Changed:     "worth a look",
	emit.HasTODO:     "has a TODO",
	emit.NotImported: "not imported",
}

// legend explains the marks, the better ones first.
func legend() []markMeaning {
	list := make([]markMeaning, emit.NumStatuses)
	for status, meaning := range meanings {
		list[status] = markMeaning{emit.Status(status).Mark(), meaning}
	}
	return list
}

// A viewer holds what is looked up while a view is made.
type viewer struct {
	in     Input
	toml   *tomlFile
	target string
	links  *links
	masker *secret.Masker
	marks  map[place][]mark
	// todos are the output lines of the diagnostics that are TODOs.
	todos    map[*diag.Diagnostic][]int
	findings map[place][]finding
}

func newView(in Input) *view {
	v := &viewer{in: in, toml: newTOMLFile(in.Output), masker: secret.NewMasker(in.ShowSecrets, diag.Supervisord), target: cmp.Or(in.Target, "runwisp.toml")}
	v.links = newLinks(in.Files, v.toml.count, in.Output.Lines)
	v.marks = v.links.marksOf(in.Diagnostics)
	v.todos = in.Output.TODOLines()
	out := &view{Title: v.title(), Masked: !in.ShowSecrets, TODOs: say.Count(in.Output.CountTODOs(), "TODO"), Levels: levels(in.Diagnostics)}
	v.sortFindings(out)
	v.programs(out)
	v.columns(out)
	out.addAssets()
	return out
}

func (v *viewer) title() string {
	if len(v.in.Files) == 0 {
		return plain(v.target)
	}
	return plain(filepath.Base(v.in.Files[0].Name) + " → " + filepath.Base(v.target))
}

// levels returns the filters: a level of which there is nothing needs none.
func levels(diagnostics []*diag.Diagnostic) []levelCount {
	all := []levelCount{
		{Level: failure, noun: "error", Shown: true},
		{Level: warning, noun: "warning", Shown: true},
		{Level: note, noun: "note", Shown: true},
		{Level: quiet, noun: "quiet note"},
	}
	for _, d := range diagnostics {
		all[failure-levelOf(d)].Count++
	}
	var some []levelCount
	for _, c := range all {
		if c.Count > 0 {
			some = append(some, c)
		}
	}
	return some
}

// sortFindings puts each finding to its line, and to the summary where it
// belongs there.
func (v *viewer) sortFindings(out *view) {
	v.findings = make(map[place][]finding)
	for _, d := range v.in.Diagnostics {
		f := v.finding(d)
		if places := v.links.places(d.Span); len(places) > 0 {
			v.findings[places[0]] = append(v.findings[places[0]], f)
		} else {
			out.General = append(out.General, f)
		}
		if f.Level >= warning {
			out.Urgent = append(out.Urgent, f)
		}
	}
}

func (v *viewer) programs(out *view) {
	out.Legend = legend()
	for _, p := range v.in.Programs {
		place, _ := v.place(p.Header)
		out.Programs = append(out.Programs, programRow{
			Mark: p.Status.Mark(), Meaning: meanings[p.Status], Name: pieces(p.Name, nil, nil), Detail: plain(p.Detail), Place: place,
		})
	}
}

// addAssets puts in the style and the script, and the policy that allows these
// two and nothing else.
func (out *view) addAssets() {
	out.Style = template.CSS(pageStyle + fmt.Sprintf("\n@media screen and (min-width: 801px), print {\n\t.sides { grid-template-rows: repeat(%d, auto); }\n}\n", len(out.Source)))
	out.Script = template.JS(pageScript)
	out.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
		hash(string(out.Style)), hash(pageScript))
}

// hash returns the name by which a policy knows an inline asset.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
