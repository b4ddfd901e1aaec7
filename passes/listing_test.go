package passes

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/memfs"
	"github.com/runwisp/runwisp/passes/glob"
)

// countedFiles counts how often each directory is listed.
type countedFiles struct {
	memfs.FS
	listed map[string]int
}

func (f countedFiles) ReadDir(dir string) ([]string, error) {
	f.listed[dir]++
	return f.FS.ReadDir(dir)
}

// TestListing: patterns that look into the same directory share its listing, and
// none spoils it for the next.
func TestListing(t *testing.T) {
	disk := countedFiles{memfs.FS{"/conf/a.conf": "", "/conf/b.conf": "", "/conf/c": ""}, map[string]int{}}
	files := &listing{FileSystem: disk, names: map[string][]string{}}
	for _, tt := range []struct {
		pattern string
		want    []string
	}{
		{"/conf/a*", []string{"/conf/a.conf"}},
		{"/conf/*.conf", []string{"/conf/a.conf", "/conf/b.conf"}},
		{"/conf/*", []string{"/conf/a.conf", "/conf/b.conf", "/conf/c"}},
	} {
		if diff := cmp.Diff(tt.want, glob.Glob(files, tt.pattern)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.pattern, diff)
		}
	}
	if diff := cmp.Diff(map[string]int{"/conf": 1}, disk.listed); diff != "" {
		t.Errorf("directories listed (-want +got):\n%s", diff)
	}
}
