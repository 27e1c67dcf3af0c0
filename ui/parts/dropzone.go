package parts

import (
	"fmt"

	"chasqui/assets/icons"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// DropZone is the place that asks for a file: a dashed box with two lines of
// words and one button.
type DropZone struct {
	widget.BaseWidget

	content fyne.CanvasObject
}

// NewDropZone says what to drop and what happens with it; button is the way
// to try without a file of one's own.
func NewDropZone(title, note string, button fyne.CanvasObject) *DropZone {
	words := Column(4, NewSection(title).Wrapped(), NewMuted(note).Wrapped())
	z := &DropZone{content: Row(20, Wide(32, 32, NewIcon("drop", Accent)), Grow(words), button)}
	z.ExtendBaseWidget(z)
	return z
}

// CreateRenderer draws the dashes as a drawing of the zone's own size.
func (z *DropZone) CreateRenderer() fyne.WidgetRenderer {
	return &dropRenderer{z: z, box: &canvas.Image{FillMode: canvas.ImageFillStretch}}
}

type dropRenderer struct {
	z   *DropZone
	box *canvas.Image
}

func (r *dropRenderer) draw(size fyne.Size) {
	if size.Width < 20 || size.Height < 20 {
		return
	}
	line, fill := icons.Hex(ink(Accent)), icons.Hex(blend(ink(Surface), ink(AccentSoft), 0.45))
	w, h := int(size.Width), int(size.Height)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+
		`<rect x="1" y="1" width="%d" height="%d" rx="10" ry="10" fill="%s" stroke="%s" stroke-width="1.2" stroke-dasharray="4,3"/></svg>`,
		w, h, w, h, w-2, h-2, fill, line)
	r.box.Resource = fyne.NewStaticResource(fmt.Sprintf("drop-%dx%d-%s.svg", w, h, fill), []byte(svg))
	r.box.Refresh()
}

func (r *dropRenderer) MinSize() fyne.Size { return r.z.content.MinSize().AddWidthHeight(48, 40) }

func (r *dropRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.draw(size)
	r.z.content.Move(fyne.NewPos(24, 20))
	r.z.content.Resize(size.SubtractWidthHeight(48, 40))
}

func (r *dropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.z.content}
}

func (r *dropRenderer) Refresh() { r.draw(r.z.Size()) }
func (r *dropRenderer) Destroy() {}
