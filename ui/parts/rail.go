package parts

import (
	"image/color"

	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// RailItem is one room in the left rail, with a counter of what waits there.
type RailItem struct {
	pressable

	icon, text string
	count      int
	selected   bool
}

// NewRailItem names a room.
func NewRailItem(icon, text string, tapped func()) *RailItem {
	r := &RailItem{icon: icon, text: text}
	r.OnTapped = tapped
	r.extend(r)
	return r
}

// Select shows whether the room is the one on screen.
func (r *RailItem) Select(on bool) { r.selected = on; r.Refresh() }

// Count shows how many things wait there; 0 hides the counter.
func (r *RailItem) Count(n int) {
	if r.count == n {
		return
	}
	r.count = n
	r.Refresh()
}

// CreateRenderer draws the icon, the words and the counter.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	w := &railRenderer{
		item: r, body: canvas.NewRectangle(color.Transparent), ring: ring(8), text: canvas.NewText("", color.Transparent),
		icon: NewIcon(r.icon, Ink), pill: canvas.NewRectangle(color.Transparent), count: canvas.NewText("", color.Transparent),
	}
	w.body.CornerRadius = 8
	w.restyle()
	return w
}

type railRenderer struct {
	item        *RailItem
	body, ring  *canvas.Rectangle
	pill        *canvas.Rectangle
	icon        *Icon
	text, count *canvas.Text
}

func (r *railRenderer) restyle() {
	words := Ink
	r.body.FillColor = color.Transparent
	switch {
	case r.item.selected:
		words, r.body.FillColor = OnAccent, ink(Accent)
	case r.item.hovered:
		r.body.FillColor = blend(ink(Rail), ink(Ink), 0.07)
	}
	r.icon.Set(r.item.icon, words)
	r.text.Text, r.text.Color, r.text.TextSize = r.item.text, ink(words), sized(BodySize)
	r.text.TextStyle.Bold = r.item.selected
	r.pill.FillColor, r.pill.Hidden = ink(Warn), r.item.count == 0
	r.count.Text, r.count.Color, r.count.TextSize = strconv.Itoa(r.item.count), ink(OnAccent), sized(SmallSize)-1
	r.count.TextStyle.Bold, r.count.Hidden = true, r.item.count == 0
	showRing(r.ring, r.item.focused)
}

func (r *railRenderer) MinSize() fyne.Size {
	t := r.text.MinSize()
	w := 12 + sized(BodySize) + 4 + 9 + t.Width + 12
	if r.item.count > 0 {
		w += r.count.MinSize().Width + 24
	}
	return fyne.NewSize(w, t.Height+20)
}

func (r *railRenderer) Layout(size fyne.Size) {
	r.body.Resize(size)
	placeRing(r.ring, size)
	side := sized(BodySize) + 4
	r.icon.Move(fyne.NewPos(12, (size.Height-side)/2))
	r.icon.Resize(fyne.NewSquareSize(side))
	t := r.text.MinSize()
	r.text.Move(fyne.NewPos(12+side+9, (size.Height-t.Height)/2))
	r.text.Resize(t)
	c := r.count.MinSize()
	pill := fyne.NewSize(max(c.Width+13, c.Height+3), c.Height+3)
	r.pill.CornerRadius = pill.Height / 2
	r.pill.Resize(pill)
	r.pill.Move(fyne.NewPos(size.Width-pill.Width-11, (size.Height-pill.Height)/2))
	r.count.Resize(c)
	r.count.Move(fyne.NewPos(size.Width-pill.Width-11+(pill.Width-c.Width)/2, (size.Height-c.Height)/2))
}

func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.body, r.icon, r.text, r.pill, r.count, r.ring}
}

func (r *railRenderer) Refresh() {
	r.restyle()
	r.Layout(r.item.Size())
	canvas.Refresh(r.item)
}

func (r *railRenderer) Destroy() {}
