package report

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/runwisp/runwisp/emit/secret"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/ir/source"
)

const (
	sarifSchema    = "https://json.schemastore.org/sarif-2.1.0.json"
	sarifVersion   = "2.1.0"
	informationURI = "https://github.com/runwisp/runwisp"
)

// fingerprintKey names the way in which our fingerprints are made.
const fingerprintKey = "runwisp/v1"

// SARIF writes diagnostics as a SARIF 2.1.0 log, as code-scanning services
// take it; its levels are called as our severities are. Columns count code
// points. Paths of files become URIs, relative where the files were named so. Of
// the options only ShowSecrets counts.
func SARIF(w io.Writer, list []*diag.Diagnostic, opts Options) error {
	rules, index := sarifRulesOf(list)
	masker, remover := newMasker(list, opts), newMasker(list, Options{})
	seen := map[[16]byte]int{} // by fingerprint: equal findings are numbered
	j := newJSONWriter(w)
	j.open("", "{")
	j.write("$schema", sarifSchema)
	j.write("version", sarifVersion)
	j.open("runs", "[")
	j.open("", "{")
	j.write("tool", sarifTool{sarifDriver{Name: "runwisp", InformationURI: informationURI, Rules: rules}})
	j.write("columnKind", "unicodeCodePoints")
	j.open("results", "[")
	for _, d := range list {
		result, hash := sarifResultOf(masker.Diagnostic(d), index[d.Code]), fingerprint(d, remover)
		seen[hash]++
		result.Fingerprints = map[string]string{fingerprintKey: fmt.Sprintf("%x:%d", hash, seen[hash])}
		j.write("", result)
	}
	j.close("]")
	j.close("}")
	j.close("]")
	j.close("}")
	return j.end()
}

// sarifRulesOf returns the rules of diagnostics, and where they are in the list.
func sarifRulesOf(list []*diag.Diagnostic) ([]sarifRule, map[diag.Code]int) {
	rules, index := []sarifRule{}, map[diag.Code]int{}
	for _, d := range list {
		if _, ok := index[d.Code]; !ok {
			index[d.Code] = len(rules)
			rules = append(rules, sarifRuleOf(d.Code.Rule()))
		}
	}
	return rules, index
}

func sarifRuleOf(r *diag.Rule) sarifRule {
	return sarifRule{
		ID:                   r.Code,
		ShortDescription:     sarifText{Text: r.Title},
		FullDescription:      sarifText{Text: r.Explanation},
		Help:                 sarifHelp(r),
		DefaultConfiguration: sarifConfiguration{r.Severity.String()},
	}
}

// sarifHelp explains a rule with its example.
func sarifHelp(r *diag.Rule) sarifText {
	help := sarifText{Text: r.Explanation + "\n", Markdown: r.Explanation + "\n" + exampleMarkdown(r)}
	for _, part := range exampleParts(r) {
		help.Text += "\n" + part.title + ":\n\n" + part.text
	}
	return help
}

func sarifResultOf(d *diag.Diagnostic, rule int) sarifResult {
	text := d.Message
	if d.Hint != "" {
		text += ". " + d.Hint
	}
	out := sarifResult{
		RuleID:    d.Code,
		RuleIndex: rule,
		Level:     d.Severity.String(),
		Message:   sarifText{Text: text},
	}
	if d.Span.IsValid() {
		out.Locations = []sarifLocation{sarifPlace(d.Span)}
	}
	if d.Fix != nil {
		out.Fixes = []sarifFix{sarifFixOf(d)}
	}
	for i, r := range d.Related {
		place := sarifPlace(r.Span)
		place.ID, place.Message = i+1, &sarifText{Text: r.Message}
		out.Related = append(out.Related, place)
	}
	return out
}

// sarifFixOf describes the change that settles a finding.
func sarifFixOf(d *diag.Diagnostic) sarifFix {
	return sarifFix{
		Description: sarifText{Text: cmp.Or(d.Hint, d.Message)},
		Changes: []sarifChange{{
			Artifact: sarifArtifact{fileURI(d.Fix.Span.File.Name)},
			Replacements: []sarifReplacement{{
				Deleted:  sarifRegionOf(d.Fix.Span),
				Inserted: sarifContent{d.Fix.Text},
			}},
		}},
	}
}

func sarifPlace(span source.Span) sarifLocation {
	return sarifLocation{Physical: sarifPhysical{
		Artifact: sarifArtifact{fileURI(span.File.Name)},
		Region:   sarifRegionOf(span),
	}}
}

func sarifRegionOf(span source.Span) sarifRegion {
	start, end := span.StartPosition(), span.EndPosition()
	return sarifRegion{
		StartLine: start.Line, StartColumn: start.Column,
		EndLine: end.Line, EndColumn: end.Column,
		ByteOffset: start.Offset, ByteLength: span.Len(),
	}
}

// fileURI returns the URI of a file: of a relative path a relative one.
func fileURI(name string) string {
	name = filepath.ToSlash(name)
	switch {
	case name == source.Stdin:
		return "stdin"
	case strings.HasPrefix(name, "/"):
		return (&url.URL{Scheme: "file", Path: name}).String()
	}
	return (&url.URL{Path: strings.TrimPrefix(name, "./")}).String()
}

// fingerprint tells a finding from others without its place, so that it stays
// the same when lines move: it is made of the code, the subject and the text.
// Secrets are no part of it, so the remover is a masker that shows none: a short
// one could be guessed from its hash.
func fingerprint(d *diag.Diagnostic, remover *secret.Masker) [16]byte {
	text := secret.Remove(d.Span.Text(), remover.In(d.Span))
	sum := sha256.Sum256([]byte(strings.Join([]string{string(d.Code), shorten(d.Subject.String()), text}, "\x00")))
	return [16]byte(sum[:])
}
