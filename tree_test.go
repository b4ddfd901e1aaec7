package runwisp_test

import (
	"io/fs"
	"path"
	"slices"
)

// treeFiles is a file system in memory in which a folder may hold very many
// files: nothing looks at all of them but the listing of a folder.
type treeFiles struct {
	content map[string]string   // by clean absolute path
	names   map[string][]string // of what is in a folder
}

func newTree(content map[string]string) treeFiles {
	t := treeFiles{content: content, names: map[string][]string{"/": nil}}
	for name := range content {
		t.add(name)
	}
	return t
}

// add puts a file or folder into the one above.
func (t treeFiles) add(name string) {
	dir, base := path.Split(name)
	dir = path.Clean(dir)
	if _, known := t.names[dir]; !known {
		t.add(dir)
	}
	t.names[dir] = append(t.names[dir], base)
}

// ReadFile implements passes.FileSystem.
func (t treeFiles) ReadFile(name string) (string, error) {
	content, ok := t.content[path.Clean(name)]
	if !ok {
		return "", fs.ErrNotExist
	}
	return content, nil
}

// ReadDir implements passes.FileSystem.
func (t treeFiles) ReadDir(name string) ([]string, error) {
	names, ok := t.names[path.Clean(name)]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return slices.Sorted(slices.Values(names)), nil
}

// Exists implements passes.FileSystem.
func (t treeFiles) Exists(name string) bool {
	_, file := t.content[path.Clean(name)]
	return file || t.IsDir(name)
}

// IsDir implements passes.FileSystem.
func (t treeFiles) IsDir(name string) bool {
	_, ok := t.names[path.Clean(name)]
	return ok
}
