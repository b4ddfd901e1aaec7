package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"

	"github.com/runwisp/runwisp/passes"
)

// newFileMode is the mode of an output file that did not exist, before umask.
const newFileMode = 0o644

// toStdout reports whether the TOML goes to standard output.
func (c *importCommand) toStdout() bool { return c.output == "" || c.output == stdinArg }

// checkOutput refuses to write over one of the inputs.
func (c *importCommand) checkOutput(inputs []passes.Input) error {
	if c.toStdout() {
		return nil
	}
	out, err := os.Stat(c.output)
	if err != nil {
		return nil // it does not exist; writing will tell
	}
	if out.IsDir() {
		return fmt.Errorf("cannot write %s: is a directory", c.output)
	}
	for _, in := range inputs {
		if info, err := os.Stat(in.Path); err == nil && os.SameFile(out, info) {
			return fmt.Errorf("output %s is also an input", c.output)
		}
	}
	return nil
}

// write writes the TOML to standard output, or to the output file as a whole
// or not at all.
func (c *importCommand) write(toml []byte) error {
	if c.toStdout() {
		if _, err := c.out.Write(toml); err != nil {
			return fmt.Errorf("cannot write to standard output: %w", reason(err))
		}
		return nil
	}
	if err := c.writeFile(toml); err != nil {
		return fmt.Errorf("cannot write %s: %w", c.output, reason(err))
	}
	return nil
}

var errDiffers = errors.New("it exists with other content; pass --force to overwrite it")

func (c *importCommand) writeFile(toml []byte) error {
	path, err := filepath.EvalSymlinks(c.output) // a link stays a link
	if errors.Is(err, fs.ErrNotExist) {
		path = c.output
	} else if err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return renameio.WriteFile(path, toml, newFileMode)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return writeDevice(path, toml)
	}
	old, err := os.ReadFile(path)
	switch {
	case err != nil:
		return err
	case bytes.Equal(old, toml):
		return nil
	case !c.force:
		return errDiffers
	}
	return renameio.WriteFile(path, toml, info.Mode().Perm(), renameio.WithExistingPermissions())
}

// writeDevice writes to what is no regular file: a pipe, a terminal.
func writeDevice(path string, toml []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(toml)
	return errors.Join(err, f.Close())
}
