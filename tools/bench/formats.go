package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// oldRows is how many records a sheet of an old workbook holds below its header.
const oldRows = 65_535

// makeFormats writes the table of 200,000 × 20 in the other formats that are
// read, what is not there yet: by our own writers, by LibreOffice for the old
// workbook, and here. A format that nobody here can write is left out, and the
// contest says that its file is missing.
func makeFormats(dir, program string) error {
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, f := range []struct {
		name string
		make func(path string) error
	}{
		{"mixed.ods", func(p string) error {
			return exec.Command(program, "convert", path("mixed.xlsx"), "-o", p, "--quiet").Run()
		}},
		{"mixed.ndjson", func(p string) error {
			return exec.Command(program, "convert", path("mixed.xlsx"), "-o", p, "--quiet").Run()
		}},
		{"mixed.json", func(p string) error {
			return exec.Command(program, "convert", path("mixed.xlsx"), "-o", p, "--quiet").Run()
		}},
		{"old.xlsx", func(p string) error { return workbook(p, oldRows) }},
		{"old.xls", func(string) error {
			soffice, err := exec.LookPath("soffice")
			if err != nil {
				return nil
			}
			return exec.Command(soffice, "--headless", "--convert-to", "xls", "--outdir", dir, path("old.xlsx")).Run()
		}},
		{"mixed.dbf", func(p string) error { return dbase(p, 200_000) }},
		{"mixed.html", func(p string) error { return page(p, 200_000) }},
	} {
		if _, err := os.Stat(path(f.name)); err == nil {
			continue
		}
		if err := f.make(path(f.name)); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// formatContests are the readers of the other formats against their peers.
func formatContests(ours func(args string) job, calamine string) []contest {
	convert := ours(`convert "$F" -o "$O.csv" --quiet`)
	copied := ours(`convert "$F" -o "$O.csv" --as-is --quiet`) // untyped, as calamine's
	rust := job{"calamine, range to CSV", calamine, `"` + calamine + `" "$F" "$O.csv"`}
	duck := func(read string) job {
		return job{"DuckDB " + read, "", python + ` -c "import sys,duckdb; duckdb.sql(f\"copy (select * from ` + read + `('{sys.argv[1]}')) to '{sys.argv[2]}' (format csv)\")" "$F" "$O.csv"`}
	}
	script := func(name, code string) job { return job{name, "", python + ` -c "` + code + `" "$F" "$O.csv"`} }
	return []contest{
		{"xls, 65,535 × 20", "old.xls", []job{copied, convert, rust}},
		{"ods, 200,000 × 20", "mixed.ods", []job{copied, convert, rust}},
		{"ndjson, 200,000 × 20", "mixed.ndjson", []job{convert, duck("read_json_auto")}},
		{"json, 200,000 × 20", "mixed.json", []job{convert, duck("read_json_auto"),
			script("pandas read_json", `import sys,pandas; pandas.read_json(sys.argv[1]).to_csv(sys.argv[2])`)}},
		{"dbf, 200,000 × 20", "mixed.dbf", []job{convert,
			script("dbfread to CSV", `import sys,csv,dbfread; w=csv.writer(open(sys.argv[2],'w')); [w.writerow(r.values()) for r in dbfread.DBF(sys.argv[1],encoding='cp850')]`)}},
		{"html as .xls, 200,000 × 20", "mixed.html", []job{convert,
			script("lxml, texts to CSV", `import sys,csv; from lxml import etree; w=csv.writer(open(sys.argv[2],'w'))
for _,tr in etree.iterparse(sys.argv[1],tag='tr',html=True):
    w.writerow([''.join(td.itertext()) for td in tr]); tr.clear()`)}},
	}
}

// records calls each with the texts of every record, the same for all formats.
func records(rows int, each func(r int, texts []string)) {
	chance := rand.New(rand.NewPCG(5, 6))
	money := func() string { return fmt.Sprintf("%d.%02d", chance.IntN(1_000_000), chance.IntN(100)) }
	for r := range rows {
		each(r, []string{
			fmt.Sprintf("%06d", r), "Programa " + units[r%6], units[chance.IntN(6)], money(), money(), money(),
			fmt.Sprintf("2026%02d%02d", 1+r%12, 1+r%28), fmt.Sprintf("0.%04d", chance.IntN(10000)), []string{"T", "F"}[r%2], fmt.Sprint(2020 + r%6),
			"Distrito " + fmt.Sprint(r%97), fmt.Sprintf("%06d", 10101+r%2500), money(), fmt.Sprint(chance.IntN(1000)), money(),
			"observación " + fmt.Sprint(chance.IntN(500)), fmt.Sprint(chance.IntN(100)), money(), money(), "Persona " + fmt.Sprint(chance.IntN(3000)),
		})
	}
}

// dbase writes a table of dBase III, code page 850.
func dbase(path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	const kinds, width = "CCCNNNDNLNCCNNNCNNNC", 40
	size := 1
	var fields []byte
	for i, c := range columns {
		n := width
		switch kinds[i] {
		case 'D':
			n = 8
		case 'L':
			n = 1
		}
		d := make([]byte, 32)
		copy(d, fmt.Sprintf("C%02d%s", i, strings.ToUpper(c[:1])))
		d[11], d[16] = kinds[i], byte(n)
		if kinds[i] == 'N' {
			d[17] = 2
		}
		fields, size = append(fields, d...), size+n
	}
	head := make([]byte, 32)
	head[0], head[1], head[2], head[3], head[29] = 3, 126, 1, 1, 0x02
	binary.LittleEndian.PutUint32(head[4:], uint32(rows))
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)+len(fields)+1))
	binary.LittleEndian.PutUint16(head[10:], uint16(size))
	w.Write(head)
	w.Write(fields)
	w.WriteByte(0x0d)
	records(rows, func(_ int, texts []string) {
		w.WriteByte(' ')
		for i, s := range texts {
			s = strings.NewReplacer("ó", "\xa2", "í", "\xa1", "ú", "\xa3").Replace(s)
			switch kinds[i] {
			case 'C':
				fmt.Fprintf(w, "%s%s", s, strings.Repeat(" ", width-len(s)))
			case 'N':
				fmt.Fprintf(w, "%*s", width, s)
			default:
				w.WriteString(s)
			}
		}
	})
	w.WriteByte(0x1a)
	return w.Flush()
}

// page writes a page with one table, as finance systems hand it over.
func page(path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("<html><head><meta charset=\"utf-8\"></head><body><table border=1>\n<tr>")
	for _, c := range columns {
		fmt.Fprintf(w, "<th>%s</th>", c)
	}
	w.WriteString("</tr>\n")
	records(rows, func(_ int, texts []string) {
		w.WriteString("<tr>")
		for _, s := range texts {
			fmt.Fprintf(w, "<td class=\"x\">%s</td>", s)
		}
		w.WriteString("</tr>\n")
	})
	w.WriteString("</table></body></html>\n")
	return w.Flush()
}
