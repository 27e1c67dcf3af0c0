package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Message is a problem in three parts: what happened, whether the work is
// safe, and what can be done now. Where is the place it is about, and Details
// the technical text, for whom a person asks for help.
type Message struct{ Where, What, Safe, Next, Details string }

// MessageWords are the words on a message's own buttons.
type MessageWords struct{ Details, Hide, Copy string }

// NewMessage shows a message as a card with an edge in the tone given. Copy
// gets the technical text; actions are buttons that help.
func NewMessage(m Message, tone Tone, words MessageWords, copied func(string), actions ...fyne.CanvasObject) fyne.CanvasObject {
	icon := "error"
	if tone == Attention {
		icon = "warning"
	}
	c, _ := tone.colors()
	body := Column(5)
	if m.Where != "" {
		body.Add(NewSmall(m.Where, Muted).Wrapped())
	}
	body.Add(NewStrong(m.What).Wrapped())
	if m.Safe != "" {
		body.Add(NewText(m.Safe).Wrapped())
	}
	if m.Next != "" {
		body.Add(NewText(m.Next).Wrapped())
	}
	buttons := Flow(Unit)
	for _, a := range actions {
		buttons.Add(a)
	}
	if m.Details != "" {
		details := newDetails(m.Details, words, copied)
		buttons.Add(details.toggle)
		body.Add(buttons)
		body.Add(details.box)
	} else if len(actions) > 0 {
		body.Add(buttons)
	}
	head := container.New(formIcon{}, NewIcon(icon, c), body)
	return NewCard(head).Edged(tone)
}

type details struct {
	toggle *Button
	box    *fyne.Container
}

func newDetails(text string, words MessageWords, copied func(string)) details {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapBreak
	label.TextStyle.Monospace = true
	box := Column(Unit, NewGround(Rail, label).Rounded(6), Row(0, NewOutlined(words.Copy, func() { copied(text) }).Smaller().WithIcon("copy")))
	box.Hide()
	d := details{box: box}
	d.toggle = NewQuiet(words.Details, nil).Smaller()
	d.toggle.OnTapped = func() {
		if box.Visible() {
			box.Hide()
			d.toggle.SetText(words.Details)
			return
		}
		box.Show()
		d.toggle.SetText(words.Hide)
	}
	return d
}

// formIcon puts a small drawing at the top left of a text.
type formIcon struct{}

func (formIcon) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().AddWidthHeight(30, 0)
}

func (formIcon) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSquareSize(20))
	objects[1].Move(fyne.NewPos(30, 0))
	objects[1].Resize(size.SubtractWidthHeight(30, 0))
}

// NewEmpty says why a page has nothing to show, and what to do about it.
func NewEmpty(icon, title, note string, action fyne.CanvasObject) fyne.CanvasObject {
	heading, words := NewSection(title).Wrapped(), NewMuted(note).Wrapped()
	heading.Align, words.Align = fyne.TextAlignCenter, fyne.TextAlignCenter
	body := Column(Unit, container.NewCenter(Wide(44, 44, NewIcon(icon, Accent))), heading, words)
	if action != nil {
		body.Add(container.NewCenter(action))
	}
	return NewCard(body).Padded(32, 32, 40, 40)
}
