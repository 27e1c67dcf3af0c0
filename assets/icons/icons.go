// Package icons holds the drawings of the window: one set in one stroke
// weight, on a grid of 24 by 24, and the logo, a mountain path with a sun over
// it. A drawing says currentColor where the window's colour belongs.
package icons

import (
	"embed"
	"fmt"
	"image/color"
	"strings"
)

//go:embed *.svg
var files embed.FS

// Names lists the drawings that stand in the window, without the logo.
var Names = [...]string{
	"add", "check", "copy", "down", "drop", "error", "file", "folder", "globe", "home",
	"outbox", "search", "settings", "table", "undo", "warning",
}

// SVG returns a drawing in one colour. A name that is not in Names is an error
// of the program and gives an empty drawing.
func SVG(name string, c color.Color) []byte {
	raw, err := files.ReadFile(name + ".svg")
	if err != nil {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"/>`)
	}
	return []byte(strings.ReplaceAll(string(raw), "currentColor", Hex(c)))
}

// Logo returns the mark beside the program's name, its path in the colour
// given; the sun keeps its own.
func Logo(path color.Color) []byte {
	raw, _ := files.ReadFile("logo.svg")
	return []byte(strings.ReplaceAll(string(raw), "#0F6E64", Hex(path)))
}

// App returns the program's icon for the window and the desktop.
func App() []byte {
	raw, _ := files.ReadFile("app.svg")
	return raw
}

// Hex writes a colour as SVG does, without its transparency.
func Hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}
