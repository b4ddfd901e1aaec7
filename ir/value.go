package ir

import "github.com/runwisp/runwisp/ir/source"

// A ValueKind says which field of a Value counts.
type ValueKind uint8

const (
	// StringValue is Text.
	StringValue ValueKind = iota
	// IntegerValue is Int.
	IntegerValue
	// BooleanValue is true where Int is not 0.
	BooleanValue
	// IntegersValue is Ints.
	IntegersValue
	// SecondsValue is a duration of Int seconds.
	SecondsValue
	// CommandValue is Command, until that is turned into shell text.
	CommandValue
)

// A Value is what stands behind the equals sign of an entry.
type Value struct {
	Kind ValueKind
	Text string
	Int  int64
	Ints []int64
	// Command is what Text was made of, where that is shell text and was not
	// plain.
	Command *Command
}

// String makes a Value of a text.
func String(s string) Value { return Value{Kind: StringValue, Text: s} }

// Integer makes a Value of a number.
func Integer(n int64) Value { return Value{Kind: IntegerValue, Int: n} }

// Boolean makes a Value of a truth value.
func Boolean(b bool) Value {
	if b {
		return Value{Kind: BooleanValue, Int: 1}
	}
	return Value{Kind: BooleanValue}
}

// Seconds makes a Value of a duration.
func Seconds(n int64) Value { return Value{Kind: SecondsValue, Int: n} }

// Integers makes a Value of a list of numbers.
func Integers(list []int64) Value { return Value{Kind: IntegersValue, Ints: list} }

// A Command is the command of a program before it is turned into shell text.
type Command struct {
	Text  source.Text
	Holes []Hole
	// Finished are the words that are finished, in order. Every other word
	// is still to be held against the shell.
	Finished []FinishedWord
	// Advised is what TODOs advise to write into it, with a blank behind each.
	Advised string
}

// A FinishedWord is a word of a command as the shell is to read it.
type FinishedWord struct {
	// Start is where the word starts in the text of the command.
	Start int
	Text  string
}
