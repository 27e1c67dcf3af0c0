package xlsx

import (
	"strings"

	"chasqui/converters/table"
)

// class is what a number format makes of a number.
type class uint8

const (
	plainFormat class = iota
	dateFormat
	timeFormat
	dateTimeFormat
	elapsedFormat // [h]:mm and its kin: hours count on past 24
	zerosFormat   // 000000: the zeros shown belong to a code
)

// format is what the reader keeps of a cell style.
type format struct {
	class   class
	hint    table.Hint
	pattern string // of zerosFormat: zeros and the signs between them
}

// builtinFormat returns the class of a number format without a code in the
// file (ECMA-376 part 1, 18.8.30). 27-36 and 50-58 are East Asian dates.
func builtinFormat(id int) format {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 34 || id == 35 || id == 36, id >= 50 && id <= 58:
		return format{class: dateFormat}
	case id >= 18 && id <= 21, id == 32 || id == 33, id == 45, id == 47:
		return format{class: timeFormat}
	case id == 22:
		return format{class: dateTimeFormat}
	case id == 46:
		return format{class: elapsedFormat}
	case id == 9 || id == 10:
		return format{hint: table.Percent}
	}
	return format{}
}

// parseFormat reads the first section of a number format code.
func parseFormat(code string) format {
	if strings.EqualFold(code, "general") {
		return format{}
	}
	var days, clock, months, elapsed, percent, others bool
	zeros := 0
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
			elapsed = elapsed || inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1])
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
			clock = true
		case 'm', 'M':
			months = true
		case 'a', 'A':
			i += strings.IndexByte("xm"+strings.ToLower(code[i:]), 'm') // AM/PM holds an m that is none
			clock, others = true, true
		case '%':
			percent = true
		case '0':
			zeros++
			pattern.WriteByte('0')
		case '#', '?', ',', '@':
			others = true
		default:
			pattern.WriteByte(c)
		}
	}
	return classify(days, clock, months, elapsed, percent, others, zeros, pattern.String())
}

// classify makes a format of what its code holds.
func classify(days, clock, months, elapsed, percent, others bool, zeros int, pattern string) format {
	if zeros > 0 && !days && !elapsed {
		clock, months = clock && pattern == "", false
	}
	switch {
	case elapsed:
		return format{class: elapsedFormat}
	case days && clock:
		return format{class: dateTimeFormat}
	case days:
		return format{class: dateFormat}
	case clock:
		return format{class: timeFormat}
	case months:
		return format{class: dateFormat}
	case percent:
		return format{hint: table.Percent}
	case zeros > 1 && !others && strings.Trim(pattern, "0-./ ()") == "" && !strings.Contains(pattern, "0.0"):
		return format{class: zerosFormat, pattern: pattern}
	}
	return format{}
}

// appendZeros appends a whole number as a zerosFormat shows it: digits from
// the right, zeros where there are none, signs between them kept. ok is false
// when the number has a sign, a fraction or too many digits for a code.
func appendZeros(dst, number []byte, pattern string) (shown []byte, ok bool) {
	for _, c := range number {
		if c < '0' || c > '9' {
			return dst, false
		}
	}
	places := strings.Count(pattern, "0")
	extra := len(number) - places
	if extra > 0 && len(pattern) != places {
		return dst, false
	}
	if extra > 0 {
		return append(dst, number...), true
	}
	for i := 0; i < len(pattern); i++ {
		switch {
		case pattern[i] != '0':
			dst = append(dst, pattern[i])
		case extra < 0:
			dst = append(dst, '0')
			extra++
		default:
			dst = append(dst, number[0])
			number = number[1:]
		}
	}
	return dst, true
}
