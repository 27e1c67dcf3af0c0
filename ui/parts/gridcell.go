package parts

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// gridCell is the template that the table reuses for every cell.
type gridCell struct {
	widget.BaseWidget

	ground                   *canvas.Rectangle
	beside, below            *canvas.Rectangle // the thin lines of the grid
	top, bottom, left, ridge *canvas.Rectangle
	words                    *canvas.Text
	look                     cellLook
	room                     float32 // width that the words may take, in units
	height                   float32
}

func newGridCell(height float32) *gridCell {
	c := &gridCell{
		ground: canvas.NewRectangle(color.Transparent),
		beside: canvas.NewRectangle(color.Transparent), below: canvas.NewRectangle(color.Transparent),
		top: canvas.NewRectangle(color.Transparent), bottom: canvas.NewRectangle(color.Transparent),
		left: canvas.NewRectangle(color.Transparent), ridge: canvas.NewRectangle(color.Transparent),
		words: canvas.NewText("", color.Transparent), height: height,
	}
	c.ExtendBaseWidget(c)
	return c
}

// show draws a look; chosen marks the cells that Ctrl+C copies, and cursor
// the one that the arrow keys stand on.
func (c *gridCell) show(l cellLook, room float32, chosen, cursor bool) {
	c.look, c.room = l, room
	c.words.TextSize = gridText()
	c.words.TextStyle = fyne.TextStyle{Monospace: l.right, Bold: l.part == headerRow, Strikethrough: l.part == leftOutRow}
	words, ground := Ink, Surface
	switch l.part {
	case headerRow:
		words, ground = Accent, AccentSoft
	case leftOutRow:
		words, ground = Faded, Outside
	case outsideRow:
		words, ground = Faded, Outside
	}
	if l.misfit {
		words, ground = Warn, WarnSoft
	}
	c.words.Color = ink(words)
	c.ground.FillColor = ink(ground)
	c.ground.Hidden = l.overrun && !chosen
	if chosen {
		c.ground.FillColor = blend(ink(ground), ink(Accent), 0.18)
	}
	c.beside.FillColor, c.beside.Hidden = ink(Line), l.part == outsideRow
	c.below.FillColor = ink(Line)
	for side, on := range map[*canvas.Rectangle]bool{c.top: l.top, c.bottom: l.bottom, c.left: l.left, c.ridge: l.ridge} {
		side.FillColor, side.Hidden = ink(Accent), !on && !cursor
	}
	c.place(c.Size())
	canvas.Refresh(c)
}

func (c *gridCell) place(size fyne.Size) {
	wide := size.Width + 1
	if c.look.part == outsideRow {
		wide = max(c.room+1, wide) // a title's ground reaches as far as its words may
	}
	c.ground.Resize(fyne.NewSize(wide, size.Height))
	c.beside.Move(fyne.NewPos(size.Width, 0))
	c.beside.Resize(fyne.NewSize(1, size.Height))
	c.below.Move(fyne.NewPos(0, size.Height))
	c.below.Resize(fyne.NewSize(size.Width+1, 1))
	side := size.Width + 1
	if c.look.ridge {
		side = size.Width
	}
	c.top.Resize(fyne.NewSize(side, 2))
	c.bottom.Move(fyne.NewPos(0, size.Height-2))
	c.bottom.Resize(fyne.NewSize(side, 2))
	c.left.Resize(fyne.NewSize(2, size.Height+1))
	c.ridge.Move(fyne.NewPos(size.Width-2, 0))
	c.ridge.Resize(fyne.NewSize(2, size.Height+1))
	room := max(c.room, size.Width) - 18
	c.words.Text = clip(firstLine(c.look.text), room, c.words.TextSize, c.words.TextStyle)
	m := c.words.MinSize()
	x := float32(9)
	if c.look.right {
		x = max(size.Width-m.Width-9, 2)
	}
	c.words.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
	c.words.Resize(m)
}

// firstLine keeps one line of a cell: rows of the grid are of one height.
func firstLine(s string) string {
	for i := range len(s) {
		if s[i] == '\n' || s[i] == '\r' {
			return s[:i] + " …"
		}
	}
	return s
}

func (c *gridCell) CreateRenderer() fyne.WidgetRenderer { return &cellRenderer{c} }

type cellRenderer struct{ c *gridCell }

func (r *cellRenderer) MinSize() fyne.Size    { return fyne.NewSize(96, r.c.height) }
func (r *cellRenderer) Layout(size fyne.Size) { r.c.place(size) }
func (r *cellRenderer) Refresh()              { canvas.Refresh(r.c) }
func (r *cellRenderer) Destroy()              {}

func (r *cellRenderer) Objects() []fyne.CanvasObject {
	c := r.c
	return []fyne.CanvasObject{c.ground, c.beside, c.below, c.words, c.top, c.bottom, c.left, c.ridge}
}

// gridHead is the template of a column's letters or a row's number.
type gridHead struct {
	widget.BaseWidget

	ground *canvas.Rectangle
	line   *canvas.Rectangle
	words  *canvas.Text
	column bool
	last   bool // the last column: its ground runs on to the window's edge
	height float32
	tapped func(at fyne.Position)
}

func newGridHead(height float32) *gridHead {
	h := &gridHead{ground: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent), words: canvas.NewText("", color.Transparent), height: height}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped offers what can be done with the whole column or row.
func (h *gridHead) Tapped(e *fyne.PointEvent) {
	if h.tapped != nil {
		h.tapped(e.AbsolutePosition)
	}
}

// Cursor is a hand: a row's number can be pressed.
func (h *gridHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (h *gridHead) showColumn(col int, last bool, tapped func(fyne.Position)) {
	h.column, h.last, h.tapped = true, last, tapped
	h.words.Text, h.words.TextStyle = Letters(col), fyne.TextStyle{}
	h.words.Color, h.ground.FillColor = ink(Muted), ink(headGround)
	h.finish()
}

func (h *gridHead) showRow(row int, p part, tapped func(fyne.Position)) {
	h.column, h.last, h.tapped = false, false, tapped
	h.words.Text = strconv.Itoa(row)
	h.words.TextStyle = fyne.TextStyle{Bold: p == headerRow, Strikethrough: p == leftOutRow}
	words, ground := Muted, headGround
	switch p {
	case headerRow:
		words, ground = Accent, AccentSoft
	case outsideRow, leftOutRow:
		words, ground = Faded, Outside
	}
	h.words.Color, h.ground.FillColor = ink(words), ink(ground)
	h.finish()
}

// headGround is the ground of letters and of the numbers of data rows.
const headGround = Rail

func (h *gridHead) finish() {
	h.words.TextSize = gridText()
	h.line.FillColor = ink(Line)
	h.place(h.Size())
	canvas.Refresh(h)
}

func (h *gridHead) place(size fyne.Size) {
	wide := size.Width
	if h.last {
		wide = 1 << 13
	}
	h.ground.Resize(fyne.NewSize(wide, size.Height))
	if h.column {
		h.line.Move(fyne.NewPos(size.Width, 0))
		h.line.Resize(fyne.NewSize(1, size.Height))
	} else {
		h.line.Move(fyne.NewPos(0, size.Height))
		h.line.Resize(fyne.NewSize(size.Width, 1))
	}
	m := h.words.MinSize()
	x := size.Width - m.Width - 9
	if h.column {
		x = (size.Width - m.Width) / 2
	}
	h.words.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
	h.words.Resize(m)
}

func (h *gridHead) CreateRenderer() fyne.WidgetRenderer { return &headRenderer{h} }

type headRenderer struct{ h *gridHead }

func (r *headRenderer) MinSize() fyne.Size    { return fyne.NewSize(44, r.h.height) }
func (r *headRenderer) Layout(size fyne.Size) { r.h.place(size) }
func (r *headRenderer) Refresh()              { canvas.Refresh(r.h) }
func (r *headRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.h.ground, r.h.words}
}
func (r *headRenderer) Destroy() {}

// gridText is the size of the grid's texts.
func gridText() float32 { return sized(SmallSize) }

// gridHeight is the height of a row without its line: with the line of one
// unit a multiple of four, because positions are 32-bit floats and a row
// number 1,048,576 lies where they step by two.
func gridHeight() float32 {
	need := int(fyne.MeasureText("Ág", gridText(), fyne.TextStyle{}).Height) + 10
	return float32((need+3)/4*4 - 1)
}
