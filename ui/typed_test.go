package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"chasqui/ui/parts"
)

func TestWhatIsHalfTypedIsThereWhenOneComesBack(t *testing.T) {
	b, page := openForm(t, Options{})
	page.fields["email"].(*parts.Entry).SetText("transparencia@muni")
	page.fields["email"].(*parts.Entry).SetText("transparencia@")
	dates := func(p *describePage) (start, end *parts.Entry) {
		for _, o := range entriesIn(p.fields["temporal"]) {
			if start == nil {
				start = o
			} else {
				end = o
			}
		}
		return start, end
	}
	start, end := dates(page)
	start.SetText("01/02/2026")
	end.SetText("28/0")
	b.w.show(Home, "")
	b.q.drain()
	b.w.show(Describe, page.id)
	b.q.drain()
	again := b.w.page.(*describePage)
	if got := again.fields["email"].(*parts.Entry).Text; got != "transparencia@" {
		t.Errorf("the address reads %q", got)
	}
	start, end = dates(again)
	if start.Text != "01/02/2026" || end.Text != "28/0" {
		t.Errorf("the period reads %q to %q", start.Text, end.Text)
	}
	again.fields["email"].(*parts.Entry).SetText("transparencia@muni.example")
	end.SetText("28/02/2026")
	b.q.drain()
	d := b.description(t).Description
	if d.Email != "transparencia@muni.example" || d.Temporal != "2026-02-01/2026-02-28" {
		t.Errorf("saved as %q, %q", d.Email, d.Temporal)
	}
	if kept, err := b.program.Typed(t.Context(), page.id); err != nil || len(kept) != 0 {
		t.Errorf("still kept as unfinished: %v, %v", kept, err)
	}
}

// entriesIn are the entries inside an object, in their order.
func entriesIn(o fyne.CanvasObject) []*parts.Entry {
	switch o := o.(type) {
	case *parts.Entry:
		return []*parts.Entry{o}
	case *fyne.Container:
		var list []*parts.Entry
		for _, inner := range o.Objects {
			list = append(list, entriesIn(inner)...)
		}
		return list
	}
	return nil
}
