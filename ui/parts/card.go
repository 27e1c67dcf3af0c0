package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Panel is a coloured ground behind an object; it follows the theme.
type Panel struct {
	widget.BaseWidget

	content            fyne.CanvasObject
	fill, stroke, edge fyne.ThemeColorName
	tint               fyne.ThemeColorName // mixed into fill
	radius             float32
	top, right, bottom float32
	left               float32
	ground, side       *canvas.Rectangle
}

// NewCard is a white rounded box with a thin line around its content.
func NewCard(content fyne.CanvasObject) *Panel {
	p := &Panel{content: content, fill: Surface, stroke: Line, radius: Radius}
	p.top, p.bottom, p.left, p.right = 16, 16, 16, 16
	p.ExtendBaseWidget(p)
	return p
}

// NewGround is a plain coloured ground without a border.
func NewGround(fill fyne.ThemeColorName, content fyne.CanvasObject) *Panel {
	p := &Panel{content: content, fill: fill, stroke: fill}
	p.ExtendBaseWidget(p)
	return p
}

// Tinted gives the card a breath of a tone, so that badges of that tone still
// stand out on it, and returns it.
func (p *Panel) Tinted(t Tone) *Panel { _, p.tint = t.colors(); return p }

// Edged puts a coloured bar along the left side, and returns the card.
func (p *Panel) Edged(t Tone) *Panel { p.edge, _ = t.colors(); p.left += 5; return p }

// Padded sets the space inside: top, bottom, left, right; and returns the card.
func (p *Panel) Padded(top, bottom, left, right float32) *Panel {
	p.top, p.bottom, p.left, p.right = top, bottom, left, right
	return p
}

// Rounded sets the radius of the corners, and returns the card.
func (p *Panel) Rounded(radius float32) *Panel { p.radius = radius; return p }

// CreateRenderer draws ground and border under the content.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	p.ground, p.side = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	r := &panelRenderer{p: p}
	r.restyle()
	return r
}

type panelRenderer struct{ p *Panel }

func (r *panelRenderer) restyle() {
	p := r.p
	p.ground.FillColor, p.ground.StrokeColor, p.ground.StrokeWidth = ink(p.fill), ink(p.stroke), 1
	if p.tint != "" {
		p.ground.FillColor = blend(ink(p.fill), ink(p.tint), 0.4)
		p.ground.StrokeColor = p.ground.FillColor
	}
	p.ground.CornerRadius = p.radius
	p.side.Hidden = p.edge == ""
	if p.edge != "" {
		p.side.FillColor = ink(p.edge)
		p.side.TopLeftCornerRadius, p.side.BottomLeftCornerRadius = p.radius, p.radius
	}
}

func (r *panelRenderer) MinSize() fyne.Size {
	return r.p.content.MinSize().AddWidthHeight(r.p.left+r.p.right, r.p.top+r.p.bottom)
}

func (r *panelRenderer) Layout(size fyne.Size) {
	p := r.p
	p.ground.Resize(size)
	p.side.Resize(fyne.NewSize(5, size.Height))
	p.content.Move(fyne.NewPos(p.left, p.top))
	p.content.Resize(size.SubtractWidthHeight(p.left+p.right, p.top+p.bottom))
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.ground, r.p.side, r.p.content}
}

func (r *panelRenderer) Refresh() {
	r.restyle()
	r.Layout(r.p.Size())
	r.p.content.Refresh()
	canvas.Refresh(r.p)
}

func (r *panelRenderer) Destroy() {}

// NewRows is a card of rows with a line between each two.
func NewRows(rows ...fyne.CanvasObject) *Panel {
	list := Column(0)
	for i, row := range rows {
		if i > 0 {
			list.Add(NewRule())
		}
		list.Add(row)
	}
	return NewCard(list).Padded(2, 2, 1, 1)
}

// NewRule is a thin horizontal line.
func NewRule() fyne.CanvasObject { return container.NewStack(widget.NewSeparator()) }
