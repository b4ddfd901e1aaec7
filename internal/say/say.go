// Package say holds what messages of several rooms are made of.
package say

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Count returns a number with its noun: "1 program", "2 programs".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Or lists words to choose from: "a", "a or b", "a, b or c".
func Or(words []string) string {
	last := len(words) - 1
	if last <= 0 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Reason takes the paths out of an error of package os, which is to be printed
// behind the path anyway. Other errors are returned as they are.
func Reason(err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		return pathError.Err
	case errors.As(err, &linkError):
		return linkError.Err
	}
	return err
}
