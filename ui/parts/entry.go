package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's text field that scrolls into view when it gets the focus.
type Entry struct {
	widget.Entry

	// OnFocus, if set, hears that the field got the focus.
	OnFocus func()
	// OnLeave, if set, hears that the focus went elsewhere.
	OnLeave func()
}

// NewEntry is a field of one line; example stands in it while it is empty.
func NewEntry(example string) *Entry {
	e := &Entry{}
	e.PlaceHolder = example
	e.ExtendBaseWidget(e)
	return e
}

// NewArea is a field of several lines that wraps between words.
func NewArea(example string, rows int) *Entry {
	e := &Entry{}
	e.MultiLine, e.Wrapping, e.PlaceHolder = true, fyne.TextWrapWord, example
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// AcceptsTab lets the Tab key go on to the next field: a form is walked by it.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained shows the cursor, and the field if it was out of sight.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
	if e.OnFocus != nil {
		e.OnFocus()
	}
}

// FocusLost hides the cursor.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// revealMargin is the space kept between a revealed object and the edge.
const revealMargin = 12

// reveal scrolls whatever scrolls around an object until it is seen: Fyne
// moves the focus with Tab, and leaves the focused object out of sight.
func reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(o)
	if canvas == nil {
		return
	}
	scrolls, _ := pathTo(canvas.Content(), o)
	for _, s := range scrolls {
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.Content).Y
		bottom := top + o.Size().Height
		offset := s.Offset
		switch {
		case top-revealMargin < offset.Y:
			offset.Y = max(top-revealMargin, 0)
		case bottom+revealMargin > offset.Y+s.Size().Height:
			offset.Y = bottom + revealMargin - s.Size().Height
		default:
			continue
		}
		s.ScrollToOffset(offset)
	}
}

// pathTo finds what scrolls between an object and one inside it, the innermost
// last. It looks into what pages are made of: containers, cards and scrolls.
func pathTo(at, o fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	if at == o {
		return nil, true
	}
	var inside []fyne.CanvasObject
	var own []*container.Scroll
	switch at := at.(type) {
	case *fyne.Container:
		inside = at.Objects
	case *Panel:
		inside = []fyne.CanvasObject{at.content}
	case *container.Scroll:
		inside, own = []fyne.CanvasObject{at.Content}, []*container.Scroll{at}
	}
	for _, child := range inside {
		if deeper, ok := pathTo(child, o); ok {
			return append(own, deeper...), true
		}
	}
	return nil, false
}
