package parts

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance and contrast are WCAG 2.1's.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xFFFF
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestWordsHaveEnoughContrastInBothModes(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{Ink, Paper}, {Ink, Surface}, {Ink, Rail}, {Muted, Paper}, {Muted, Surface}, {Muted, Rail},
		{Accent, Surface}, {Accent, Paper}, {Accent, AccentSoft}, {OnAccent, Accent}, {OnAccent, Warn},
		{Warn, WarnSoft}, {Bad, BadSoft}, {Good, GoodSoft}, {Info, InfoSoft}, {Ink, WarnSoft}, {Muted, WarnSoft},
		{Faded, Outside}, {Good, Surface}, {Warn, Surface},
	}
	for _, mode := range []Mode{Light, Dark} {
		look := NewTheme(mode, 1)
		for _, p := range pairs {
			c := contrast(look.Color(p[0], theme.VariantLight), look.Color(p[1], theme.VariantLight))
			if c < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want 4.5", mode, p[0], p[1], c)
			}
		}
	}
}

func TestTextIsNeverSmallerThanThirteenUnits(t *testing.T) {
	for _, scale := range []float32{0.2, 1, 1.5, 9} {
		look := NewTheme(Light, scale)
		for _, size := range []fyne.ThemeSizeName{TitleSize, SectionSize, BodySize, SmallSize} {
			if got := look.Size(size); got < 13 || got > 44 {
				t.Errorf("at scale %v %s is %v", scale, size, got)
			}
		}
	}
}

func TestModeOverrulesTheSystem(t *testing.T) {
	dark := NewTheme(Dark, 1).Color(Paper, theme.VariantLight)
	if dark != NewTheme(FollowSystem, 1).Color(Paper, theme.VariantDark) {
		t.Error("the dark mode shows other colours than a dark system does")
	}
	if dark == NewTheme(Light, 1).Color(Paper, theme.VariantDark) {
		t.Error("light and dark are the same")
	}
}
