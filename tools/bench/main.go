// Command bench makes the large files that speed is measured on, and measures:
// the time of our program against peers that do the same job on the same file
// in the same run, as ratios. It is no test: `make bench` and `make bench-peers`
// call it, and docs/performance.md keeps what it printed.
//
//	bench make DIR          writes mixed.xlsx, million.xlsx and latin.csv into DIR
//	bench peers DIR PROGRAM measures PROGRAM against the peers that are here
//	bench rows FILE         reads a workbook with excelize, the Go peer
package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "bench make DIR | bench peers DIR PROGRAM")
		os.Exit(2)
	}
	var err error
	switch {
	case os.Args[1] == "make":
		err = makeFiles(os.Args[2])
	case os.Args[1] == "peers" && len(os.Args) > 3:
		err = peers(os.Args[2], os.Args[3])
	case os.Args[1] == "rows":
		err = rows(os.Args[2])
	default:
		err = fmt.Errorf("%q is not a command", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// makeFiles writes what is not there yet: a workbook of 200,000 rows × 20
// mixed columns, one of 1,000,000 × 20, and 1.2 million lines of Windows-1252
// with semicolons.
func makeFiles(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		rows int
		make func(path string, rows int) error
	}{
		{"mixed.xlsx", 200_000, workbook}, {"million.xlsx", 1_000_000, workbook}, {"latin.csv", 1_200_000, latin},
	} {
		path := filepath.Join(dir, f.name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := f.make(path, f.rows); err != nil {
			return err
		}
	}
	return nil
}

var units = [...]string{"Alcaldía", "Obras Públicas", "Servicios", "Desarrollo Social", "Administración Tributaria", "Catastro"}

// columns are the titles of the 20 columns.
var columns = [...]string{
	"código", "programa", "unidad", "aprobado", "modificado", "devengado", "fecha", "avance", "activo", "año",
	"distrito", "ubigeo", "monto 1", "monto 2", "monto 3", "nota", "cantidad", "precio", "total", "responsable",
}

func workbook(path string, rows int) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = c
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	chance := rand.New(rand.NewPCG(1, 2))
	money := func() float64 { return float64(chance.IntN(100_000_000)) / 100 }
	for r := range rows {
		row := []any{
			fmt.Sprintf("%06d", r), "Programa " + units[r%6], units[chance.IntN(6)], money(), money(), money(),
			excelize.Cell{StyleID: date, Value: 45000 + chance.IntN(700)}, float64(chance.IntN(10000)) / 10000, r%2 == 0, 2020 + r%6,
			"Distrito " + fmt.Sprint(r%97), fmt.Sprintf("%06d", 10101+r%2500), money(), chance.IntN(1000), money(),
			"observación " + fmt.Sprint(chance.IntN(500)), chance.IntN(100), money(), money(), "Persona " + fmt.Sprint(chance.IntN(3000)),
		}
		cell, err := excelize.CoordinatesToCellName(1, r+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(cell, row); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}

// rows reads every row of a workbook's first sheet with excelize.
func rows(path string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	for all.Next() {
		if _, err := all.Columns(); err != nil {
			return err
		}
	}
	return all.Close()
}

// latin writes some 250 bytes a line in Windows-1252, decimal commas and all.
func latin(path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	chance := rand.New(rand.NewPCG(3, 4))
	money := func() string { return fmt.Sprintf("%d,%02d", chance.IntN(1_000_000), chance.IntN(100)) }
	for i, c := range columns {
		if i > 0 {
			w.WriteByte(';')
		}
		oneByte(w, c)
	}
	w.WriteString("\r\n")
	for r := range rows {
		fmt.Fprintf(w, "%06d;", r)
		oneByte(w, "Programa de "+units[r%6]+";"+units[chance.IntN(6)]+";")
		fmt.Fprintf(w, "%s;%s;%s;%02d/%02d/2026;0,%04d;", money(), money(), money(), 1+r%28, 1+r%12, chance.IntN(10000))
		oneByte(w, []string{"sí", "no"}[r%2]+";")
		fmt.Fprintf(w, "%d;Distrito %d;%06d;%s;%d;%s;", 2020+r%6, r%97, 10101+r%2500, money(), chance.IntN(1000), money())
		oneByte(w, fmt.Sprintf("observación número %d sobre la ejecución del año;", chance.IntN(500)))
		fmt.Fprintf(w, "%d;%s;%s;", chance.IntN(100), money(), money())
		oneByte(w, fmt.Sprintf("Señora Persona Número %d", chance.IntN(3000)))
		w.WriteString("\r\n")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// oneByte writes text whose letters all have one byte in Windows-1252.
func oneByte(w *bufio.Writer, s string) {
	for _, r := range s {
		w.WriteByte(byte(r))
	}
}
