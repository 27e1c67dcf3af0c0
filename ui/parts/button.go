package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Weight says how loud a button is.
type Weight uint8

// The weights. A page has one filled button: its next step.
const (
	Filled   Weight = iota // the next step
	Outlined               // everything else
	Quiet                  // an underlined word among text
)

// Button is a button of the look. Use its constructors.
type Button struct {
	pressable

	Text   string
	Icon   string // a name of assets/icons, or ""
	Weight Weight
	Small  bool // for rows and cards
	Cuts   bool // the words begin at the left and are cut at the width
}

// NewFilled is the page's next step.
func NewFilled(text string, tapped func()) *Button { return newButton(text, Filled, tapped) }

// NewOutlined is any other action.
func NewOutlined(text string, tapped func()) *Button { return newButton(text, Outlined, tapped) }

// NewQuiet is an action among text.
func NewQuiet(text string, tapped func()) *Button { return newButton(text, Quiet, tapped) }

func newButton(text string, weight Weight, tapped func()) *Button {
	b := &Button{Text: text, Weight: weight}
	b.OnTapped = tapped
	b.extend(b)
	return b
}

// Smaller makes the button fit a row of text, and returns it.
func (b *Button) Smaller() *Button { b.Small = true; return b }

// Cut lets the words be shortened to the width, and returns the button.
func (b *Button) Cut() *Button { b.Cuts = true; return b }

// WithIcon puts a drawing before the words, and returns the button.
func (b *Button) WithIcon(name string) *Button { b.Icon = name; return b }

// SetText changes the words.
func (b *Button) SetText(s string) { b.Text = s; b.Refresh() }

// CreateRenderer draws a rounded body, an optional drawing and the words.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b: b, body: canvas.NewRectangle(color.Transparent), ring: ring(8),
		text: canvas.NewText("", color.Transparent), under: canvas.NewLine(color.Transparent), icon: NewIcon("", Ink),
	}
	r.body.CornerRadius = 8
	r.restyle()
	return r
}

type buttonRenderer struct {
	b          *Button
	body, ring *canvas.Rectangle
	text       *canvas.Text
	under      *canvas.Line
	icon       *Icon
}

func (r *buttonRenderer) restyle() {
	b := r.b
	fill, stroke, words := Surface, Edge, Ink
	switch {
	case b.Disabled():
		fill, stroke, words = Rail, Line, Muted
	case b.Weight == Filled:
		fill, stroke, words = Accent, Accent, OnAccent
	case b.hovered:
		stroke = Accent
	}
	r.body.FillColor, r.body.StrokeColor, r.body.StrokeWidth = ink(fill), ink(stroke), 1
	if b.Weight == Filled && b.hovered && !b.Disabled() {
		r.body.FillColor = blend(ink(Accent), ink(Ink), 0.16)
	}
	r.text.Text, r.text.TextSize = b.Text, sized(BodySize)
	if b.Small {
		r.text.TextSize = sized(SmallSize)
	}
	r.text.TextStyle.Bold = b.Weight == Filled
	if b.Weight == Quiet {
		r.body.FillColor, r.body.StrokeColor = color.Transparent, color.Transparent
		words = Accent
		if b.Disabled() {
			words = Muted
		}
	}
	r.text.Color = ink(words)
	r.under.StrokeColor, r.under.StrokeWidth, r.under.Hidden = ink(words), 1, b.Weight != Quiet
	r.icon.Set(b.Icon, words)
	r.icon.Hidden = b.Icon == ""
	showRing(r.ring, b.focused)
}

// padding is the space beside and above the words.
func (r *buttonRenderer) padding() (x, y float32) {
	switch {
	case r.b.Weight == Quiet:
		return 2, 2
	case r.b.Small:
		return 11, 6
	}
	return 17, 10
}

func (r *buttonRenderer) iconWidth() float32 {
	if r.b.Icon == "" {
		return 0
	}
	return sized(BodySize) + 4
}

func (r *buttonRenderer) MinSize() fyne.Size {
	x, y := r.padding()
	if r.b.Cuts {
		return fyne.NewSize(60, r.text.MinSize().Height+2*y)
	}
	size := r.text.MinSize().AddWidthHeight(2*x, 2*y)
	if w := r.iconWidth(); w > 0 {
		size.Width += w
		if r.b.Text != "" {
			size.Width += 7
		}
	}
	return size
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.body.Resize(size)
	placeRing(r.ring, size)
	left, _ := r.padding()
	if r.b.Cuts {
		r.text.Text = clip(r.b.Text, size.Width-2*left, r.text.TextSize, r.text.TextStyle)
	}
	words, icon := r.text.MinSize(), r.iconWidth()
	total := words.Width
	if icon > 0 {
		total += icon
		if r.b.Text != "" {
			total += 7
		}
	}
	x := (size.Width - total) / 2
	if r.b.Cuts {
		x = left
	}
	if icon > 0 {
		r.icon.Move(fyne.NewPos(x, (size.Height-icon)/2))
		r.icon.Resize(fyne.NewSquareSize(icon))
		x += icon + 7
	}
	r.text.Move(fyne.NewPos(x, (size.Height-words.Height)/2))
	r.text.Resize(words)
	y := (size.Height+words.Height)/2 - 2
	r.under.Position1, r.under.Position2 = fyne.NewPos(x, y), fyne.NewPos(x+words.Width, y)
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.body, r.icon, r.text, r.under, r.ring}
}

func (r *buttonRenderer) Refresh() {
	r.restyle()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *buttonRenderer) Destroy() {}
