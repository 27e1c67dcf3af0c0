package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the look by what they are for. Each has a light and a dark
// value with a contrast of at least 4.5:1 for text on its ground.
const (
	Paper      fyne.ThemeColorName = "paper"      // window background
	Rail       fyne.ThemeColorName = "rail"       // left rail, quiet badges
	Surface    fyne.ThemeColorName = "surface"    // cards, grid, fields
	Line       fyne.ThemeColorName = "line"       // card borders, grid lines
	Edge       fyne.ThemeColorName = "edge"       // borders of fields and buttons
	Ink        fyne.ThemeColorName = "ink"        // text
	Muted      fyne.ThemeColorName = "muted"      // secondary text
	Accent     fyne.ThemeColorName = "accent"     // the one main action, progress
	AccentSoft fyne.ThemeColorName = "accentSoft" // header rows, selected things
	OnAccent   fyne.ThemeColorName = "onAccent"   // text on Accent
	Warn       fyne.ThemeColorName = "warn"       // needs attention
	WarnSoft   fyne.ThemeColorName = "warnSoft"
	Bad        fyne.ThemeColorName = "bad" // must decide, refused
	BadSoft    fyne.ThemeColorName = "badSoft"
	Good       fyne.ThemeColorName = "good" // published, verified
	GoodSoft   fyne.ThemeColorName = "goodSoft"
	Info       fyne.ThemeColorName = "info" // queued, on the road
	InfoSoft   fyne.ThemeColorName = "infoSoft"
	Outside    fyne.ThemeColorName = "outside" // rows of a sheet that are not of the table
	Faded      fyne.ThemeColorName = "faded"   // text of such rows
)

// The sizes of text, in Fyne's units at a scale of 1.
const (
	TitleSize   = theme.SizeNameHeadingText    // 22, one a page
	SectionSize = theme.SizeNameSubHeadingText // 16, one a card
	BodySize    = theme.SizeNameText           // 14
	SmallSize   = theme.SizeNameCaptionText    // 13, hints and badges
)

type pair struct{ light, dark uint32 }

// palette holds the tokens of the look. Edge is a little stronger than line so
// that a field is seen as one; outside and faded serve the grid alone.
var palette = map[fyne.ThemeColorName]pair{
	Paper:      {0xF6F3EC, 0x14191A},
	Rail:       {0xEDE8DC, 0x101415},
	Surface:    {0xFFFFFF, 0x1C2324},
	Line:       {0xE3DDD0, 0x2D3637},
	Edge:       {0xC6BEAD, 0x4A5759},
	Ink:        {0x1F2A2C, 0xECEFEA},
	Muted:      {0x5A6664, 0xA6B1AE},
	Accent:     {0x0F6E64, 0x5CC2B2},
	AccentSoft: {0xDCEEEA, 0x17403B},
	OnAccent:   {0xFFFFFF, 0x0B2421},
	Warn:       {0x8A4704, 0xF0B568},
	WarnSoft:   {0xFBEBD3, 0x3D2A10},
	Bad:        {0x98302A, 0xF2938A},
	BadSoft:    {0xF8E1DE, 0x43201D},
	Good:       {0x2A6330, 0x8CCB90},
	GoodSoft:   {0xE2F0E0, 0x1B361D},
	Info:       {0x24507A, 0x8FBEEB},
	InfoSoft:   {0xE1ECF5, 0x18304A},
	Outside:    {0xFAF8F3, 0x181E1F},
	Faded:      {0x6A726E, 0x8B9693},
}

// fyneColors says which token answers for each of Fyne's own names, so that
// its entries, menus and dialogs look like ours.
var fyneColors = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          Paper,
	theme.ColorNameForeground:          Ink,
	theme.ColorNameButton:              Surface,
	theme.ColorNameDisabledButton:      Rail,
	theme.ColorNameDisabled:            Muted,
	theme.ColorNamePlaceHolder:         Muted,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameInputBorder:         Edge,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameHeaderBackground:    Rail,
	theme.ColorNameSeparator:           Line,
	theme.ColorNameError:               Bad,
	theme.ColorNameWarning:             Warn,
	theme.ColorNameSuccess:             Good,
	theme.ColorNameForegroundOnError:   OnAccent,
	theme.ColorNameForegroundOnWarning: OnAccent,
	theme.ColorNameForegroundOnSuccess: OnAccent,
	theme.ColorNameScrollBarBackground: Rail,
}

// Mode says which of the two sides of the palette is shown.
type Mode string

// The modes a person can choose.
const (
	FollowSystem Mode = "system"
	Light        Mode = "light"
	Dark         Mode = "dark"
)

// Theme is the look of the window: our tokens, Fyne's bundled Noto Sans, which
// has all the letters of our languages, and sizes that follow one scale.
type Theme struct {
	mode  Mode
	scale float32
	base  fyne.Theme
}

// NewTheme makes the look for a mode and a size; 1 is 14-point body text.
// Sizes below 1 or above 2 are taken as these.
func NewTheme(mode Mode, scale float32) *Theme {
	return &Theme{mode: mode, scale: min(max(scale, 1), 2), base: theme.DefaultTheme()}
}

// Color answers for our tokens and for Fyne's names.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := variant == theme.VariantDark
	if t.mode != FollowSystem {
		dark = t.mode == Dark
	}
	if token, ok := fyneColors[name]; ok {
		name = token
	}
	if p, ok := palette[name]; ok {
		return p.shade(dark, 0xFF)
	}
	switch name {
	case theme.ColorNameFocus:
		return palette[Accent].shade(dark, 0x40)
	case theme.ColorNameSelection:
		return palette[Accent].shade(dark, 0x38)
	case theme.ColorNameHover:
		return palette[Ink].shade(dark, 0x16)
	case theme.ColorNamePressed:
		return palette[Ink].shade(dark, 0x1C)
	case theme.ColorNameScrollBar:
		return palette[Muted].shade(dark, 0x70)
	case theme.ColorNameShadow:
		return color.NRGBA{A: 0x14}
	}
	return t.base.Color(name, variant)
}

func (p pair) shade(dark bool, alpha uint8) color.NRGBA {
	v := p.light
	if dark {
		v = p.dark
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: alpha}
}

// Font returns Fyne's bundled fonts.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon returns Fyne's own icons, which its dialogs use.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Size returns sizes in Fyne's units. Text grows with the scale, lines don't.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case TitleSize:
		return 22 * t.scale
	case SectionSize:
		return 16 * t.scale
	case BodySize:
		return 14 * t.scale
	case SmallSize:
		return 13 * t.scale
	case theme.SizeNameInlineIcon:
		return 20 * t.scale
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 9
	case theme.SizeNameLineSpacing:
		return 3
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius:
		return 8
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius:
		return Radius
	case theme.SizeNameSelectionRadius:
		return 4
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 4
	}
	return t.base.Size(name)
}

// The rhythm of the page, in Fyne's units.
const (
	Radius float32 = 10 // corners of cards
	Unit   float32 = 8  // gaps are multiples of it
	Margin float32 = 28 // around a page
)

// ink resolves a token for the theme that is shown now.
func ink(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

// sized resolves a size for the theme that is shown now.
func sized(name fyne.ThemeSizeName) float32 { return theme.Size(name) }
