package ods

import (
	"strconv"

	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// maxStyles bounds the styles kept.
const maxStyles = 1 << 16

// style is what matters of a style, of a cell's, a sheet's or a number's.
type style struct {
	hint   table.Hint
	hidden bool // a sheet that is not displayed
	clock  bool // dates are shown with their time
	days   bool // dates are shown with their day
	zeros  int  // whole numbers are shown with at least so many digits; 0 or 1: as they are
}

// styles are the styles by name; those of numbers under a key that no name has.
type styles map[string]style

// numberKey keeps the names of number formats apart from those of styles.
const numberKey = "\x00"

// element takes a start tag, and reads on to its end if it is a style.
func (t styles) element(s *xmlscan.Scanner) {
	switch string(s.Name) {
	case "style":
		t.readStyle(s)
	case "date-style", "time-style", "number-style", "percentage-style", "currency-style", "boolean-style", "text-style":
		t.readNumber(s)
	}
}

// add keeps a style while there is room.
func (t styles) add(name string, v style) {
	if len(t) < maxStyles {
		t[name] = v
	}
}

// inside calls visit for every start tag inside the element that was returned
// last.
func inside(s *xmlscan.Scanner, visit func(name string)) {
	if s.Closed {
		return
	}
	for depth := s.Depth; ; {
		switch s.Next() {
		case xmlscan.StartTag:
			visit(string(s.Name))
		case xmlscan.EndTag:
			if s.Depth < depth {
				return
			}
		case xmlscan.EndOfFile:
			return
		}
	}
}

// readStyle reads a style:style (ODF part 3, 16.2): what it does not say is its
// parent's.
func (t styles) readStyle(s *xmlscan.Scanner) {
	name := string(s.Attr("name"))
	own := t[string(s.Attr("parent-style-name"))]
	if number := s.Attr("data-style-name"); number != nil {
		n := t[numberKey+string(number)]
		own.clock, own.days, own.zeros = n.clock, n.days, n.zeros
	}
	inside(s, func(tag string) {
		switch tag {
		case "table-properties":
			own.hidden = string(s.Attr("display")) == "false"
		case "table-cell-properties":
			switch colour := string(s.Attr("background-color")); colour {
			case "":
			case "transparent", "#ffffff": // a white background is no sign of a header
				own.hint &^= table.Filled
			default:
				own.hint |= table.Filled
			}
		case "text-properties":
			switch weight := string(s.Attr("font-weight")); weight {
			case "":
			case "bold", "600", "700", "800", "900":
				own.hint |= table.Bold
			default:
				own.hint &^= table.Bold
			}
		}
	})
	t.add(name, own)
}

// readNumber reads a number format (ODF part 3, 16.29).
func (t styles) readNumber(s *xmlscan.Scanner) {
	name := numberKey + string(s.Attr("name"))
	plain := string(s.Name) == "number-style"
	var own style
	inside(s, func(tag string) {
		switch tag {
		case "hours", "minutes", "seconds":
			own.clock = true
		case "day", "month", "year", "era", "day-of-week", "quarter", "week-of-year":
			own.days = true
		case "number":
			places, _ := strconv.Atoi(string(s.Attr("decimal-places")))
			digits, _ := strconv.Atoi(string(s.Attr("min-integer-digits")))
			if plain && places == 0 && digits <= 40 && !s.Flag("grouping") && string(s.Attr("display-factor")) == "" {
				own.zeros = digits
			}
		case "scientific-number", "fraction", "embedded-text":
			plain, own.zeros = false, 0
		}
	})
	t.add(name, own)
}
