// Command probe prints the arguments that it got, with NULs between.
package main

import (
	"os"
	"strings"
)

func main() {
	if _, err := os.Stdout.WriteString(strings.Join(os.Args, "\x00")); err != nil {
		os.Exit(1)
	}
}
