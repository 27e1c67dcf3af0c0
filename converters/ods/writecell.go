package ods

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"chasqui/converters/table"
)

// MediaType is IANA's name for an OpenDocument spreadsheet, which stands in
// the file's first part.
const MediaType = "application/vnd.oasis.opendocument.spreadsheet"

const (
	xmlHead         = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	spaces          = "urn:oasis:names:tc:opendocument:xmlns:"
	maxDecimals     = 15      // decimals that have a style of their own
	maxNumberLength = 32      // bytes of a number that is written as one
	firstGregorian  = -141427 // 1582-10-15: programs count the days before by another calendar
	nanosPerMilli   = 1e6
)

// part is a file of the zip that is the same in every document.
type part struct{ name, body string }

// fixedParts are the parts that stand before the content.
func fixedParts() []part {
	entry := func(path, kind string) string {
		return `<manifest:file-entry manifest:full-path="` + path + `" manifest:media-type="` + kind + `"/>`
	}
	item := func(name, kind, value string) string {
		return `<config:config-item config:name="` + name + `" config:type="` + kind + `">` + value + `</config:config-item>`
	}
	frozen := func(sheet string) string {
		return `<config:config-item-map-entry config:name="` + sheet + `">` + item("VerticalSplitMode", "short", "2") +
			item("VerticalSplitPosition", "int", "1") + item("ActiveSplitRange", "short", "2") +
			item("PositionTop", "int", "0") + item("PositionBottom", "int", "1") + `</config:config-item-map-entry>`
	}
	return []part{
		{"META-INF/manifest.xml", xmlHead + `<manifest:manifest xmlns:manifest="` + spaces + `manifest:1.0" manifest:version="1.3">` +
			entry("/", MediaType) + entry("content.xml", "text/xml") + entry("settings.xml", "text/xml") + `</manifest:manifest>`},
		{"settings.xml", xmlHead + `<office:document-settings xmlns:office="` + spaces + `office:1.0" xmlns:config="` + spaces + `config:1.0" office:version="1.3">` +
			`<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">` +
			`<config:config-item-map-entry>` + item("ViewId", "string", "view1") + `<config:config-item-map-named config:name="Tables">` +
			frozen(DataSheet) + frozen(DictionarySheet) + `</config:config-item-map-named>` + item("ActiveTable", "string", DataSheet) +
			`</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`},
	}
}

// contentHead is content.xml up to its first sheet. Its styles are what shows a
// value as it was written: ISO dates, hours past 24, numbers with their
// decimals.
func contentHead() string {
	const long = ` number:style="long"/>`
	between := func(s string) string { return "<number:text>" + s + "</number:text>" }
	day := "<number:year" + long + between("-") + "<number:month" + long + between("-") + "<number:day" + long
	clock := "<number:hours" + long + between(":") + "<number:minutes" + long + between(":") + "<number:seconds" + long
	fraction := strings.Replace(clock, "<number:seconds", `<number:seconds number:decimal-places="3"`, 1)
	var b strings.Builder
	style := func(name, element, attributes, inside string) {
		b.WriteString("<number:" + element + ` style:name="N` + name + `"` + attributes + ">" + inside + "</number:" + element + ">" +
			`<style:style style:name="` + name + `" style:family="table-cell" style:data-style-name="N` + name + `"/>`)
	}
	b.WriteString(xmlHead + "<office:document-content")
	for _, name := range []string{"office", "table", "text", "style"} {
		b.WriteString(" xmlns:" + name + `="` + spaces + name + `:1.0"`)
	}
	b.WriteString(` xmlns:number="` + spaces + `datastyle:1.0" xmlns:fo="` + spaces + `xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>` +
		`<style:style style:name="col" style:family="table-column"><style:table-column-properties style:column-width="3cm"/></style:style>` +
		`<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>`)
	style("date", "date-style", "", day)
	style("datetime", "date-style", "", day+between(" ")+clock)
	style("datetimef", "date-style", "", day+between(" ")+fraction)
	style("time", "time-style", ` number:truncate-on-overflow="false"`, clock)
	style("timef", "time-style", ` number:truncate-on-overflow="false"`, fraction)
	for n := 0; n <= maxDecimals; n++ {
		places := strconv.Itoa(n)
		style("n"+places, "number-style", "", `<number:number number:decimal-places="`+places+`" number:min-decimal-places="`+places+`" number:min-integer-digits="1"/>`)
	}
	b.WriteString("</office:automatic-styles><office:body><office:spreadsheet>")
	return b.String()
}

// appendBlanks appends n empty cells.
func appendBlanks(b []byte, n int) []byte {
	switch {
	case n == 0:
		return b
	case n == 1:
		return append(b, "<table:table-cell/>"...)
	}
	b = append(b, `<table:table-cell table:number-columns-repeated="`...)
	return append(strconv.AppendInt(b, int64(n), 10), `"/>`...)
}

// appendCell appends a value's cell. ok is false for a text that XML can't
// hold.
func appendCell(b []byte, t table.Type, v table.Value) (cell []byte, ok bool) {
	if v.Status == table.Fits {
		switch t {
		case table.TypeInteger, table.TypeNumber, table.TypeYear:
			if len(v.Text) <= maxNumberLength && table.SignificantDigits(v.Text) <= table.SheetDigits {
				return appendTyped(b, "n"+strconv.Itoa(min(table.Decimals(v.Text), maxDecimals)), "float", "value", v.Text, v.Text), true
			}
		case table.TypeBoolean:
			return appendTyped(b, "", "boolean", "boolean-value", v.Text, strings.ToUpper(v.Text)), true
		case table.TypeDate:
			if m, ok := table.ParseDate(v.Text); ok && m.Days >= firstGregorian {
				return appendTyped(b, "date", "date", "date-value", v.Text, v.Text), true
			}
		case table.TypeDateTime:
			if m, ok := table.ParseDateTime(v.Text); ok && m.Days >= firstGregorian && m.Nanos%nanosPerMilli == 0 {
				return appendTyped(b, withFraction("datetime", m), "date", "date-value", v.Text, strings.Replace(v.Text, "T", " ", 1)), true
			}
		case table.TypeTime:
			if m, ok := table.ParseTime(v.Text); ok && m.Nanos%nanosPerMilli == 0 {
				h, rest, _ := strings.Cut(v.Text, ":")
				min, sec, _ := strings.Cut(rest, ":")
				return appendTyped(b, withFraction("time", m), "time", "time-value", "PT"+h+"H"+min+"M"+sec+"S", v.Text), true
			}
		}
	}
	return appendText(b, v.Text, "")
}

// withFraction is the style that shows the parts of a second if there are any.
func withFraction(style string, m table.Moment) string {
	if m.Nanos%1e9 != 0 {
		return style + "f"
	}
	return style
}

// appendTyped appends a cell with a value of its own beside what is shown;
// neither needs escaping.
func appendTyped(b []byte, style, kind, attribute, value, shown string) []byte {
	b = appendOpen(b, style)
	b = append(append(append(b, ` office:value-type="`...), kind...), `" office:`...)
	b = append(append(append(b, attribute...), `="`...), value...)
	return append(append(append(b, `"><text:p>`...), shown...), "</text:p></table:table-cell>"...)
}

func appendOpen(b []byte, style string) []byte {
	b = append(b, "<table:table-cell"...)
	if style != "" {
		b = append(append(append(b, ` table:style-name="`...), style...), '"')
	}
	return b
}

// appendText appends a text's cell: a paragraph a line (ODF 1.3 part 3, 6.1).
// ok is false where a character can't stand in XML.
func appendText(b []byte, s, style string) (cell []byte, ok bool) {
	b = append(appendOpen(b, style), ` office:value-type="string"><text:p>`...)
	start := true // blanks here would be dropped by who reads it
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '\n':
			b = append(b, "</text:p><text:p>"...)
		case r == '\t':
			b = append(b, "<text:tab/>"...)
		case r == ' ' && (start || i == len(s) || s[i] == '\n'):
			n := 1
			for ; i < len(s) && s[i] == ' '; i++ {
				n++
			}
			b = append(strconv.AppendInt(append(b, `<text:s text:c="`...), int64(n), 10), `"/>`...)
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r < ' ' || r == 0xfffe || r == 0xffff:
			return b, false
		default:
			b = utf8.AppendRune(b, r)
		}
		start = r == '\n' || r == '\t' || r == ' '
	}
	return append(b, "</text:p></table:table-cell>"...), true
}
