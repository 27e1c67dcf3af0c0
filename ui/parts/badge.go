package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tone is a pair of colours: words and their soft ground.
type Tone uint8

// The tones, by what they say. A badge always says it in words too.
const (
	Neutral   Tone = iota // a plain fact
	OnRoad                // queued, being sent
	Attention             // needs a look
	Decide                // must be decided, refused
	Done                  // published, verified
	Chosen                // selected, the table
)

func (t Tone) colors() (words, ground fyne.ThemeColorName) {
	switch t {
	case OnRoad:
		return Info, InfoSoft
	case Attention:
		return Warn, WarnSoft
	case Decide:
		return Bad, BadSoft
	case Done:
		return Good, GoodSoft
	case Chosen:
		return Accent, AccentSoft
	}
	return Muted, Rail
}

// Badge is a state in a word or two.
type Badge struct {
	widget.BaseWidget

	text string
	tone Tone
}

// NewBadge shows a state.
func NewBadge(text string, tone Tone) *Badge {
	b := &Badge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// Text returns the words shown.
func (b *Badge) Text() string { return b.text }

// CreateRenderer draws the words on their ground.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(color.Transparent)
	ground.CornerRadius = 5
	words := canvas.NewText("", color.Transparent)
	r := &badgeRenderer{b: b, ground: ground, words: words}
	r.restyle()
	return r
}

type badgeRenderer struct {
	b      *Badge
	ground *canvas.Rectangle
	words  *canvas.Text
}

func (r *badgeRenderer) restyle() {
	words, ground := r.b.tone.colors()
	r.words.Text, r.words.TextSize, r.words.Color = r.b.text, sized(SmallSize)-1, ink(words)
	r.words.TextStyle.Bold = true
	r.ground.FillColor = ink(ground)
}

func (r *badgeRenderer) MinSize() fyne.Size { return r.words.MinSize().AddWidthHeight(16, 5) }

func (r *badgeRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	m := r.words.MinSize()
	r.words.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
	r.words.Resize(m)
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.words}
}

func (r *badgeRenderer) Refresh() {
	r.restyle()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *badgeRenderer) Destroy() {}
