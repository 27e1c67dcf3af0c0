package app

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/app/disk"
)

// benchRows are the rows of the tables that BenchmarkReading reads.
const benchRows = 20_000

// eachRow repeats a pattern of a row's number.
func eachRow(pattern string) string {
	var b strings.Builder
	for i := range benchRows {
		b.WriteString(strings.NewReplacer("{n}", fmt.Sprintf("%06d", i), "{d}", fmt.Sprintf("%02d", i%28+1)).Replace(pattern))
	}
	return b.String()
}

// benchFiles are one table in each format that is read, as files by their names.
func benchFiles(b *testing.B) map[string][]byte {
	b.Helper()
	files := map[string][]byte{
		"texto.csv":    []byte("codigo;unidad;monto;fecha\n" + eachRow("{n};Obras Públicas;1234,50;2026-03-{d}\n")),
		"columnas.txt": []byte("codigo  unidad           monto   fecha\n" + eachRow("{n}  Obras            1234,50  2026-03-{d}\n")),
		"pagina.html":  []byte("<table><tr><td>codigo<td>unidad<td>monto<td>fecha</tr>" + eachRow("<tr><td>{n}</td><td>Obras Públicas</td><td>1234,50</td><td>2026-03-{d}</td></tr>\n") + "</table>"),
		"filas.ndjson": []byte(eachRow(`{"codigo":"{n}","unidad":"Obras Públicas","monto":1234.5,"fecha":"2026-03-{d}"}` + "\n")),
		"libro.xml": []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>` +
			eachRow(`<Row><Cell><Data ss:Type="String">{n}</Data></Cell><Cell><Data ss:Type="String">Obras</Data></Cell><Cell><Data ss:Type="Number">1234.5</Data></Cell></Row>`) + `</Table></Worksheet></Workbook>`),
		"lugares.geojson": []byte(`{"type":"FeatureCollection","features":[` + strings.TrimSuffix(eachRow(`{"type":"Feature","properties":{"codigo":"{n}"},"geometry":{"type":"Point","coordinates":[-75.{d},-12.5]}},`), ",") + `]}`),
		"registro.dbf":    dbfRows(),
	}
	for _, name := range []string{"xls/testdata/muestra.xls", "geo/testdata/puntos.zip"} {
		content, err := os.ReadFile(filepath.Join("..", "converters", filepath.FromSlash(name)))
		if err != nil {
			b.Fatal(err)
		}
		files[filepath.Base(name)] = content
	}
	for _, to := range []string{"xlsx", "ods"} {
		var out bytes.Buffer
		_, err := Convert(b.Context(), ConvertRequest{Path: "-", Stdin: bytes.NewReader(files["texto.csv"]), Out: "-", To: []string{to}, Stdout: &out, Disk: disk.OS{}})
		if err != nil {
			b.Fatal(err)
		}
		files["libro."+to] = out.Bytes()
	}
	return files
}

// dbfRows is a table of dBase III.
func dbfRows() []byte {
	head := make([]byte, 32+2*32+1)
	head[0], head[2], head[3], head[len(head)-1] = 3, 1, 1, 0x0d
	binary.LittleEndian.PutUint32(head[4:], benchRows)
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)))
	binary.LittleEndian.PutUint16(head[10:], 1+6+20)
	for i, f := range []struct {
		name string
		size byte
	}{{"CODIGO", 6}, {"UNIDAD", 20}} {
		copy(head[32+32*i:], f.name)
		head[32+32*i+11], head[32+32*i+16] = 'C', f.size
	}
	return append(append(head, eachRow(" {n}"+fmt.Sprintf("%-20s", "Obras"))...), 0x1a)
}

func BenchmarkReading(b *testing.B) {
	for name, content := range benchFiles(b) {
		b.Run(name, func(b *testing.B) {
			src, err := OpenSource(b.Context(), "-", name, bytes.NewReader(content))
			if err != nil {
				b.Fatal(err)
			}
			defer src.Close()
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				for _, sheet := range src.Book.Sheets() {
					for _, err := range sheet.Rows(b.Context()) {
						if err != nil {
							b.Fatal(err)
						}
					}
				}
			}
		})
	}
}
