package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Column stacks objects from top to bottom with a gap between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnLayout{stack: layout.NewCustomPaddedVBoxLayout(gap)}, objects...)
}

// Inset puts space around an object: top, bottom, left, right.
func Inset(top, bottom, left, right float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), object)
}

// Row puts objects side by side, each at its own height and centred. Objects
// made by Grow share the width that is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(rowLayout{gap: gap}, objects...)
}

// Grow marks an object of a Row that takes the width that is left. With nil
// it is empty space.
func Grow(object fyne.CanvasObject) fyne.CanvasObject {
	if object == nil {
		return layout.NewSpacer()
	}
	return container.New(growing{}, object)
}

// Flow puts objects side by side and goes on below when the width is used up.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewRowWrapLayoutWithCustomPadding(gap, gap), objects...)
}

// Tiles lays objects out in as many equal columns as fit, each at least width
// wide, rows as high as their highest tile.
func Tiles(width, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tilesLayout{width: width, gap: gap}, objects...)
}

// Wide gives an object at least the width and height given.
func Wide(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(atLeast{fyne.NewSize(width, height)}, object)
}

// NoWider gives an object the width that there is, up to the one given.
func NoWider(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(atMost(width), object)
}

// Sided shows main beside a column on its right, which is width wide and gives
// way a little where the window is small.
func Sided(main, side fyne.CanvasObject, width, gap float32) *fyne.Container {
	return container.New(sidedLayout{width: width, gap: gap}, main, side)
}

type growing struct{}

func (growing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

func (growing) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func grows(o fyne.CanvasObject) bool {
	if s, ok := o.(layout.SpacerObject); ok {
		return s.ExpandHorizontal()
	}
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(growing)
	return ok
}

// columnLayout is Fyne's, after every object has learned its width: a text that
// breaks into more lines in a narrower window needs its new height at once.
type columnLayout struct{ stack fyne.Layout }

func (l columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return l.stack.MinSize(objects) }

func (l columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if _, spacer := o.(layout.SpacerObject); o.Visible() && !spacer {
			o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		}
	}
	l.stack.Layout(objects, size)
}

type rowLayout struct{ gap float32 }

func (l rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
		shown++
	}
	size.Width += l.gap * float32(max(shown-1, 0))
	return size
}

func (l rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	growers := 0
	for _, o := range objects {
		if o.Visible() && grows(o) {
			growers++
		}
	}
	spare := size.Width - l.MinSize(objects).Width
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if growers > 0 && grows(o) {
			w = max(w+spare/float32(growers), 0)
		}
		o.Resize(fyne.NewSize(w, o.MinSize().Height)) // a wrapping text learns its width first
		h := min(o.MinSize().Height, max(size.Height, 1))
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += w + l.gap
	}
}

type tilesLayout struct {
	width, gap float32
	columns    int
}

func (l *tilesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	columns := max(l.columns, 1)
	size := fyne.NewSize(l.width, 0)
	for i := 0; i < len(objects); i += columns {
		if i > 0 {
			size.Height += l.gap
		}
		size.Height += highest(objects[i:min(i+columns, len(objects))])
	}
	return size
}

func (l *tilesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.columns = max(int((size.Width+l.gap)/(l.width+l.gap)), 1)
	w := (size.Width - l.gap*float32(l.columns-1)) / float32(l.columns)
	y := float32(0)
	for i := 0; i < len(objects); i += l.columns {
		row := objects[i:min(i+l.columns, len(objects))]
		for _, o := range row {
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
		}
		h := highest(row)
		for j, o := range row {
			o.Resize(fyne.NewSize(w, h))
			o.Move(fyne.NewPos(float32(j)*(w+l.gap), y))
		}
		y += h + l.gap
	}
}

func highest(objects []fyne.CanvasObject) float32 {
	h := float32(0)
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return h
}

type atLeast struct{ size fyne.Size }

func (l atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(l.size)
}

func (l atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	growing{}.Layout(objects, size)
}

type atMost float32

func (atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	size.Width = min(size.Width, float32(l))
	growing{}.Layout(objects, size)
}

type sidedLayout struct{ width, gap float32 }

func (l sidedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+l.gap+max(b.Width, l.least()), max(a.Height, b.Height))
}

// least is the width that the side column never goes below.
func (l sidedLayout) least() float32 { return l.width * 0.8 }

func (l sidedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := max(min(l.width, max(size.Width/2.6, l.least())), objects[1].MinSize().Width)
	w := size.Width - side - l.gap
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(side, size.Height))
	objects[1].Move(fyne.NewPos(w+l.gap, 0))
}
