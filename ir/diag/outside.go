package diag

// An Outside is a text that a message quotes from elsewhere than the source.
type Outside struct {
	// Name is what the text is the value of, such as a variable. Where it
	// promises a secret, reports hide all of the text, and otherwise what looks
	// like a secret in it.
	Name string
	Text string
}
