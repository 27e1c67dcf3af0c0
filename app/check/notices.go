package check

import "strings"

// doubtWords are the parts of a notice's code which say that values may not
// be what the file meant. Readers choose their codes freely, so the words
// decide, not a list that would have to grow with each format.
var doubtWords = words("low_confidence ambiguous _mixed not_fit error without_value never invalid out_of_order hidden pasted before_calendar lost truncated damaged formula_like double_encoded partial cells_")

// noticeSeverity is how much a reader's notice weighs.
func noticeSeverity(code string) Severity {
	for _, w := range doubtWords {
		if strings.Contains(code, w) {
			return Warning
		}
	}
	return Info
}
