package check

import "strings"

// doubtWords are the parts of a notice's code which say that values may not
// be what the file meant. Readers choose their codes freely, so the words
// decide, not a list that would have to grow with each format.
var doubtWords = words("lost undecodable truncated cut missing low_confidence ambiguous unreadable damaged mixed misfit invalid precision limit")

// noticeSeverity is how much a reader's notice weighs.
func noticeSeverity(code string) Severity {
	for _, w := range doubtWords {
		if strings.Contains(code, w) {
			return Warning
		}
	}
	return Info
}
