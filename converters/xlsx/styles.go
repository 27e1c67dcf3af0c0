package xlsx

import (
	"strconv"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
)

// maxStyles bounds the styles kept; Excel allows 65,490 cell formats.
const maxStyles = 1 << 17

// styleReader collects what the cell formats refer to.
type styleReader struct {
	codes   map[int]string  // number format codes of the file
	bold    []bool          // by font
	filled  []bool          // by fill
	formats []numfmt.Format // by cell format
	section string          // the list that is being read
}

// readStyles returns the formats by the index that cells carry. A broken part
// gives what came before the break: numbers stay numbers without it.
func readStyles(s *scanner) []numfmt.Format {
	r := styleReader{codes: map[int]string{}}
	depth := 0
	for {
		switch s.next() {
		case startTag:
			if r.section == "" {
				switch name := string(s.name); name {
				case "numFmts", "fonts", "fills", "cellXfs":
					if !s.closed {
						r.section, depth = name, s.depth
					}
				}
				continue
			}
			r.element(s)
		case endTag:
			if s.depth < depth {
				r.section = ""
			}
		case endOfFile:
			return r.formats
		}
	}
}

// element reads one tag inside a list.
func (r *styleReader) element(s *scanner) {
	if len(r.codes)+len(r.bold)+len(r.filled)+len(r.formats) > maxStyles {
		return
	}
	switch name := string(s.name); r.section + "/" + name {
	case "numFmts/numFmt":
		r.codes[number(s.attr("numFmtId"))] = attrText(s.attr("formatCode"))
	case "fonts/font":
		r.bold = append(r.bold, false)
	case "fonts/b":
		if v := string(s.attr("val")); len(r.bold) > 0 && v != "0" && v != "false" {
			r.bold[len(r.bold)-1] = true
		}
	case "fills/fill":
		r.filled = append(r.filled, false)
	case "fills/patternFill":
		p := string(s.attr("patternType"))
		if len(r.filled) > 0 && p != "" && p != "none" && p != "gray125" {
			r.filled[len(r.filled)-1] = true
		}
	case "fills/fgColor":
		// A white background is how titles are wiped clean, no sign of a header.
		if rgb := string(s.attr("rgb")); len(r.filled) > 0 && (rgb == "FFFFFFFF" || rgb == "00FFFFFF") {
			r.filled[len(r.filled)-1] = false
		}
	case "cellXfs/xf":
		r.formats = append(r.formats, r.format(s))
	}
}

// format resolves one cell format.
func (r *styleReader) format(s *scanner) numfmt.Format {
	id := number(s.attr("numFmtId"))
	f := numfmt.Builtin(id)
	if code, own := r.codes[id]; own {
		f = numfmt.Parse(code)
	}
	if i := number(s.attr("fontId")); i >= 0 && i < len(r.bold) && r.bold[i] {
		f.Hint |= table.Bold
	}
	if i := number(s.attr("fillId")); i >= 0 && i < len(r.filled) && r.filled[i] {
		f.Hint |= table.Filled
	}
	return f
}

// number reads a small whole number from an attribute; -1 when it is none.
func number(raw []byte) int {
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 0 {
		return -1
	}
	return n
}
