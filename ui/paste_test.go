package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestCellsCopiedInASpreadsheetBecomeADataset(t *testing.T) {
	b := newBench(t, Options{})
	fyne.CurrentApp().Clipboard().SetContent("codigo\tnombre\tmonto\r\n001\tAlcaldía\t1.234,50\r\n002\t\"Obras\nPúblicas\"\t99,00\r\n")
	b.press("Pegar")
	b.wants("¿Es esta su tabla?")
	layout := b.w.page.(*reviewPage).t.Layout()
	if got := layout.DataLast - layout.DataFirst + 1; got != 2 || len(layout.Fields) != 3 {
		t.Errorf("the table has %d rows of %d columns, want 2 of 3", got, len(layout.Fields))
	}
}

func TestAnEmptyClipboardIsExplained(t *testing.T) {
	b := newBench(t, Options{})
	fyne.CurrentApp().Clipboard().SetContent(" \n")
	b.press("Pegar")
	b.wants("No hay texto en el portapapeles")
}
