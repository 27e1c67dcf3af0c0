package xls

import (
	"bytes"
	"encoding/binary"
	"math"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// rec makes a record of numbers (uint8 to uint64, float64), strings and bytes.
func rec(id uint16, parts ...any) []byte {
	var body bytes.Buffer
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			body.WriteString(v)
		case []byte:
			body.Write(v)
		case float64:
			binary.Write(&body, binary.LittleEndian, math.Float64bits(v))
		default:
			binary.Write(&body, binary.LittleEndian, v)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, id)
	out = binary.LittleEndian.AppendUint16(out, uint16(body.Len()))
	return append(out, body.Bytes()...)
}

// u16 shortens the numbers of records.
func u16(n int) uint16 { return uint16(n) }

// bof begins a part of a stream.
func bof(version, kind int) []byte {
	return rec(recBOF, u16(version), u16(kind), uint32(0), uint32(0), uint32(0))
}

// wide encodes text as BIFF8 does, two bytes a character, without its count.
func wide(s string) []byte {
	var out []byte
	for _, r := range s {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return out
}

// workbook makes a bare stream of one sheet called Hoja: globals holds what
// stands before the sheet's address, cells the sheet's records.
func workbook(version int, globals, cells []byte) []byte {
	name := "\x04Hoja"
	if version == biff8 {
		name = "\x04\x00Hoja"
	}
	out := append(bof(version, kindGlobals), globals...)
	bound := len(out)
	out = append(out, rec(recBoundSheet, uint32(0), u16(0), name)...)
	out = append(out, rec(recEOF)...)
	binary.LittleEndian.PutUint32(out[bound+4:], uint32(len(out)))
	out = append(out, bof(version, kindSheet)...)
	out = append(out, cells...)
	return append(out, rec(recEOF)...)
}

// join puts records behind each other.
func join(records ...[]byte) []byte { return bytes.Join(records, nil) }

// render reads a workbook as text.
func render(content []byte) (string, error) {
	return renderWithin(content, table.Options{Name: "x.xls"})
}

func renderWithin(content []byte, opt table.Options) (string, error) {
	return tabletest.Text(Reader{}, content, opt)
}
