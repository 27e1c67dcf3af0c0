// Command sample makes the files of assets/samples: a budget workbook as messy
// as the ones that finance systems export, and a small delimited file.
//
//	go run ./tools/sample [DIR]
//
// The output depends on nothing but this program: the same bytes every time.
// The municipality, its people and their addresses are invented; addresses
// are under the reserved domain .example (RFC 2606).
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := filepath.Join("assets", "samples")
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := writeAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

// writeAll writes every sample into dir.
func writeAll(dir string) error {
	budget, err := budgetWorkbook()
	if err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	works, err := worksFile()
	if err != nil {
		return fmt.Errorf("making the delimited file: %w", err)
	}
	for name, data := range map[string][]byte{
		"ejecucion_presupuestal.xlsx": budget,
		"obras_municipales.csv":       works,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
