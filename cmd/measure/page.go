package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
)

// The lines of a page between which the figures stand.
const (
	figuresStart = "<!-- Figures of cmd/measure: do not edit. -->\n"
	figuresEnd   = "<!-- End of the figures. -->\n"
)

// replaceFigures returns a page with other figures.
func replaceFigures(page, figures string) (string, error) {
	head, rest, ok := strings.Cut(page, figuresStart)
	_, tail, okEnd := strings.Cut(rest, figuresEnd)
	if !ok || !okEnd {
		return "", errors.New("it has no place for the figures")
	}
	return head + figuresStart + "\n" + strings.TrimSpace(figures) + "\n\n" + figuresEnd + tail, nil
}

// machine says what it was measured with.
func (m *measurement) machine() error {
	fmt.Fprintf(m, "Measured with %s on %s/%s, %d cores.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	return nil
}

// row writes a row of a table.
func (m *measurement) row(cells ...string) {
	m.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// header writes the head of a table, with all columns but the first aligned to
// the right.
func (m *measurement) header(cells ...string) {
	m.row(cells...)
	m.WriteString("|---" + strings.Repeat("|--:", len(cells)-1) + "|\n")
}

// seconds formats a duration with three digits or so: "44 s", "0.35 s", "8.4 ms".
func seconds(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	case d < 10*time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

// mega formats a number of bytes in millions.
func mega(bytes float64) string {
	if bytes < 10e6 {
		return fmt.Sprintf("%.1f", bytes/1e6)
	}
	return fmt.Sprintf("%.0f", bytes/1e6)
}
