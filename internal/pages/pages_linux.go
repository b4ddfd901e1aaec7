package pages

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// size is that of a large page on most machines.
const size = 2 << 20

// useLarge asks the kernel to put memory that was not written yet on large
// pages: all that it covers whole.
func useLarge(memory []byte) {
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(memory))) % size
	if start < uintptr(len(memory)) {
		_ = unix.Madvise(memory[start:], unix.MADV_HUGEPAGE) // a hint; it may be refused
	}
}
