// Package pages puts large slices on large pages of memory, where the system
// has them. What fills 100 MB on pages of 4 KB waits for the system 25,000
// times, and then for the tables of pages at every jump.
package pages

import "unsafe"

// Make returns n zero values, as make does. It is for slices of some megabytes and
// more: the kernel has no large page for others.
func Make[T any](n int) []T {
	s := make([]T, n)
	useLarge(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), uintptr(n)*unsafe.Sizeof(*new(T))))
	return s
}
