// Package samples holds files to try the program with: a budget workbook as
// messy as a finance system's, and a small delimited file in an old encoding.
// Both are made by tools/sample; everything in them is invented.
package samples

import _ "embed"

//go:embed ejecucion_presupuestal.xlsx
var budget []byte

//go:embed obras_municipales.csv
var works []byte

// Budget returns the workbook's file name and its bytes, a copy of the
// caller's own.
func Budget() (name string, data []byte) {
	return "ejecucion_presupuestal.xlsx", append([]byte(nil), budget...)
}

// Works returns the delimited file's name and its bytes (windows-1252,
// semicolons, decimal commas), a copy of the caller's own.
func Works() (name string, data []byte) {
	return "obras_municipales.csv", append([]byte(nil), works...)
}
