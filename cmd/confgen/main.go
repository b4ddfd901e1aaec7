// Command confgen writes a large supervisord configuration for measuring.
//
//	go run ./cmd/confgen -programs 100000 > large.conf
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/runwisp/runwisp/oracle/confgen"
)

func main() {
	programs := flag.Int("programs", 100_000, "write that many programs")
	flag.Parse()
	if err := confgen.Large(os.Stdout, *programs); err != nil {
		fmt.Fprintln(os.Stderr, "confgen:", err)
		os.Exit(1)
	}
}
