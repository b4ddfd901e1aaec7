package passes

// A listing is a file system that lists each directory once, however many
// patterns look into it. What cannot be listed is empty.
type listing struct {
	FileSystem
	names map[string][]string // in the directories that were listed
}

// ReadDir implements FileSystem, but for one goroutine.
func (l *listing) ReadDir(path string) ([]string, error) {
	names, listed := l.names[path]
	if !listed {
		var err error
		if names, err = l.FileSystem.ReadDir(path); err != nil {
			names = nil
		}
		l.names[path] = names
	}
	return names, nil
}
