package xlsx

import (
	"strconv"

	"chasqui/converters/numfmt"
	"chasqui/converters/table"
	"chasqui/converters/xmlscan"
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
func readStyles(s *xmlscan.Scanner) []numfmt.Format {
	r := styleReader{codes: map[int]string{}}
	depth := 0
	for {
		switch s.Next() {
		case xmlscan.StartTag:
			if r.section == "" {
				switch name := string(s.Name); name {
				case "numFmts", "fonts", "fills", "cellXfs":
					if !s.Closed {
						r.section, depth = name, s.Depth
					}
				}
				continue
			}
			r.element(s)
		case xmlscan.EndTag:
			if s.Depth < depth {
				r.section = ""
			}
		case xmlscan.EndOfFile:
			return r.formats
		}
	}
}

// element reads one tag inside a list.
func (r *styleReader) element(s *xmlscan.Scanner) {
	if len(r.codes)+len(r.bold)+len(r.filled)+len(r.formats) > maxStyles {
		return
	}
	switch name := string(s.Name); r.section + "/" + name {
	case "numFmts/numFmt":
		r.codes[number(s.Attr("numFmtId"))] = attrText(s.Attr("formatCode"))
	case "fonts/font":
		r.bold = append(r.bold, false)
	case "fonts/b":
		if v := string(s.Attr("val")); len(r.bold) > 0 && v != "0" && v != "false" {
			r.bold[len(r.bold)-1] = true
		}
	case "fills/fill":
		r.filled = append(r.filled, false)
	case "fills/patternFill":
		p := string(s.Attr("patternType"))
		if len(r.filled) > 0 && p != "" && p != "none" && p != "gray125" {
			r.filled[len(r.filled)-1] = true
		}
	case "fills/fgColor":
		// A white background is how titles are wiped clean, no sign of a header.
		if rgb := string(s.Attr("rgb")); len(r.filled) > 0 && (rgb == "FFFFFFFF" || rgb == "00FFFFFF") {
			r.filled[len(r.filled)-1] = false
		}
	case "cellXfs/xf":
		r.formats = append(r.formats, r.format(s))
	}
}

// format resolves one cell format.
func (r *styleReader) format(s *xmlscan.Scanner) numfmt.Format {
	id := number(s.Attr("numFmtId"))
	f := numfmt.Builtin(id)
	if code, own := r.codes[id]; own {
		f = numfmt.Parse(code)
	}
	if i := number(s.Attr("fontId")); i >= 0 && i < len(r.bold) && r.bold[i] {
		f.Hint |= table.Bold
	}
	if i := number(s.Attr("fillId")); i >= 0 && i < len(r.filled) && r.filled[i] {
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
