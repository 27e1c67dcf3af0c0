package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Option is one thing that can be chosen: Key for the program, Text for people.
type Option struct{ Key, Text string }

// Choice is a field whose value is taken from a short list. It opens a menu
// with the mouse, Space, Return or the down arrow.
type Choice struct {
	pressable

	// OnChanged hears the key of what a person chose.
	OnChanged func(key string)
	// Small makes it fit a row of text.
	Small bool

	options     []Option
	key         string
	placeholder string
}

// NewChoice offers options, with the one of that key shown.
func NewChoice(options []Option, key, placeholder string, changed func(key string)) *Choice {
	c := &Choice{options: options, key: key, placeholder: placeholder, OnChanged: changed}
	c.OnTapped = c.open
	c.extend(c)
	return c
}

// Smaller makes the choice fit a row of text, and returns it.
func (c *Choice) Smaller() *Choice { c.Small = true; return c }

// Key returns the chosen key.
func (c *Choice) Key() string { return c.key }

// Choose takes an option as if a person had chosen it.
func (c *Choice) Choose(key string) {
	if c.key == key {
		return
	}
	c.key = key
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(key)
	}
}

// TypedKey opens the menu with the down arrow too.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDown {
		c.press()
		return
	}
	c.pressable.TypedKey(e)
}

func (c *Choice) open() {
	over := fyne.CurrentApp().Driver().CanvasForObject(c)
	if over == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(c.options))
	for i, o := range c.options {
		items[i] = fyne.NewMenuItem(o.Text, func() { c.Choose(o.Key) })
		items[i].Checked = o.Key == c.key
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), over)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	menu.ShowAtPosition(at.AddXY(0, c.Size().Height+2))
	menu.Resize(menu.MinSize().Max(fyne.NewSize(c.Size().Width, 0)))
}

func (c *Choice) shown() string {
	for _, o := range c.options {
		if o.Key == c.key {
			return o.Text
		}
	}
	return ""
}

// CreateRenderer draws a field with an arrow.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{
		c: c, body: canvas.NewRectangle(color.Transparent), ring: ring(8),
		text: NewText("").Cut(), arrow: NewIcon("down", Muted),
	}
	r.body.CornerRadius, r.body.StrokeWidth = 8, 1
	r.restyle()
	return r
}

type choiceRenderer struct {
	c          *Choice
	body, ring *canvas.Rectangle
	text       *Text
	arrow      *Icon
}

func (r *choiceRenderer) restyle() {
	r.body.FillColor, r.body.StrokeColor = ink(Surface), ink(Edge)
	if r.c.hovered && !r.c.Disabled() {
		r.body.StrokeColor = ink(Accent)
	}
	r.text.Points, r.text.Color = BodySize, Ink
	if r.c.Small {
		r.text.Points = SmallSize
	}
	words := r.c.shown()
	if words == "" {
		words, r.text.Color = r.c.placeholder, Muted
	}
	r.text.Content = words
	r.text.Refresh()
	r.arrow.Set("down", Muted)
	showRing(r.ring, r.c.focused)
}

func (r *choiceRenderer) MinSize() fyne.Size {
	pad := float32(9)
	if r.c.Small {
		pad = 4
	}
	width := func(text string) float32 {
		return fyne.MeasureText(text, sized(r.text.Points), fyne.TextStyle{}).Width
	}
	if r.c.Small { // as a badge among text: no wider than what is chosen
		return fyne.NewSize(width(r.text.Content)+37, r.text.MinSize().Height+2*pad)
	}
	widest := float32(60)
	for _, o := range r.c.options {
		widest = max(widest, width(o.Text))
	}
	return fyne.NewSize(min(widest, 150)+44, r.text.MinSize().Height+2*pad)
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.body.Resize(size)
	placeRing(r.ring, size)
	h := r.text.MinSize().Height
	left, arrow := float32(10), float32(18)
	if r.c.Small {
		left, arrow = 9, 14
	}
	r.text.Move(fyne.NewPos(left, (size.Height-h)/2))
	r.text.Resize(fyne.NewSize(size.Width-left-arrow-10, h))
	r.arrow.Move(fyne.NewPos(size.Width-arrow-8, (size.Height-arrow)/2))
	r.arrow.Resize(fyne.NewSquareSize(arrow))
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.body, r.text, r.arrow, r.ring}
}

func (r *choiceRenderer) Refresh() {
	r.restyle()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *choiceRenderer) Destroy() {}

// Hint is the line below a field: where a proposal came from, or what is
// wrong with the value.
type Hint struct {
	icon *Icon
	text *Text
	row  *fyne.Container
}

// NewHint makes an empty, hidden hint.
func NewHint() *Hint {
	h := &Hint{icon: NewIcon("check", Accent), text: NewSmall("", Accent).Wrapped()}
	h.row = Row(5, Wide(14, 14, h.icon), Grow(h.text))
	h.row.Hide()
	return h
}

// Object is what to lay out.
func (h *Hint) Object() fyne.CanvasObject { return h.row }

// Show says something in a tone; "" hides the hint.
func (h *Hint) Show(text string, tone Tone) {
	h.row.Hidden = text == ""
	c, _ := tone.colors()
	icon := "check"
	if tone == Attention || tone == Decide {
		icon = "warning"
	}
	h.icon.Set(icon, c)
	h.text.Content, h.text.Color = text, c
	h.text.Refresh()
	h.row.Refresh()
}

// Text returns the words shown.
func (h *Hint) Text() string { return h.text.Content }

// NewFormRow puts a label, right-aligned in a column of that width, before a
// field with an optional hint below it; above the field where there is no room
// beside it.
func NewFormRow(label string, width float32, field fyne.CanvasObject, hint *Hint) fyne.CanvasObject {
	body := Column(3, field)
	if hint != nil {
		body.Add(hint.Object())
	}
	return formRow(width, body, NewStrong(label))
}

// NewAskedRow is NewFormRow with a note below the label, such as how much the
// field is asked for, and whatever stands below the field.
func NewAskedRow(label, note string, width float32, field fyne.CanvasObject, below ...fyne.CanvasObject) fyne.CanvasObject {
	return formRow(width, Column(3, append([]fyne.CanvasObject{field}, below...)...), NewStrong(label), NewSmall(note, Muted))
}

func formRow(width float32, body fyne.CanvasObject, words ...*Text) fyne.CanvasObject {
	label := Column(1)
	for _, t := range words {
		t.Align = fyne.TextAlignTrailing
		label.Add(t.Wrapped())
	}
	return container.New(&formLayout{width: width, words: words}, label, body)
}

// The label's distance from the top of its field and from its side, and how
// wide a field has to be for a label beside it, in text of 14.
const (
	labelDrop  = 9
	labelGap   = 16
	fieldRoom  = 200
	labelAbove = 3
)

// formLayout lays a label out beside its field or, where that would leave the
// field less than fieldRoom, above it.
type formLayout struct {
	width float32
	words []*Text
	above bool
}

func (l *formLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	label, field := objects[0].MinSize(), objects[1].MinSize()
	if l.above {
		return fyne.NewSize(max(label.Width, field.Width), label.Height+labelAbove+field.Height)
	}
	return fyne.NewSize(max(label.Width, field.Width), max(field.Height, label.Height+labelDrop))
}

func (l *formLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := l.width + labelGap
	l.above = size.Width-left < max(fieldRoom*sized(BodySize)/14, objects[1].MinSize().Width)
	align := fyne.TextAlignTrailing
	if l.above {
		align = fyne.TextAlignLeading
	}
	for _, t := range l.words {
		if t.Align != align {
			t.Align = align
			t.Refresh()
		}
	}
	if !l.above {
		objects[0].Move(fyne.NewPos(0, labelDrop))
		objects[0].Resize(fyne.NewSize(l.width, max(size.Height-labelDrop, 0)))
		objects[1].Move(fyne.NewPos(left, 0))
		objects[1].Resize(fyne.NewSize(size.Width-left, size.Height))
		return
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height)) // a wrapping text learns its width first
	top := objects[0].MinSize().Height + labelAbove
	objects[0].Resize(fyne.NewSize(size.Width, top-labelAbove))
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, max(size.Height-top, objects[1].MinSize().Height)))
}
