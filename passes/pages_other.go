//go:build !linux

package passes

// useLargePages does nothing: other systems use large pages by themselves, or
// not at all.
func useLargePages([]byte) {}
