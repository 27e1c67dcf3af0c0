package ui

import (
	"context"
	"strings"
	"testing"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openForm brings the sample to Describir.
func openForm(t *testing.T, opt Options, office ...app.Assignment) (*bench, *describePage) {
	t.Helper()
	b := newBench(t, opt)
	if len(office) > 0 {
		if _, err := b.program.EditOffice(context.Background(), office); err != nil {
			t.Fatal(err)
		}
	}
	b.openSample()
	b.w.show(Describe, b.w.id)
	b.q.drain()
	return b, b.w.page.(*describePage)
}

func (b *bench) description(t *testing.T) app.Dataset {
	t.Helper()
	d, err := b.program.Dataset(context.Background(), b.w.id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestTheFormAsksWhatTheProfileAsksInItsWordsAndFitsTheSmallestWindow takes the
// profiles with the most fields of their own; that every profile has all its
// words in four languages is tested where they stand.
func TestTheFormAsksWhatTheProfileAsksInItsWordsAndFitsTheSmallestWindow(t *testing.T) {
	for lang, profile := range map[string]string{"es": "ec-lotaip", "fr": "hn-2020"} {
		b, page := openForm(t, Options{Lang: lang, Width: 1024, Height: 600}, app.Assignment{Key: "profile", Value: profile})
		if m := b.w.win.Content().MinSize(); m.Width > 1024 || m.Height > 600 {
			t.Errorf("%s, %s needs %.0f × %.0f", lang, profile, m.Width, m.Height)
		}
		for line := range strings.SplitSeq(b.words(), "\n") {
			if strings.HasPrefix(line, "ui.") || strings.HasPrefix(line, "profile.") || strings.HasPrefix(line, "score.") || strings.Contains(line, "<no value>") {
				t.Errorf("%s, %s shows %q", lang, profile, line)
			}
		}
		for _, f := range b.description(t).Profile.Asked() {
			b.wants(f.Label[lang])
			if page.fields[f.Key] == nil {
				t.Errorf("%s: %s is not asked", profile, f.Key)
			}
		}
		if profile != "ec-lotaip" {
			continue
		}
		page.fields["phone"].(interface{ SetText(string) }).SetText("07 283 4567")
		b.q.drain()
		if got := b.description(t).Description.Get("phone"); got != "07 283 4567" {
			t.Errorf("the profile's own field keeps %q", got)
		}
	}
}

func TestTheFormExplainsWarnsAndTakesAnswers(t *testing.T) {
	b, page := openForm(t, Options{})
	t.Run("the field with the focus is explained", func(t *testing.T) {
		for _, key := range []string{"license", "title"} {
			f, _ := b.description(t).Profile.Field(key)
			b.w.win.Canvas().Focus(page.fields[key].(fyne.Focusable))
			b.wants(f.Help["es"], "Por ejemplo: "+f.Example["es"])
		}
	})
	t.Run("a licence that is not open is warned of", func(t *testing.T) {
		page.fields["license"].(*parts.Choice).Choose("cc-by-nc-4.0")
		b.q.drain()
		b.wants("no es una licencia abierta")
		page.fields["license"].(*parts.Choice).Choose("odbl-1.0")
		b.q.drain()
		if strings.Contains(b.words(), "no es una licencia abierta") {
			t.Error("ODbL is warned of, and it is open")
		}
	})
	t.Run("a proposal is accepted or taken away", func(t *testing.T) {
		if b.description(t).Description.Proposed["title"] == "" {
			t.Fatal("the sample's title is no proposal")
		}
		page.answer("title", app.Accept)
		page.answer("theme", app.Refuse)
		b.q.drain()
		d := b.description(t).Description
		if d.Proposed["title"] != "" || d.Title == "" {
			t.Errorf("the accepted title is %q, proposed %q", d.Title, d.Proposed["title"])
		}
		if d.Theme != "" || !d.Refused["theme"] {
			t.Errorf("the refused theme is %q", d.Theme)
		}
		if key := page.fields["theme"].(*parts.Choice).Key(); key != "" {
			t.Errorf("the form still shows %q", key)
		}
		if page.hints["title"].Text() != "" {
			t.Errorf("the title is still shown as a proposal: %q", page.hints["title"].Text())
		}
	})
}

func TestAnotherProfileShowsItsFormAndWhatItLeavesOut(t *testing.T) {
	b, page := openForm(t, Options{}, app.Assignment{Key: "profile", Value: "hn-2020"})
	page.fields["license"].(*parts.Choice).Choose("gfdl-1.3")
	b.q.drain()
	page.fields["references"].(interface{ SetText(string) }).SetText("https://b.example/ley")
	page.fields["profile"].(*parts.Choice).Choose("ec") // nothing was drained: the pause is not over
	b.q.drain()
	b.wants("Guardado, pero no se envía", "Normativa relacionada: https://b.example/ley", "GFDL 1.3")
	if page.fields["references"] != nil {
		t.Error("the form still asks what the profile does not")
	}
	page.fields["profile"].(*parts.Choice).Choose("hn-2020")
	b.q.drain()
	if got := page.fields["license"].(*parts.Choice).Key(); got != "gfdl-1.3" {
		t.Errorf("the licence came back as %q", got)
	}
}

func TestTheOfficeIsDescribedOnceInTheWindow(t *testing.T) {
	b := newBench(t, Options{})
	b.w.show(Settings, "")
	b.q.drain()
	form := b.w.page.(*settingsPage).office
	form.set("country", "PE")
	b.q.drain()
	b.wants("El de su país: Perú")
	form.set("email", "nadie")
	form.set("unit", "Presupuesto")
	b.q.drain()
	if form.hints["email"].Text() == "" {
		t.Error("nothing is said of an address that is none")
	}
	form.set("name", "Municipalidad de San Miguel")
	b.w.show(Home, "") // nothing was drained: the pause is not over
	o, err := b.program.Office(context.Background())
	if err != nil || o.Country != "PE" || o.Unit != "Presupuesto" || o.Name != "Municipalidad de San Miguel" || o.Email != "" {
		t.Errorf("kept %+v, %v", o, err)
	}
}

// TestTheFormIsFilledInByKeyboardAlone walks with Tab through what the profile
// asks, writes letter by letter, and leaves in the middle of a pause.
func TestTheFormIsFilledInByKeyboardAlone(t *testing.T) {
	b, page := openForm(t, Options{}, app.Assignment{Key: "profile", Value: "ec-lotaip"})
	canvas := b.w.win.Canvas()
	visited := map[fyne.CanvasObject]int{}
	for i := 1; i < 200; i++ {
		canvas.FocusNext()
		if f, ok := canvas.Focused().(fyne.CanvasObject); ok && visited[f] == 0 {
			visited[f] = i
		}
	}
	before := 0
	for _, f := range b.description(t).Profile.Asked() {
		at := firstVisit(page.fields[f.Key], visited)
		if at == 0 {
			t.Errorf("Tab never comes to %s", f.Key)
		} else if at < before {
			t.Errorf("Tab comes to %s before the field above it", f.Key)
		} else {
			before = at
		}
	}
	canvas.Focus(page.fields["unit"].(fyne.Focusable))
	test.Type(canvas.Focused(), "Hacienda")
	canvas.FocusNext()
	b.w.show(Review, b.w.id) // the pause after the last letter is not over
	b.q.drain()
	if got := b.description(t).Description.Get("unit"); got != "Hacienda" {
		t.Errorf("of what was typed %q is kept", got)
	}
}

// firstVisit is when Tab came to an object or the first part of it, 0 for never.
func firstVisit(o fyne.CanvasObject, visited map[fyne.CanvasObject]int) int {
	at := visited[o]
	if c, ok := o.(*fyne.Container); ok {
		for _, part := range c.Objects {
			if at == 0 {
				at = firstVisit(part, visited)
			}
		}
	}
	return at
}
