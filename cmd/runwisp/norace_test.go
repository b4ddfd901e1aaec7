//go:build !race

package main

const shrink = 1
