package report

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/source"
)

// maxLines is how many lines of a span are shown; of a longer one the first
// two and the last.
const maxLines = 4

// minRoom is how many columns of a line are shown in the narrowest terminal.
const minRoom = 8

// gap stands among line numbers for lines that are left out.
const gap = 0

// snippet writes the source lines of a span with carets under its bytes, below
// the header of their section. It returns the width of the line numbers.
func (p *printer) snippet(span source.Span, s style) int {
	if span.Len() == 0 && span.Start == 0 {
		return 1 // the file as a whole
	}
	numbers := spanLines(span)
	numbers = append(p.headerLines(span, numbers[0]), numbers...)
	gutter := len(strconv.Itoa(numbers[len(numbers)-1]))
	p.gutterLine(gutter, "", "")
	for _, n := range numbers {
		if n == gap {
			p.printf("%s\n", p.paint(blue, "..."))
			continue
		}
		p.sourceLine(gutter, n, span, s)
	}
	return gutter
}

// spanLines returns the numbers of the lines to show of a span.
func spanLines(span source.Span) []int {
	first := span.File.LineNumber(span.Start)
	last := span.File.LineNumber(max(span.Start, span.End-1))
	if last-first >= maxLines {
		return []int{first, first + 1, gap, last}
	}
	var numbers []int
	for n := first; n <= last; n++ {
		numbers = append(numbers, n)
	}
	return numbers
}

// headerLines returns what is shown above the first line of a span: the header
// of its section, if that is another line.
func (p *printer) headerLines(span source.Span, first int) []int {
	switch header := p.header(span); header {
	case 0, first:
		return nil
	case first - 1:
		return []int{header}
	default:
		return []int{header, gap}
	}
}

// gutterLine writes a line with its number, which may be empty.
func (p *printer) gutterLine(gutter int, number, text string) {
	head := " " + strings.Repeat(" ", gutter-len(number)) + number + " |"
	p.out.WriteString(p.paint(blue, head))
	if text != "" {
		p.out.WriteString(" " + text)
	}
	p.out.WriteByte('\n')
}

// sourceLine writes a line of a file, and carets under what a span covers of
// it.
func (p *printer) sourceLine(gutter, number int, span source.Span, s style) {
	room := max(p.opts.Width-gutter-4, minRoom)
	text, start := span.File.Line(number)
	text, start = clip(text, start, span, room)
	line := p.layout(span.File, text, start)
	from, to := line.marked(span)
	line, from, to = line.window(from, to, room)
	p.gutterLine(gutter, strconv.Itoa(number), strings.TrimRight(line.text(), " "))
	if from < 0 {
		return
	}
	carets := strings.Repeat("^", max(1, line[from:to].width()))
	p.gutterLine(gutter, "", strings.Repeat(" ", line[:from].width())+p.paint(s, carets))
}

// sectionHeaders returns a function that finds the header line of the section
// that a span of a supervisord configuration lies in.
func sectionHeaders(config *ir.Config) func(source.Span) int {
	return func(span source.Span) int {
		if part := config.PartAt(span); part != nil {
			return part.Span.StartPosition().Line
		}
		return 0
	}
}

// tableHeader matches the header of a TOML table, and hardly any line of a
// script in a string of several lines.
var tableHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*\[\[?[^\s\[\]=](?:[^\[\]=]*[^\s\[\]=])?\]\]?[ \t]*(?:#.*)?$`)
})

// tableHeaders returns a function that finds the header line of the table that a
// span of a runwisp.toml lies in. It goes through a file only once: each line of
// a long table may have a finding.
func tableHeaders() func(source.Span) int {
	known := map[*source.File][]int{}
	return func(span source.Span) int {
		if _, ok := known[span.File]; !ok {
			known[span.File] = tableHeaderLines(span.File)
		}
		lines := known[span.File]
		if n := sort.SearchInts(lines, span.File.LineNumber(span.Start)+1); n > 0 {
			return lines[n-1]
		}
		return 0
	}
}

// tableHeaderLines returns the lines of a runwisp.toml that are headers.
func tableHeaderLines(file *source.File) []int {
	var lines []int
	for n := range file.LineNumber(file.Size()) {
		line, _ := file.Line(n + 1)
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "[") && tableHeader().MatchString(line) {
			lines = append(lines, n+1)
		}
	}
	return lines
}
