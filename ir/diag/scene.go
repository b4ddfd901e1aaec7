package diag

// A Scene is what has to be around an example for it to raise its code. The
// zero Scene is that of an example which stands alone.
type Scene struct {
	// Files lie around the example.
	Files []SceneFile
	// Piped is set where the example comes from standard input.
	Piped bool
	// Resolve is set where the switch --resolve is given.
	Resolve bool
	// ReadAs is what the installed supervisord takes the example for, with
	// the switch --verify: it answers as if it read this. It is "" where
	// supervisord is not asked.
	ReadAs string
}

// A SceneFile is a file around an example.
type SceneFile struct {
	// Path is counted from the folder of the example.
	Path    string
	Content string
}
