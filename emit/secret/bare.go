package secret

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// quotes may stand around a secret.
const quotes = `"'`

// placeholder is what stands in a value for another one: an expansion that
// supervisord knows, or a variable. It is no secret, and often what a finding is
// about.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`%\((?:ENV_\w+|here|host_node_name|program_name|group_name|process_num|numprocs)\)[-#0-9.+]*[a-zA-Z]?|\$\{(?:file:)?[A-Za-z_][\w./-]*\}`)
})

// bareParts returns what is left of a value between its quotes and
// placeholders.
func bareParts(content string, v Interval) []Interval {
	text := content[v.Start:v.End]
	v.Start += len(text) - len(strings.TrimLeft(text, quotes))
	v.End = max(v.Start, v.End-(len(text)-len(strings.TrimRight(text, quotes))))
	var list []Interval
	start := v.Start
	for _, m := range placeholder().FindAllStringIndex(content[v.Start:v.End], -1) {
		list = append(list, Interval{start, v.Start + m[0]})
		start = v.Start + m[1]
	}
	list = append(list, Interval{start, v.End})
	return slices.DeleteFunc(list, func(v Interval) bool { return v.Start == v.End })
}
