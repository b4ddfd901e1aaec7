//go:build !linux

package pages

// useLarge does nothing: other systems choose their pages themselves.
func useLarge([]byte) {}
