package secret

import "strings"

// urlPasswords returns the passwords of URLs: what stands between the colon and
// the last @ of "scheme://user:password@host".
func urlPasswords(content string) []Interval {
	var list []Interval
	for at := nextAuthority(content, 0); at < len(content); {
		next := nextAuthority(content, at)
		rest := upTo(content[at:next], " \t\r\n\"'`<>")
		if start, end, ok := urlPassword(rest); ok {
			list = append(list, Interval{at + start, at + end})
		}
		at = next
	}
	return list
}

// nextAuthority returns where what follows the next scheme of a URL starts, or the
// end of the content.
func nextAuthority(content string, at int) int {
	if n := strings.Index(content[at:], "://"); n >= 0 {
		return at + n + len("://")
	}
	return len(content)
}

// urlPassword returns the bounds of the password in what stands behind the
// scheme of a URL. It may hold what should have been escaped: then what is
// behind the colon is no port.
func urlPassword(rest string) (start, end int, ok bool) {
	authority := upTo(rest, "/?#")
	start = strings.IndexByte(authority, ':') + 1
	if start == 0 {
		return 0, 0, false
	}
	if end = strings.LastIndexByte(authority, '@'); end < 0 && !isPort(authority[start:]) {
		end = strings.LastIndexByte(rest, '@')
	}
	return start, end, start <= end
}

// isPort reports whether a text may be the port of a URL: a number, the rest of
// an address in brackets, or a variable.
func isPort(text string) bool {
	return strings.Trim(text, "0123456789") == "" || strings.ContainsAny(text, "]$") || strings.Contains(text, "%(")
}

// upTo returns a text up to the first of some characters.
func upTo(text, chars string) string {
	if n := strings.IndexAny(text, chars); n >= 0 {
		return text[:n]
	}
	return text
}
