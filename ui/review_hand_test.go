package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"chasqui/app"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// openWide brings a table of many columns, with a line above it, to Revisar.
func openWide(t *testing.T) (*bench, *reviewPage) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "obras.csv")
	titles := make([]string, 24)
	for i := range titles {
		titles[i] = "columna " + parts.Letters(i+1)
	}
	row := strings.Repeat("uno;", 23) + "2\n"
	writeFile(t, path, strings.Join(titles, ";")+"\n"+strings.Repeat(row, 6))
	b := newBench(t, Options{})
	b.w.open("obras.csv", app.NewDataset{Path: path}, Review)
	b.q.drain()
	return b, b.w.page.(*reviewPage)
}

func TestCorrectingByHandShowsItsFieldsWhereverTheCardsStand(t *testing.T) {
	b, page := openWide(t)
	last := page.spots["column/24"]
	b.w.win.Canvas().Focus(last)
	scrolls := func() float32 {
		for _, o := range b.shown() {
			if s, ok := o.(*container.Scroll); ok && s.Content.Size().Height > s.Size().Height && s.Offset.Y > 0 {
				return s.Offset.Y
			}
		}
		return 0
	}
	if scrolls() == 0 {
		t.Fatal("the last of 24 columns is in sight without scrolling")
	}
	b.press("Corregir a mano")
	if got, want := b.w.win.Canvas().Focused(), page.spots[spotOf(headerFirst)]; got != want {
		t.Errorf("%v has the focus, want the first field", got)
	}
	if got := scrolls(); got > 80 {
		t.Errorf("the cards are still scrolled by %.0f", got)
	}
}

func TestTheFocusStaysWhereItWasWhenACorrectionIsTaken(t *testing.T) {
	b, page := openWide(t)
	canvas := b.w.win.Canvas()
	before := page.spots["column/24"]
	canvas.Focus(before)
	before.(*parts.Choice).Choose("string")
	b.q.drain()
	after := page.spots["column/24"]
	if after == before {
		t.Fatal("the column's type was not shown anew")
	}
	if canvas.Focused() != after {
		t.Errorf("%v has the focus, want the column's type", canvas.Focused())
	}
}

func TestACornerIsTakenWhenItsFieldIsLeft(t *testing.T) {
	b, page := openWide(t)
	b.press("Corregir a mano")
	e := page.spots[spotOf(dataLast)].(*parts.Entry)
	b.w.win.Canvas().Focus(e)
	e.SetText("5")
	b.w.win.Canvas().Unfocus()
	b.q.drain()
	if got := page.t.Layout().DataLast; got != 5 {
		t.Errorf("the data end in row %d, want 5", got)
	}
}

func TestACornerThatIsNoneIsToldAndStays(t *testing.T) {
	b, page := openWide(t)
	b.press("Corregir a mano")
	e := page.spots[spotOf(colLast)].(*parts.Entry)
	e.SetText("7")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.q.drain()
	b.wants("Escriba la letra de una columna, como B.")
	if e.Text != "7" {
		t.Errorf("%q is left of what was typed", e.Text)
	}
	e.SetText("f")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.q.drain()
	if got := page.t.Layout().ColLast; got != 6 {
		t.Errorf("the last column is %d, want 6", got)
	}
	if strings.Contains(b.words(), "Escriba la letra") {
		t.Error("the hint is still there")
	}
}

func TestGoingOnWaitsForTheCorrectionUnderWay(t *testing.T) {
	b, page := openWide(t)
	page.retype(24, "string")
	test.Tap(page.next)
	if b.w.screen != Review {
		t.Fatalf("%s is shown while the correction is under way", b.w.screen)
	}
	b.q.drain()
	if b.w.screen != Describe {
		t.Fatalf("%s is shown, want %s", b.w.screen, Describe)
	}
	if got := b.lastType(page.id); got != "string" {
		t.Errorf("the column is %s", got)
	}
}

// lastType is the type of the last column, as it stands in the store.
func (b *bench) lastType(id string) table.Type {
	b.t.Helper()
	d, err := b.program.Dataset(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	t, err := d.Table(1)
	if err != nil {
		b.t.Fatal(err)
	}
	return t.Columns[len(t.Columns)-1].Field.Type
}

func TestACorrectionUnderWayStandsWhenOneLeaves(t *testing.T) {
	for _, back := range []bool{false, true} {
		b, page := openWide(t)
		page.retype(24, "string")
		b.w.show(Outbox, "")
		if back {
			b.w.show(Review, page.id)
		}
		b.q.drain()
		if got := b.lastType(page.id); got != "string" {
			t.Errorf("back again %t: the column is %s", back, got)
		}
		if !back && b.w.screen != Outbox {
			t.Errorf("%s is shown, want %s", b.w.screen, Outbox)
		}
		if now, ok := b.w.page.(*reviewPage); back && (!ok || now.t.Columns[23].Field.Type != "string") {
			t.Error("the page does not show the correction")
		}
	}
}
