package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// StatusLine is the bottom line of the window: the link, the queue, and what
// is saved.
type StatusLine struct {
	object             fyne.CanvasObject
	dot                *Dot
	link, queue, saved *Text
}

// NewStatusLine makes an empty bottom line.
func NewStatusLine() *StatusLine {
	s := &StatusLine{
		dot: NewDot(Neutral), link: NewSmall("", Muted), queue: NewSmall("", Muted).Cut(), saved: NewSmall("", Muted),
	}
	row := Row(Unit, s.dot, s.link, Inset(0, 0, 14, 0, canvas.NewRectangle(color.Transparent)), Grow(s.queue), s.saved)
	s.object = Column(0, NewRule(), NewGround(Surface, row).Padded(8, 8, 16, 16))
	return s
}

// Object is what to lay out.
func (s *StatusLine) Object() fyne.CanvasObject { return s.object }

// Link says how the connection is, with a dot in a tone.
func (s *StatusLine) Link(text string, tone Tone) {
	s.dot.Set(tone)
	s.set(s.link, text)
}

// Queue says what waits to be sent.
func (s *StatusLine) Queue(text string) { s.set(s.queue, text) }

// Saved says what stands on disk.
func (s *StatusLine) Saved(text string) { s.set(s.saved, text) }

// Words returns the three texts shown.
func (s *StatusLine) Words() (link, queue, saved string) {
	return s.link.Content, s.queue.Content, s.saved.Content
}

func (s *StatusLine) set(t *Text, text string) {
	if t.Content == text {
		return
	}
	t.SetText(text)
	s.object.Refresh()
}
