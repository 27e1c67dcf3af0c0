package app

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chasqui/converters/table"
)

// SlugLimit is how long a slug may be, in bytes: CKAN's limit for names.
const SlugLimit = 100

// Slug makes an address-safe name of a title: lower-case ASCII letters and
// digits, words joined by hyphens, at most SlugLimit long and at least two
// characters ("datos" where nothing is left).
func Slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(table.Lower(title)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
		if b.Len() > SlugLimit {
			break
		}
	}
	s := wholeWords(strings.Trim(b.String(), "-"), SlugLimit)
	if len(s) < 2 {
		return "datos"
	}
	return s
}

// nameLimit is how long the name gets that a new dataset has: files are called
// so, in folders of folders.
const nameLimit = 60

// nameFor is the machine name of a dataset with that title.
func nameFor(title string) string { return wholeWords(Slug(title), nameLimit) }

// wholeWords cuts a slug to a limit, behind a word unless that takes half of it.
func wholeWords(slug string, limit int) string {
	if len(slug) <= limit {
		return slug
	}
	if at := strings.LastIndexByte(slug[:limit+1], '-'); at > limit/2 {
		return slug[:at]
	}
	return strings.TrimRight(slug[:limit], "-")
}
