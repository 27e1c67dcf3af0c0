package parts

import (
	"image/color"

	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Step is one step of the way a dataset goes.
type Step struct {
	Title string
	Done  bool
	// Go is what a tap on the step does; nil while it can't be reached.
	Go func()
}

// NewStepper shows the steps in a line with the current one (from 0) filled.
func NewStepper(steps []Step, current int) fyne.CanvasObject {
	row := Row(10)
	for i, s := range steps {
		if i > 0 {
			row.Add(Wide(24, 1, newDash()))
		}
		row.Add(newStep(s, i+1, i == current))
	}
	return row
}

func newDash() fyne.CanvasObject { return NewGround(Edge, canvas.NewRectangle(color.Transparent)) }

type stepWidget struct {
	pressable

	step    Step
	number  int
	current bool
}

func newStep(s Step, number int, current bool) *stepWidget {
	w := &stepWidget{step: s, number: number, current: current}
	w.OnTapped = s.Go
	w.extend(w)
	if s.Go == nil {
		w.Disable()
	}
	return w
}

func (s *stepWidget) CreateRenderer() fyne.WidgetRenderer {
	r := &stepRenderer{
		s: s, disc: canvas.NewCircle(color.Transparent), number: canvas.NewText("", color.Transparent),
		check: NewIcon("", Accent), title: canvas.NewText("", color.Transparent), ring: ring(14),
	}
	r.restyle()
	return r
}

type stepRenderer struct {
	s             *stepWidget
	disc          *canvas.Circle
	number, title *canvas.Text
	check         *Icon
	ring          *canvas.Rectangle
}

func (r *stepRenderer) restyle() {
	fill, stroke, words, title := Paper, Edge, Muted, Muted
	done := r.s.step.Done && !r.s.current
	switch {
	case r.s.current:
		fill, stroke, words, title = Accent, Accent, OnAccent, Accent
	case done:
		fill, stroke, words = AccentSoft, Accent, Accent
	}
	if r.s.hovered && !r.s.Disabled() && !r.s.current {
		title = Ink
	}
	r.disc.FillColor, r.disc.StrokeColor, r.disc.StrokeWidth = ink(fill), ink(stroke), 1
	r.number.Text, r.number.TextSize, r.number.Color = strconv.Itoa(r.s.number), sized(SmallSize)-1, ink(words)
	r.number.TextStyle.Bold, r.number.Hidden = r.s.current, done
	r.check.Set("check", Accent)
	r.check.Hidden = !done
	r.title.Text, r.title.TextSize, r.title.Color = r.s.step.Title, sized(BodySize), ink(title)
	r.title.TextStyle.Bold = r.s.current
	showRing(r.ring, r.s.focused)
}

func (r *stepRenderer) side() float32 { return sized(BodySize) + 10 }

func (r *stepRenderer) MinSize() fyne.Size {
	t := r.title.MinSize()
	return fyne.NewSize(r.side()+8+t.Width+4, r.side()+4)
}

func (r *stepRenderer) Layout(size fyne.Size) {
	side := r.side()
	y := (size.Height - side) / 2
	r.disc.Move(fyne.NewPos(0, y))
	r.disc.Resize(fyne.NewSquareSize(side))
	n := r.number.MinSize()
	r.number.Move(fyne.NewPos((side-n.Width)/2, y+(side-n.Height)/2))
	r.number.Resize(n)
	mark := side * 0.62
	r.check.Move(fyne.NewPos((side-mark)/2, y+(side-mark)/2))
	r.check.Resize(fyne.NewSquareSize(mark))
	t := r.title.MinSize()
	r.title.Move(fyne.NewPos(side+8, (size.Height-t.Height)/2))
	r.title.Resize(t)
	placeRing(r.ring, size)
}

func (r *stepRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.disc, r.number, r.check, r.title, r.ring}
}

func (r *stepRenderer) Refresh() {
	r.restyle()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *stepRenderer) Destroy() {}
