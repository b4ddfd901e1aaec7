// Package lexer turns the bytes of a supervisord configuration into lossless
// tokens. It follows Python's configparser as supervisord sets it up, up to
// Python 3.12: which line continues a value, where a comment starts, and what
// is a header all depend on the lines before, so the lexer keeps that state.
package lexer

// A Kind says what a token is.
type Kind uint8

const (
	// Space is white space inside a line that belongs to nothing else.
	Space Kind = iota
	// BOM is a UTF-8 byte order mark at the start of the file.
	BOM
	// Newline is LF, CRLF or a lone CR.
	Newline
	// Comment is a comment from its sign to the end of the line.
	Comment
	// Open is the "[" of a section header.
	Open
	// Name is the name in a section header, exactly as written.
	Name
	// Close is the "]" of a section header.
	Close
	// Junk is what follows the "]" of a header; supervisord drops it.
	Junk
	// Key is the key of an option, without the white space behind it.
	Key
	// Delim is the "=" or ":" of an option.
	Delim
	// Value is the value of an option on the line of its key. It is the
	// only token that may be empty.
	Value
	// Continuation is a further line of a value.
	Continuation
	// Bad is the content of a line that supervisord refuses.
	Bad
)

// String returns the name of the kind.
func (k Kind) String() string {
	return [...]string{
		"Space", "BOM", "Newline", "Comment", "Open", "Name", "Close",
		"Junk", "Key", "Delim", "Value", "Continuation", "Bad",
	}[k]
}

// A Token is a piece of the file, [Start, End) in bytes. The tokens of a file
// tile it: each starts where the one before ends.
type Token struct {
	Kind       Kind
	Start, End int32
}
