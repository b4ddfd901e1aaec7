//go:build race

package main

// shrink makes the largest inputs smaller where the race detector slows the
// command down.
const shrink = 16
