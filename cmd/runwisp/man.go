package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runwisp/runwisp/internal/say"
)

// manPages are the man pages of all commands. They are generated from the
// commands by a test, since what generates them would slow down every start.
//
//go:embed man/*.1
var manPages embed.FS

// newMan makes the command that writes the man pages for packages. It is
// hidden: people read the pages.
func newMan() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the man pages of all commands",
		Example: "  runwisp man /usr/share/man/man1",
		Hidden:  true,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("man needs the directory to write to: runwisp man DIR")
			}
			return writeManPages(args[0])
		},
	}
}

// writeManPages writes the man pages into a directory, which is made if need be.
func writeManPages(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("cannot make %s: %w", dir, say.Reason(err))
	}
	return fs.WalkDir(manPages, "man", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		page, err := manPages.ReadFile(path)
		if err != nil {
			return err
		}
		path = filepath.Join(dir, entry.Name())
		if err := os.WriteFile(path, page, newFileMode); err != nil {
			return fmt.Errorf("cannot write %s: %w", path, say.Reason(err))
		}
		return nil
	})
}
