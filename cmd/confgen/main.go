// Command confgen writes a large supervisord configuration for measuring.
//
//	go run ./cmd/confgen -programs 100000 > large.conf
//	go run ./cmd/confgen -programs 100000 -plain > plain.conf
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/runwisp/runwisp/oracle/confgen"
)

func main() {
	programs := flag.Int("programs", 100_000, "write that many programs")
	plain := flag.Bool("plain", false, "leave out quotes, open expansions and values over several lines")
	flag.Parse()
	write := confgen.Large
	if *plain {
		write = confgen.Plain
	}
	if err := write(os.Stdout, *programs); err != nil {
		fmt.Fprintln(os.Stderr, "confgen:", err)
		os.Exit(1)
	}
}
