package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"chasqui/converters/table"
)

// The cell styles of a workbook that we write, as places in cellXfs.
const (
	styleGeneral = iota
	styleHeader
	styleText
	styleDate
	styleDateTime
	styleDateTimeFraction
	styleTime
	styleTimeFraction
	styleElapsed
	styleBoolean
	styleWhole // plus n: n decimals
)

const (
	maxDecimals     = 15 // decimals that have a style of their own
	maxNumberLength = 32 // bytes of a number that is written as one
	daysTo1970      = 25569
	firstSafeDay    = 61 // 1 March 1900: programs disagree on the days before
	nanosPerMilli   = 1e6
	millisPerDay    = 86400000
)

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	typeSpace = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// booleanCode makes LibreOffice, which keeps booleans as numbers, show words;
// Excel shows its own for a boolean cell, whatever its format.
const booleanCode = `&quot;TRUE&quot;;&quot;TRUE&quot;;&quot;FALSE&quot;`

// part is a file of the zip whose content no row changes.
type part struct{ name, body string }

// fixedParts are the parts that stand before the sheets.
func fixedParts() []part {
	const packageRels = "http://schemas.openxmlformats.org/package/2006/relationships"
	override := func(name, kind string) string {
		return `<Override PartName="/xl/` + name + `" ContentType="` + typeSpace + kind + `+xml"/>`
	}
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + relSpace + "/" + kind + `" Target="` + target + `"/>`
	}
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			override("workbook.xml", "sheet.main") + override("worksheets/sheet1.xml", "worksheet") +
			override("worksheets/sheet2.xml", "worksheet") + override("styles.xml", "styles") + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packageRels + `">` + relation("rId1", "officeDocument", "xl/workbook.xml") + `</Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><bookViews><workbookView/></bookViews><sheets>` +
			`<sheet name="` + DataSheet + `" sheetId="1" r:id="rId1"/><sheet name="` + DictionarySheet + `" sheetId="2" r:id="rId2"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packageRels + `">` + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
			relation("rId2", "worksheet", "worksheets/sheet2.xml") + relation("rId3", "styles", "styles.xml") + `</Relationships>`},
		{"xl/styles.xml", styleSheet()},
	}
}

// styleSheet is xl/styles.xml: the number formats in the order of the style
// constants. Numbers show the decimals they were written with.
func styleSheet() string {
	codes := []string{"yyyy-mm-dd", `yyyy-mm-dd\ hh:mm:ss`, `yyyy-mm-dd\ hh:mm:ss.000`, "hh:mm:ss", "hh:mm:ss.000", "[h]:mm:ss", booleanCode, "0"}
	for n := 1; n <= maxDecimals; n++ {
		codes = append(codes, "0."+strings.Repeat("0", n))
	}
	const firstCustom = 164 // ids below are built in (18.8.30)
	var formats, cells strings.Builder
	for i, code := range codes {
		id := strconv.Itoa(firstCustom + i)
		formats.WriteString(`<numFmt numFmtId="` + id + `" formatCode="` + code + `"/>`)
		cells.WriteString(`<xf numFmtId="` + id + `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
	}
	return xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="` + strconv.Itoa(len(codes)) + `">` + formats.String() + `</numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="` + strconv.Itoa(styleDate+len(codes)) + `"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` + cells.String() +
		`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

// appendCell appends the rest of a cell, from its attributes on. ok is false
// for a text that is too long for one.
func appendCell(b []byte, t table.Type, v table.Value) (cell []byte, ok bool) {
	if v.Status == table.Fits {
		switch t {
		case table.TypeInteger, table.TypeNumber, table.TypeYear:
			if len(v.Text) <= maxNumberLength && table.SignificantDigits(v.Text) <= table.SheetDigits {
				return appendStored(b, styleWhole+min(table.Decimals(v.Text), maxDecimals), v.Text), true
			}
		case table.TypeBoolean:
			bit := "0"
			if v.Text == "true" {
				bit = "1"
			}
			b = strconv.AppendInt(append(b, ` t="b" s="`...), styleBoolean, 10)
			return append(append(append(b, `"><v>`...), bit...), "</v></c>"...), true
		case table.TypeDate, table.TypeDateTime, table.TypeTime:
			if serial, style, ok := serialOf(t, v.Text); ok {
				return appendStored(b, style, serial), true
			}
		}
	}
	return appendText(b, v.Text, styleText)
}

// appendStored appends a number's cell.
func appendStored(b []byte, style int, value string) []byte {
	b = strconv.AppendInt(append(b, ` s="`...), int64(style), 10)
	return append(append(append(b, `"><v>`...), value...), "</v></c>"...)
}

// serialOf is the serial number of a canonical date or time in the 1900
// system, and the style that shows it. What the system can't hold exactly does
// not fit: days before March 1900, zones, parts of milliseconds.
func serialOf(t table.Type, s string) (serial string, style int, ok bool) {
	var m table.Moment
	day := int64(0)
	switch t {
	case table.TypeDate:
		m, ok = table.ParseDate(s)
		style = styleDate
	case table.TypeDateTime:
		m, ok = table.ParseDateTime(s)
		style = styleDateTime
	default:
		m, ok = table.ParseTime(s)
		style = styleTime
	}
	if !ok || m.Nanos%nanosPerMilli != 0 {
		return "", 0, false
	}
	if t != table.TypeTime {
		if day = m.Days + daysTo1970; day < firstSafeDay {
			return "", 0, false
		}
	}
	millis := m.Nanos / nanosPerMilli
	if millis == 0 {
		return strconv.FormatInt(day, 10), style, true
	}
	switch {
	case t == table.TypeTime && millis >= millisPerDay:
		style = styleElapsed
		if millis%1000 != 0 {
			return "", 0, false
		}
	case millis%1000 != 0:
		style++ // each is followed by its form with a fraction
	}
	return strconv.FormatFloat(float64(day)+float64(millis)/millisPerDay, 'f', -1, 64), style, true
}

// appendText appends a text's cell. The text stands in the cell and not in a
// table of shared strings: such a table would grow with the rows.
func appendText(b []byte, s string, style int) (cell []byte, ok bool) {
	if len(s) > longestText && utf16Units(s) > longestText {
		return b, false
	}
	b = strconv.AppendInt(append(b, ` s="`...), int64(style), 10)
	b = append(b, `" t="inlineStr"><is><t`...)
	if outerBlank(s) {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = appendEscaped(append(b, '>'), s)
	return append(b, "</t></is></c>"...), true
}

func utf16Units(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// outerBlank reports whether XML readers would be free to cut or fold blanks.
func outerBlank(s string) bool {
	return s != "" && (s[0] <= ' ' || s[len(s)-1] <= ' ' || strings.IndexByte(s, '\n') >= 0)
}

// appendEscaped appends text as XML. Characters that XML can't hold stand as
// _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and so does an underscore that would
// be taken for the start of such a mark. Bytes that are no UTF-8 become U+FFFD.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[from:i]...), "\ufffd"...)
				from = i + 1
			} else if r == 0xfffe || r == 0xffff {
				b = appendMark(append(b, s[from:i]...), uint16(r))
				from = i + size
			}
			i += size
			continue
		}
		i++
		switch {
		case c == '&':
			b = append(append(b, s[from:i-1]...), "&amp;"...)
		case c == '<':
			b = append(append(b, s[from:i-1]...), "&lt;"...)
		case c == '>':
			b = append(append(b, s[from:i-1]...), "&gt;"...)
		case c < ' ' && c != '\n' && c != '\t' || c == '_' && isMark(s[i-1:]):
			b = appendMark(append(b, s[from:i-1]...), uint16(c))
		default:
			continue
		}
		from = i
	}
	return append(b, s[from:]...)
}

// isMark reports whether s starts like _xHHHH_.
func isMark(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

func appendMark(b []byte, c uint16) []byte {
	const hex = "0123456789ABCDEF"
	return append(b, '_', 'x', hex[c>>12], hex[c>>8&15], hex[c>>4&15], hex[c&15], '_')
}
