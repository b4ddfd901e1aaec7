package report

import "github.com/runwisp/runwisp/emit/secret"

// Conceal masks what looks like a secret in a text of somebody else, unless
// secrets are to be shown.
func Conceal(text string, opts Options) string {
	if opts.ShowSecrets {
		return text
	}
	return secret.Mask(text, secret.InText(text))
}
