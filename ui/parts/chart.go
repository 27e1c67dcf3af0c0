package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// chartHeight is how high the bars' ground is, in Fyne's units.
const chartHeight float32 = 132

// Bar is one day of a Chart: pieces that stand on each other, from below, and
// a mark beside them, each a number of things.
type Bar struct {
	Pieces []int
	Mark   int
}

// Chart draws days from left to right: for each a bar of what was done, in a
// colour for each series, and a short line at the height of what waits. What it
// shows must stand in words beside it too: it can't be read with the ears.
type Chart struct {
	widget.BaseWidget

	bars []Bar
	top  string // words at the highest line
	ends [2]string
}

// NewChart shows bars; top is what the highest line stands for, first and last
// name the two ends of the ground.
func NewChart(bars []Bar, top, first, last string) *Chart {
	c := &Chart{bars: bars, top: top, ends: [2]string{first, last}}
	c.ExtendBaseWidget(c)
	return c
}

// SeriesColor is the colour of a series' pieces, by its number. After the last
// one they begin anew.
func SeriesColor(n int) fyne.ThemeColorName {
	colors := [...]fyne.ThemeColorName{Accent, Info, Good, Warn, Muted}
	return colors[n%len(colors)]
}

// MarkColor is the colour of the line that says what waits.
const MarkColor = Bad

// Highest is the largest number that the bars show.
func Highest(bars []Bar) int {
	most := 0
	for _, b := range bars {
		sum := 0
		for _, p := range b.Pieces {
			sum += p
		}
		most = max(most, sum, b.Mark)
	}
	return most
}

// CreateRenderer draws the bars.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{c: c, ground: canvas.NewLine(color.Transparent), roof: canvas.NewLine(color.Transparent)}
	r.top, r.first, r.last = NewSmall(c.top, Muted), NewSmall(c.ends[0], Muted), NewSmall(c.ends[1], Muted)
	for _, b := range c.bars {
		var pieces []*canvas.Rectangle
		for range b.Pieces {
			pieces = append(pieces, canvas.NewRectangle(color.Transparent))
		}
		r.pieces = append(r.pieces, pieces)
		r.marks = append(r.marks, canvas.NewRectangle(color.Transparent))
	}
	r.restyle()
	return r
}

type chartRenderer struct {
	c                *Chart
	ground, roof     *canvas.Line
	top, first, last *Text
	pieces           [][]*canvas.Rectangle
	marks            []*canvas.Rectangle
}

func (r *chartRenderer) restyle() {
	r.ground.StrokeColor, r.roof.StrokeColor = ink(Edge), ink(Line)
	for _, pieces := range r.pieces {
		for n, p := range pieces {
			p.FillColor = ink(SeriesColor(n))
		}
	}
	for _, m := range r.marks {
		m.FillColor = ink(MarkColor)
	}
}

func (r *chartRenderer) MinSize() fyne.Size {
	words := r.first.MinSize().Height
	return fyne.NewSize(float32(4*len(r.c.bars)), chartHeight+2*words+6)
}

func (r *chartRenderer) Layout(size fyne.Size) {
	words := r.first.MinSize().Height
	place := func(o fyne.CanvasObject, x, y float32) {
		o.Resize(o.MinSize())
		o.Move(fyne.NewPos(x, y))
	}
	place(r.top, 0, 0)
	roof, ground := words+2, size.Height-words-4
	place(r.first, 0, ground+4)
	place(r.last, size.Width-r.last.MinSize().Width, ground+4)
	across := func(l *canvas.Line, y float32) {
		l.Position1, l.Position2 = fyne.NewPos(0, y), fyne.NewPos(size.Width, y)
	}
	across(r.roof, roof)
	across(r.ground, ground)
	highest := float32(max(Highest(r.c.bars), 1))
	slot := size.Width / float32(max(len(r.c.bars), 1))
	width := max(slot*0.6, 2)
	for i, b := range r.c.bars {
		x, y := float32(i)*slot+(slot-width)/2, ground
		for n, v := range b.Pieces {
			h := (ground - roof) * float32(v) / highest
			y -= h
			r.pieces[i][n].Hidden = v == 0
			r.pieces[i][n].Move(fyne.NewPos(x, y))
			r.pieces[i][n].Resize(fyne.NewSize(width, h))
		}
		r.marks[i].Hidden = b.Mark == 0
		r.marks[i].Move(fyne.NewPos(float32(i)*slot, ground-(ground-roof)*float32(b.Mark)/highest-1.5))
		r.marks[i].Resize(fyne.NewSize(slot, 3))
	}
}

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	list := []fyne.CanvasObject{r.roof, r.ground, r.top, r.first, r.last}
	for _, pieces := range r.pieces {
		for _, p := range pieces {
			list = append(list, p)
		}
	}
	for _, m := range r.marks {
		list = append(list, m)
	}
	return list
}

func (r *chartRenderer) Refresh() {
	r.restyle()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *chartRenderer) Destroy() {}
