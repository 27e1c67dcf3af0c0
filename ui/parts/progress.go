package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Progress is a thin bar, filled from 0 to 1.
type Progress struct {
	widget.BaseWidget

	part float64
}

// NewProgress shows a share of something.
func NewProgress(part float64) *Progress {
	p := &Progress{part: part}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the share; values outside 0 to 1 are taken as these.
func (p *Progress) Set(part float64) {
	p.part = min(max(part, 0), 1)
	p.Refresh()
}

// Part returns the share shown.
func (p *Progress) Part() float64 { return p.part }

// CreateRenderer draws the bar.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p, ground: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	r.ground.CornerRadius, r.bar.CornerRadius = 4, 4
	r.restyle()
	return r
}

type progressRenderer struct {
	p           *Progress
	ground, bar *canvas.Rectangle
}

func (r *progressRenderer) restyle() {
	r.ground.FillColor, r.bar.FillColor = ink(Line), ink(Accent)
}

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 8) }

func (r *progressRenderer) Layout(size fyne.Size) {
	y := (size.Height - 8) / 2
	r.ground.Move(fyne.NewPos(0, y))
	r.ground.Resize(fyne.NewSize(size.Width, 8))
	r.bar.Move(fyne.NewPos(0, y))
	r.bar.Resize(fyne.NewSize(size.Width*float32(r.p.part), 8))
	r.bar.Hidden = r.p.part <= 0
}

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar}
}

func (r *progressRenderer) Refresh() {
	r.restyle()
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *progressRenderer) Destroy() {}
