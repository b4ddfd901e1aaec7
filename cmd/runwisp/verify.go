package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/runwisp/runwisp"
	"github.com/runwisp/runwisp/internal/say"
	"github.com/runwisp/runwisp/ir/diag"
	"github.com/runwisp/runwisp/oracle"
	"github.com/runwisp/runwisp/passes"
)

// ask asks the installed supervisord about the one input, adds what differs to
// the import and returns the outcome in a line; "" without --verify.
func (c *importCommand) ask(inputs []passes.Input, opts passes.Options, im *runwisp.Imported) (string, error) {
	if !c.verify {
		return "", nil
	}
	if len(inputs) != 1 || inputs[0].Path == "" {
		return "", errors.New("--verify needs exactly one file, since supervisord reads no more; name the main one")
	}
	engine, err := oracle.Find(c.supervisor)
	if errors.Is(err, exec.ErrNotFound) && c.supervisor == "" {
		return "", errors.New("no supervisord found to verify against: install it, or name one with --supervisord PATH")
	}
	var missing *exec.Error
	if errors.As(err, &missing) {
		return "", fmt.Errorf("cannot verify: %s: %w; name an installed one with --supervisord PATH", missing.Name, say.Reason(missing.Err))
	}
	if err != nil {
		return "", fmt.Errorf("cannot verify: %w", err)
	}
	v, err := runwisp.Verify(context.Background(), engine, inputs[0], opts, oracle.Environ())
	if err != nil {
		return "", fmt.Errorf("cannot verify: %w", err)
	}
	v.AddTo(im)
	c.unverified = v.Refusal != "" && diag.Count(im.Diagnostics, diag.Error) > 0
	return v.Message(engine.Supervisor), nil
}
