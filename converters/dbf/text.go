package dbf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// decoder turns the bytes of texts to UTF-8.
type decoder struct {
	name string
	page *charmap.Charmap // nil: UTF-8
}

// append appends the decoded text; line breaks become \n, zeros are left out.
func (d decoder) append(dst, raw []byte) []byte {
	if d.page == nil && !utf8.Valid(raw) {
		d.page = charmap.Windows1252
	}
	for i, c := range raw {
		switch {
		case c == 0, c == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
		case c == '\r':
			dst = append(dst, '\n')
		case c < utf8.RuneSelf || d.page == nil:
			dst = append(dst, c)
		default:
			dst = utf8.AppendRune(dst, d.page.DecodeByte(c))
		}
	}
	return dst
}

// named returns the decoder of an encoding by its name.
func named(name string) (decoder, bool) {
	switch name {
	case charset.UTF8:
		return decoder{name: name}, true
	case charset.Windows1252, "iso-8859-1":
		return decoder{charset.Windows1252, charmap.Windows1252}, true
	case charset.ISO8859_15:
		return decoder{name, charmap.ISO8859_15}, true
	case charset.IBM850:
		return decoder{name, charmap.CodePage850}, true
	case charset.IBM437:
		return decoder{name, charmap.CodePage437}, true
	case charset.Macintosh:
		return decoder{name, charmap.Macintosh}, true
	}
	return decoder{}, false
}

// paged returns the decoder of the header's language driver (as in the tables
// of Visual FoxPro's and dBase's manuals); not ok for 0 and those of scripts
// that are not read.
func paged(driver byte) (decoder, bool) {
	switch driver {
	case 0x01, 0x09, 0x0b, 0x0d, 0x0f, 0x11, 0x15, 0x18, 0x19, 0x1b:
		return decoder{charset.IBM437, charmap.CodePage437}, true
	case 0x02, 0x0a, 0x0e, 0x10, 0x12, 0x14, 0x16, 0x1a, 0x1d, 0x25, 0x37:
		return decoder{charset.IBM850, charmap.CodePage850}, true
	case 0x03, 0x57, 0x58, 0x59:
		return decoder{charset.Windows1252, charmap.Windows1252}, true
	case 0x04:
		return decoder{charset.Macintosh, charmap.Macintosh}, true
	case 0x08, 0x17, 0x66:
		return decoder{"ibm865", charmap.CodePage865}, true
	case 0x1c, 0x6c:
		return decoder{"ibm863", charmap.CodePage863}, true
	case 0x1f, 0x22, 0x23, 0x40, 0x64, 0x87:
		return decoder{"ibm852", charmap.CodePage852}, true
	case 0x24:
		return decoder{"ibm860", charmap.CodePage860}, true
	case 0xc8:
		return decoder{"windows-1250", charmap.Windows1250}, true
	}
	return decoder{}, false
}

// codePageBeside reads the name of the encoding from a .cpg file, "" where there
// is none or it names one that is not read.
func codePageBeside(beside func(ext string) table.Source) string {
	if beside == nil {
		return ""
	}
	src := beside(".cpg")
	if src == nil {
		return ""
	}
	raw := make([]byte, 32)
	n, _ := src.ReadAt(raw, 0)
	return encodingOf(string(raw[:n]))
}

// encodingOf reads a .cpg; "" where it names none that is known.
func encodingOf(page string) string {
	switch page = strings.ToUpper(strings.TrimSpace(page)); strings.TrimPrefix(page, "ANSI ") {
	case "UTF-8", "UTF8", "65001":
		return "utf-8"
	case "1252", "CP1252", "WINDOWS-1252", "ISO-8859-1", "ISO 88591", "ISO8859-1", "LATIN1", "88591":
		return "windows-1252"
	case "850", "CP850", "OEM 850":
		return "ibm850"
	case "437", "CP437", "OEM 437":
		return "ibm437"
	}
	return ""
}
