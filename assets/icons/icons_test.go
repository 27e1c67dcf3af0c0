package icons

import (
	"image/color"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestEveryDrawingTakesTheColourItIsGiven(t *testing.T) {
	ink := color.NRGBA{R: 0x12, G: 0x34, B: 0x56, A: 0xFF}
	for _, name := range Names {
		got := string(SVG(name, ink))
		if !strings.Contains(got, `stroke="#123456"`) || strings.Contains(got, "currentColor") {
			t.Errorf("%s is not drawn in the colour given: %s", name, got)
		}
		if !strings.Contains(got, `stroke-width="1.8"`) {
			t.Errorf("%s has another stroke weight than the set", name)
		}
	}
	if !strings.Contains(string(Logo(ink)), "#123456") {
		t.Error("the logo's path keeps its own colour")
	}
}

func TestNamesListsEveryDrawing(t *testing.T) {
	paths, err := fs.Glob(files, "*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(path, ".svg")
		if name != "logo" && name != "app" && !slices.Contains(Names[:], name) {
			t.Errorf("%s is embedded and not in Names", name)
		}
	}
	if len(paths) != len(Names)+2 {
		t.Errorf("%d drawings, want %d", len(paths), len(Names)+2)
	}
}
