package passes

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// largePage is the size of a large page on most machines.
const largePage = 2 << 20

// useLargePages asks the kernel to put memory that was not written yet on large
// pages. Where it has none, that changes nothing.
func useLargePages(buf []byte) {
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(buf))) % largePage
	if start < uintptr(len(buf)) {
		_ = unix.Madvise(buf[start:], unix.MADV_HUGEPAGE) // a hint; it may be refused
	}
}
