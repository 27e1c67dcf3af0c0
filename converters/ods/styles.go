package ods

import (
	"strconv"
	"strings"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
)

// maxStyles bounds the styles kept.
const maxStyles = 1 << 16

// style is what matters of a style, of a cell's, a sheet's or a number's.
type style struct {
	hint   table.Hint
	hidden bool          // a sheet that is not displayed
	clock  bool          // dates are shown with their time
	days   bool          // dates are shown with their day
	number numfmt.Format // of codes whose zeros belong to them; numbers stay numbers otherwise
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
		own.clock, own.days, own.number = n.clock, n.days, n.number
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
	code := numberCode{plain: string(s.Name) == "number-style"}
	var own style
	inside(s, func(tag string) {
		switch tag {
		case "hours", "minutes", "seconds":
			own.clock = true
		case "day", "month", "year", "era", "day-of-week", "quarter", "week-of-year":
			own.days = true
		default:
			code.element(s, tag)
		}
	})
	own.number = code.format()
	t.add(name, own)
}

// maxPlaces bounds the digits of a code.
const maxPlaces = 40

// numberCode collects what a number format shows beside the digits, to write it
// as the code that other spreadsheets have for it.
type numberCode struct {
	plain         bool
	digits        int
	before, after string
	within        [maxPlaces + 1]string // by the digits that follow
}

// element takes a start tag inside the format.
func (c *numberCode) element(s *xmlscan.Scanner, tag string) {
	switch tag {
	case "number":
		places, _ := strconv.Atoi(string(s.Attr("decimal-places")))
		digits, _ := strconv.Atoi(string(s.Attr("min-integer-digits")))
		c.plain = c.plain && places == 0 && digits <= maxPlaces && !s.Flag("grouping") && string(s.Attr("display-factor")) == ""
		c.digits = digits
	case "scientific-number", "fraction":
		c.plain = false
	case "text":
		if c.digits == 0 {
			c.before += elementText(s)
		} else {
			c.after += elementText(s)
		}
	case "embedded-text":
		if at, err := strconv.Atoi(string(s.Attr("position"))); err == nil && at >= 0 && at <= maxPlaces {
			c.within[at] += elementText(s)
		}
	}
}

// format makes the format of codes whose zeros belong to them; any other leaves
// numbers as they are.
func (c *numberCode) format() numfmt.Format {
	if !c.plain || c.digits < 2 {
		return numfmt.Format{}
	}
	quoted := func(text string) string {
		if text == "" {
			return ""
		}
		return `"` + strings.ReplaceAll(text, `"`, "") + `"`
	}
	code := quoted(c.before)
	for left := c.digits; left > 0; left-- {
		if left < c.digits {
			code += quoted(c.within[left])
		}
		code += "0"
	}
	return numfmt.Parse(code + quoted(c.after))
}

// elementText reads the text up to the end of the element that was returned
// last.
func elementText(s *xmlscan.Scanner) string {
	if s.Closed {
		return ""
	}
	var text []byte
	for depth := s.Depth; ; {
		switch s.Next() {
		case xmlscan.Text:
			if len(text) < 256 {
				text = s.AppendText(text)
			}
		case xmlscan.EndTag:
			if s.Depth < depth {
				return string(text)
			}
		case xmlscan.EndOfFile:
			return string(text)
		}
	}
}
