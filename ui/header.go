package ui

import (
	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"image/color"
)

// scrollRoom is the space that a page's body keeps free on its right for a
// scroll bar; it lies in the margin, so that cards end where the title does.
const scrollRoom = 10

// scrolled is a page's body, or its right column, that may be longer than the
// window.
func scrolled(body fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(parts.Inset(0, 4, 0, scrollRoom, body))
}

// frame lays a page out: a line above the title, the title, its actions on
// the right, whatever belongs on top, and the body below.
func frame(head, body fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(parts.Inset(24, 14, parts.Margin, parts.Margin, head), nil, nil, nil,
		parts.Inset(0, 20, parts.Margin, parts.Margin-scrollRoom, body))
}

// heading is a page's title with a line of context above or below it.
func heading(above, title, below string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	words := parts.Column(3)
	if above != "" {
		words.Add(parts.NewMuted(above).Cut())
	}
	words.Add(parts.NewTitle(title).Cut())
	if below != "" {
		words.Add(parts.NewMuted(below).Wrapped())
	}
	row := []fyne.CanvasObject{parts.Grow(words)}
	return parts.Row(12, append(row, actions...)...)
}

// stepNames are the keys of the steps' titles, with their pages.
var stepNames = [...]struct {
	key    string
	screen Screen
}{
	{"ui.step.open", Home}, {"ui.step.review", Review}, {"ui.step.describe", Describe}, {"ui.step.publish", Publish},
}

// stepper shows the way of the dataset on screen; every step of it can be
// gone to.
func (w *Window) stepper(id string, now Screen) fyne.CanvasObject {
	var steps []parts.Step
	current := 0
	for i, s := range stepNames {
		if s.screen == now {
			current = i
		}
		steps = append(steps, parts.Step{Title: w.p.T(s.key), Go: func() { w.show(s.screen, id) }})
	}
	for i := range current {
		steps[i].Done = true
	}
	return parts.NewStepper(steps, current)
}

// crumb is the line above a dataset page's title.
func crumb(d app.Dataset) string {
	if len(d.Tables) == 0 || d.Tables[0].Source == d.Title() {
		return d.Title()
	}
	return d.Title() + " · " + d.Tables[0].Source
}

// problem is an error in three parts, with what else can be done about it.
func (w *Window) problem(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	e := w.p.Explain(err)
	m := parts.Message{Where: e.Where, What: e.What, Safe: e.Safe, Next: e.Next, Details: e.Details}
	words := parts.MessageWords{Details: w.p.T("ui.details"), Hide: w.p.T("ui.details.hide"), Copy: w.p.T("ui.copy")}
	return parts.NewMessage(m, parts.Decide, words, w.fyne.Clipboard().SetContent, actions...)
}

// notice is a place on a page for one message, empty most of the time.
type notice struct {
	box *fyne.Container
	bar *widget.ProgressBarInfinite // of work under way
}

func newNotice() *notice { return &notice{box: container.NewStack()} }

// working says what is going on, with a way to end it; the text returned is
// for news of how far it is. A page that is left shows nothing: a bar that
// nobody sees would go on moving.
func (n *notice) working(w *Window, text string, cancel func()) *parts.Text {
	bar := widget.NewProgressBarInfinite()
	words := parts.NewText(text).Wrapped()
	n.show(parts.NewCard(parts.Column(10,
		parts.Row(12, parts.Grow(words), parts.NewOutlined(w.p.T("ui.cancel"), cancel).Smaller()),
		parts.Wide(0, 8, bar))).Padded(12, 12, 16, 16))
	n.bar = bar
	return words
}

// show puts a message there; nil clears the place.
func (n *notice) show(o fyne.CanvasObject) {
	if n.bar != nil {
		n.bar.Stop()
		n.bar = nil
	}
	n.box.Objects = nil
	if o != nil {
		n.box.Objects = []fyne.CanvasObject{parts.Inset(0, 12, 0, 0, o)}
	}
	n.box.Refresh()
}

// gap is an empty space of that height.
func gap(height float32) fyne.CanvasObject {
	return parts.Wide(1, height, canvas.NewRectangle(color.Transparent))
}
