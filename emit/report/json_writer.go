package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// A jsonWriter writes a JSON document value by value, so that a long report is never
// held as a whole. The document looks as if it were encoded at once.
type jsonWriter struct {
	out     *bufio.Writer // it remembers the first error
	indent  string        // of what stands in the innermost object or array
	started bool          // something stands in that
	encoded bytes.Buffer  // the value at hand
	encoder *json.Encoder // into encoded
	err     error         // the first one of encoding
}

func newJSONWriter(w io.Writer) *jsonWriter {
	j := &jsonWriter{out: bufio.NewWriter(w)}
	j.encoder = json.NewEncoder(&j.encoded)
	j.encoder.SetEscapeHTML(false)
	return j
}

// write writes a value, in an object with its key, in an array with "".
func (j *jsonWriter) write(key string, value any) {
	j.begin(key)
	j.encoded.Reset()
	j.encoder.SetIndent(j.indent, jsonIndent)
	if err := j.encoder.Encode(value); err != nil && j.err == nil {
		j.err = err
	}
	j.out.Write(escapeJSON(bytes.TrimSuffix(j.encoded.Bytes(), []byte("\n"))))
}

const jsonIndent = "  "

// open starts an object or an array, which the bracket says, with its key.
func (j *jsonWriter) open(key, bracket string) {
	j.begin(key)
	j.out.WriteString(bracket)
	j.indent += jsonIndent
	j.started = false
}

// close ends the innermost object or array.
func (j *jsonWriter) close(bracket string) {
	j.indent = j.indent[len(jsonIndent):]
	if j.started {
		j.out.WriteString("\n" + j.indent)
	}
	j.out.WriteString(bracket)
	j.started = true
}

// begin writes what stands in front of a value.
func (j *jsonWriter) begin(key string) {
	if j.started {
		j.out.WriteByte(',')
	}
	if j.indent != "" {
		j.out.WriteString("\n" + j.indent)
	}
	if key != "" {
		j.out.WriteString(`"` + key + `": `)
	}
	j.started = true
}

// end ends the document.
func (j *jsonWriter) end() error {
	j.out.WriteByte('\n')
	if j.err != nil {
		return j.err
	}
	return j.out.Flush()
}

// writeJSON writes a document that is one value.
func writeJSON(w io.Writer, doc any) error {
	j := newJSONWriter(w)
	j.write("", doc)
	return j.end()
}
