package numfmt

import (
	"strings"

	"chasqui/converters/table"
)

// Builtin returns the format of a number format without a code in the
// file (ECMA-376 part 1, 18.8.30). 27-36 and 50-58 are East Asian dates.
func Builtin(id int) Format {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 34 || id == 35 || id == 36, id >= 50 && id <= 58:
		return Format{class: date}
	case id >= 18 && id <= 21, id == 32 || id == 33, id == 45, id == 47:
		return Format{class: clock}
	case id == 22:
		return Format{class: dateTime}
	case id == 46:
		return Format{class: elapsed}
	case id == 9 || id == 10:
		return Format{Hint: table.Percent}
	}
	return Format{}
}

// Named returns a format by the name that SpreadsheetML and the pages of Excel
// give it, or by its code where it has none.
func Named(name string) Format {
	switch name {
	case "General", "General Number", "Fixed", "Standard", "Currency", "Euro Currency", "Scientific", "Yes/No", "True/False", "On/Off":
		return Format{}
	case "Percent":
		return Builtin(10)
	case "Short Date", "Medium Date", "Long Date":
		return Builtin(14)
	case "General Date":
		return Builtin(22)
	case "Short Time", "Medium Time", "Long Time":
		return Builtin(21)
	}
	return Parse(name)
}

// Parse reads the first section of a number format code.
func Parse(code string) Format {
	if strings.EqualFold(code, "general") {
		return Format{}
	}
	var days, hours, months, counting, percent, others bool
	places := 0
	var pattern strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			i = len(code)
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			pattern.WriteString(code[i+1 : min(i+1+end, len(code))])
			i += end + 1
		case '\\':
			if i++; i < len(code) {
				pattern.WriteByte(code[i])
			}
		case '_', '*':
			i++
			others = true
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			inside := strings.ToLower(code[i+1 : min(i+end, len(code))])
			counting = counting || inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1])
			i += end
		case 'y', 'Y', 'd', 'D', 'b', 'B':
			days = true
		case 'e', 'E':
			if i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				others = true
			} else {
				days = true
			}
		case 'g', 'G', 'r', 'R':
			if len(code)-i >= 7 && strings.EqualFold(code[i:i+7], "general") {
				i, others = i+6, true
			}
		case 'h', 'H', 's', 'S':
			hours = true
		case 'm', 'M':
			months = true
		case 'a', 'A':
			i += strings.IndexByte("xm"+strings.ToLower(code[i:]), 'm') // AM/PM holds an m that is none
			hours, others = true, true
		case '%':
			percent = true
		case '0':
			places++
			pattern.WriteByte('0')
		case '#', '?', ',', '@':
			others = true
		default:
			pattern.WriteByte(c)
		}
	}
	return classify(days, hours, months, counting, percent, others, places, pattern.String())
}

// classify makes a format of what its code holds.
func classify(days, hours, months, counting, percent, others bool, places int, pattern string) Format {
	if places > 0 && !days && !counting {
		hours, months = hours && pattern == "", false
	}
	switch {
	case counting:
		return Format{class: elapsed}
	case days && hours:
		return Format{class: dateTime}
	case days:
		return Format{class: date}
	case hours:
		return Format{class: clock}
	case months:
		return Format{class: date}
	case percent:
		return Format{Hint: table.Percent}
	case places > 1 && !others && strings.Trim(pattern, "0-./ ()") == "" && !strings.Contains(pattern, "0.0"):
		return Format{class: zeros, pattern: pattern}
	}
	return Format{}
}
