package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Dot is a small disc in a tone. It stands beside words, never alone.
type Dot struct {
	widget.BaseWidget

	tone Tone
}

// NewDot shows a disc.
func NewDot(tone Tone) *Dot {
	d := &Dot{tone: tone}
	d.ExtendBaseWidget(d)
	return d
}

// Set changes the tone.
func (d *Dot) Set(tone Tone) { d.tone = tone; d.Refresh() }

// CreateRenderer draws the disc.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	r := &dotRenderer{d: d, disc: canvas.NewCircle(color.Transparent)}
	r.Refresh()
	return r
}

type dotRenderer struct {
	d    *Dot
	disc *canvas.Circle
}

func (r *dotRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(10) }

func (r *dotRenderer) Layout(size fyne.Size) {
	r.disc.Move(fyne.NewPos((size.Width-10)/2, (size.Height-10)/2))
	r.disc.Resize(fyne.NewSquareSize(10))
}

func (r *dotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.disc} }

func (r *dotRenderer) Refresh() {
	c, _ := r.d.tone.colors()
	r.disc.FillColor = ink(c)
	r.disc.Refresh()
}

func (r *dotRenderer) Destroy() {}
