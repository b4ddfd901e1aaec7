package memfs

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
)

var sample = FS{
	"/etc/main.conf":        "main",
	"/etc/conf.d/a.conf":    "a",
	"/etc/conf.d/off/b.txt": Unreadable,
	"conf.d/c.conf":         "c",
}

func TestReadFile(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		err           error
	}{
		{"/etc/main.conf", "main", nil},
		{"/etc/./conf.d/../main.conf", "main", nil},
		{"conf.d/c.conf", "c", nil},
		{"/etc/conf.d/off/b.txt", "", fs.ErrPermission},
		{"/etc/conf.d", "", errIsDir},
		{"/etc/conf", "", fs.ErrNotExist},
		{"c.conf", "", fs.ErrNotExist},
	} {
		content, err := sample.ReadFile(tt.name)
		if content != tt.content || !errors.Is(err, tt.err) {
			t.Errorf("%s holds %q, error %v", tt.name, content, err)
		}
	}
}

func TestReadDir(t *testing.T) {
	for dir, want := range map[string][]string{
		"/": {"etc"}, ".": {"conf.d"}, "/etc": {"conf.d", "main.conf"},
		"/etc/conf.d/": {"a.conf", "off"}, "/nowhere": nil, "/etc/conf": nil,
	} {
		if got, err := sample.ReadDir(dir); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s holds %q, error %v", dir, got, err)
		}
		if sample.IsDir(dir) != (want != nil) || sample.Exists(dir) != (want != nil) {
			t.Errorf("%s exists: %v", dir, sample.Exists(dir))
		}
	}
	if !sample.Exists("/etc/main.conf") || sample.IsDir("/etc/main.conf") {
		t.Error("a file is no file")
	}
}

func TestGlob(t *testing.T) {
	for pattern, want := range map[string][]string{
		"/etc/*":          {"/etc/conf.d", "/etc/main.conf"},
		"/etc/conf.d/*":   {"/etc/conf.d/a.conf", "/etc/conf.d/off"},
		"conf.d/*.conf":   {"conf.d/c.conf"},
		"/etc/*/off/*.tx": nil,
	} {
		if got, err := sample.Glob(pattern); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s matches %q, error %v", pattern, got, err)
		}
	}
	if _, err := sample.Glob("[/etc"); err == nil {
		t.Error("a malformed pattern is none")
	}
}
