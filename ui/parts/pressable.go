package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pressable is what everything that can be pressed shares: the mouse, the Tab
// key with a visible ring, and Space or Return.
type pressable struct {
	widget.DisableableWidget

	// self is the widget that embeds this one, for finding its place on screen.
	self fyne.CanvasObject
	// OnTapped is what pressing does.
	OnTapped func()
	// OnFocus, if set, hears that the widget got the focus.
	OnFocus func()

	hovered, focused bool
}

// Tapped presses with the mouse.
func (p *pressable) Tapped(*fyne.PointEvent) { p.press() }

func (p *pressable) press() {
	if !p.Disabled() && p.OnTapped != nil {
		p.OnTapped()
	}
}

// TypedKey presses with Space or Return.
func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.press()
	}
}

// TypedRune ignores letters.
func (p *pressable) TypedRune(rune) {}

// extend ties the behaviour to the widget that embeds it.
func (p *pressable) extend(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// FocusGained shows the ring, and the widget if it was out of sight.
func (p *pressable) FocusGained() {
	p.focused = true
	p.Refresh()
	reveal(p.self)
	if p.OnFocus != nil {
		p.OnFocus()
	}
}

// FocusLost hides the ring.
func (p *pressable) FocusLost() { p.focused = false; p.Refresh() }

// MouseIn shows that the thing can be pressed.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved changes nothing.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (p *pressable) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor is a hand while pressing does something.
func (p *pressable) Cursor() desktop.Cursor {
	if p.Disabled() || p.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// ring is the outline of the focused thing, two units outside its body.
func ring(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeWidth, r.CornerRadius = 2, radius+2
	return r
}

func showRing(r *canvas.Rectangle, on bool) {
	r.StrokeColor, r.Hidden = ink(Accent), !on
}

func placeRing(r *canvas.Rectangle, size fyne.Size) {
	r.Move(fyne.NewPos(-2, -2))
	r.Resize(size.AddWidthHeight(4, 4))
}
