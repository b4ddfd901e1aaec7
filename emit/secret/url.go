package secret

import "strings"

// urlPasswords returns the passwords of URLs: what stands between the colon and
// the last @ of "scheme://user:password@host".
func urlPasswords(content string) []Interval {
	var list []Interval
	for at := 0; ; {
		n := strings.Index(content[at:], "://")
		if n < 0 {
			return list
		}
		at += n + len("://")
		authority := content[at:]
		if end := strings.IndexAny(authority, " \t\r\n\"'`<>/?#"); end >= 0 {
			authority = authority[:end]
		}
		host := strings.LastIndexByte(authority, '@')
		user := strings.IndexByte(authority, ':')
		if 0 <= user && user < host {
			list = append(list, Interval{at + user + 1, at + host})
		}
	}
}
