package parts

import (
	"image/color"

	"chasqui/assets/icons"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Icon is a drawing of assets/icons in a colour of the theme.
type Icon struct {
	widget.BaseWidget

	name  string
	color fyne.ThemeColorName
}

// NewIcon shows the drawing of that name; "" shows nothing.
func NewIcon(name string, c fyne.ThemeColorName) *Icon {
	i := &Icon{name: name, color: c}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes drawing and colour.
func (i *Icon) Set(name string, c fyne.ThemeColorName) {
	if i.name == name && i.color == c {
		return
	}
	i.name, i.color = name, c
	i.Refresh()
}

// CreateRenderer draws the icon at the size it gets.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{i: i, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.draw()
	return r
}

type iconRenderer struct {
	i     *Icon
	image *canvas.Image
}

func (r *iconRenderer) draw() {
	if r.i.name == "" {
		r.image.Resource = nil
		return
	}
	c := ink(r.i.color)
	r.image.Resource = fyne.NewStaticResource(r.i.name+icons.Hex(c)+".svg", icons.SVG(r.i.name, c))
}

func (r *iconRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(sized(BodySize) + 4) }
func (r *iconRenderer) Layout(size fyne.Size)        { r.image.Resize(size) }
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) Destroy()                     {}

func (r *iconRenderer) Refresh() {
	r.draw()
	r.image.Refresh()
}

// NewLogo is the program's mark, side units high and wide.
func NewLogo(side float32) fyne.CanvasObject {
	c := ink(Accent)
	image := canvas.NewImageFromResource(fyne.NewStaticResource("logo"+icons.Hex(c)+".svg", icons.Logo(c)))
	image.FillMode = canvas.ImageFillContain
	image.SetMinSize(fyne.NewSquareSize(side))
	return image
}

// blend mixes two colours; part is the share of the second, 0 to 1.
func blend(a, b color.Color, part float64) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	mix := func(x, y uint32) uint8 { return uint8((float64(x)*(1-part) + float64(y)*part) / 257) }
	return color.NRGBA{R: mix(ar, br), G: mix(ag, bg), B: mix(ab, bb), A: 0xFF}
}
