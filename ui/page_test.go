package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
)

// everyPage opens the sample and goes through all pages.
func everyPage(t *testing.T, opt Options, look func(*bench, Screen)) {
	t.Helper()
	b := newBench(t, opt)
	b.openSample()
	id := b.w.id
	for _, s := range Screens {
		b.w.show(s, id)
		b.q.drain()
		look(b, s)
	}
}

func TestEveryPageSpeaksEveryLanguageAndFitsTheSmallestWindow(t *testing.T) {
	for _, lang := range message.Languages {
		everyPage(t, Options{Lang: lang, Width: 1024, Height: 600}, func(b *bench, s Screen) {
			if m := b.w.win.Content().MinSize(); m.Width > 1024 || m.Height > 600 {
				t.Errorf("%s, %s needs %.0f × %.0f", lang, s, m.Width, m.Height)
			}
			for _, o := range b.shown() {
				if button, ok := o.(*parts.Button); ok {
					if short := button.MinSize().Width - button.Size().Width; short > 0.5 {
						t.Errorf("%s, %s: the button %q lacks %.0f units", lang, s, button.Text, short)
					}
				}
			}
			for line := range strings.SplitSeq(b.words(), "\n") {
				if strings.HasPrefix(line, "ui.") || strings.HasPrefix(line, "proposed.") || strings.Contains(line, "{{") || strings.Contains(line, "<no value>") {
					t.Errorf("%s, %s shows %q", lang, s, line)
				}
			}
		})
	}
}

func TestTabReachesEverythingThatCanBeUsed(t *testing.T) {
	everyPage(t, Options{}, func(b *bench, s Screen) {
		want := map[fyne.Focusable]bool{}
		for _, o := range b.shown() {
			f, ok := o.(fyne.Focusable)
			if d, can := o.(fyne.Disableable); can && d.Disabled() || !ok {
				continue
			}
			want[f] = true
		}
		canvas := b.w.win.Canvas()
		canvas.Unfocus()
		for range 2 * len(want) {
			canvas.FocusNext()
			delete(want, canvas.Focused())
		}
		for f := range want {
			t.Errorf("%s: Tab never reaches %T %v", s, f, f)
		}
	})
}

func TestOneFilledButtonOnEveryPage(t *testing.T) {
	everyPage(t, Options{}, func(b *bench, s Screen) {
		filled := 0
		for _, o := range b.shown() {
			if button, ok := o.(*parts.Button); ok && button.Weight == parts.Filled {
				filled++
			}
		}
		if want := map[bool]int{true: 0, false: 1}[s == Settings]; filled != want {
			t.Errorf("%s has %d filled buttons, want %d", s, filled, want)
		}
	})
}

func TestAnErrorIsShownInThreePartsWithoutItsCode(t *testing.T) {
	b := newBench(t, Options{})
	b.w.openFiles([]string{"/nowhere/presupuesto.xlsx"})
	b.q.drain()
	e := b.w.p.Explain(&app.Error{Kind: app.FileNotFound, Args: map[string]string{"Name": "presupuesto.xlsx"}})
	b.wants(e.What, e.Safe, e.Next)
	for line := range strings.SplitSeq(b.words(), "\n") {
		if strings.Contains(line, string(app.FileNotFound)) {
			t.Errorf("the code stands on screen: %q", line)
		}
	}
	b.press("Detalles")
	b.wants(string(app.FileNotFound))
}

func TestWhatIsTypedIsSavedWhenThePageIsLeft(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	id := b.w.id
	b.press("Sí, continuar")
	page := b.w.page.(*describePage)
	page.fields["title"].(interface{ SetText(string) }).SetText("Escrito y cerrado")
	b.w.show(Home, "") // nothing was drained: the pause is not over
	d, err := b.program.Dataset(context.Background(), id)
	if err != nil || d.Description.Title != "Escrito y cerrado" {
		t.Errorf("title = %q, %v", d.Description.Title, err)
	}
}

func TestAValueThatIsRefusedIsToldBesideItsFieldAndTheRestIsSaved(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	b.press("Sí, continuar")
	page := b.w.page.(*describePage)
	page.fields["email"].(interface{ SetText(string) }).SetText("no es un correo")
	page.fields["source"].(interface{ SetText(string) }).SetText("Contabilidad")
	b.q.drain()
	if page.hints["email"].Text() == "" {
		t.Error("nothing is said of an address that is none")
	}
	d, err := b.program.Dataset(context.Background(), page.id)
	if err != nil || d.Description.Source != "Contabilidad" || d.Description.Email != "" {
		t.Errorf("saved %+v, %v", d.Description, err)
	}
}

func TestTypingOnIsSavedWithinTwoSeconds(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	var pauses []time.Duration
	b.w.run.after = func(d time.Duration) <-chan time.Time { pauses = append(pauses, d); return atOnce(d) }
	s := newSaver(b.w, b.w.id, func(app.Dataset, map[string]error) {})
	begin := b.now
	for range 6 {
		s.set("title", "Presupuesto")
		b.now = b.now.Add(300 * time.Millisecond)
	}
	b.now = begin
	b.q.drain()
	if last := pauses[len(pauses)-1]; 1500*time.Millisecond+last > saveLimit+time.Millisecond {
		t.Errorf("after 1.5 s of typing the next save waits another %v", last)
	}
	if len(s.pending) != 0 {
		t.Errorf("still pending: %v", s.pending)
	}
}

func TestAChosenLanguageAndLookStayChosen(t *testing.T) {
	b := newBench(t, Options{})
	b.w.opt.Lang = ""
	b.w.show(Settings, "")
	b.q.drain()
	for _, o := range b.shown() {
		if c, ok := o.(*parts.Choice); ok && c.Key() == "es" {
			c.Choose("fr")
			break
		}
	}
	b.q.drain()
	b.wants("Paramètres", "Tout est enregistré")
	if got := loadLook(b.program, Options{}); got.lang != "fr" {
		t.Errorf("the next window speaks %s", got.lang)
	}
}

func TestADecisionIsAskedAgainAfterItWasTakenBack(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	b.w.show(Publish, b.w.id)
	b.q.drain()
	b.wants("Debe decidir")
	b.press("Conservar, con motivo…")
	b.entries()[0].SetText("La ley lo pide")
	b.press("Conservar")
	b.wants("Se publica", "Motivo: La ley lo pide")
	b.press("Cambiar la decisión")
	b.wants("Debe decidir")
	b.press("Quitar la columna")
	b.wants("Se quita")
}

func TestAFileDroppedOnAnyPageIsOpened(t *testing.T) {
	b := newBench(t, Options{Start: Settings})
	path := t.TempDir() + "/agua.csv"
	writeFile(t, path, "barrio;conexiones\nCentro;120\nNorte;80\nSur;95\n")
	b.w.openFiles([]string{path})
	b.q.drain()
	if b.w.screen != Review {
		t.Fatalf("shows %s: %s", b.w.screen, b.words())
	}
	b.wants("agua.csv")
	second := t.TempDir() + "/luz.csv"
	writeFile(t, second, "barrio;postes\nCentro;12\nNorte;8\nSur;9\n")
	b.w.openFiles([]string{second, t.TempDir() + "/falta.csv"})
	b.q.drain()
	if b.w.screen != Home {
		t.Fatalf("shows %s", b.w.screen)
	}
	list, err := b.program.Datasets(context.Background())
	if err != nil || len(list) != 2 {
		t.Errorf("%d datasets, %v; want 2", len(list), err)
	}
	b.wants("falta.csv")
}

func TestTheSampleOpensOnThePageAskedFor(t *testing.T) {
	for _, s := range Screens {
		b := newBench(t, Options{Sample: true, Start: s})
		if b.w.screen != s {
			t.Errorf("asked for %s, shows %s", s, b.w.screen)
		}
		if test.LaidOutObjects(b.w.win.Content()) == nil {
			t.Errorf("%s shows nothing", s)
		}
	}
}

func TestTextOfOneAndAHalfTheSizeStillFits(t *testing.T) {
	everyPage(t, Options{Scale: 1.5, Lang: "fr", Width: 1024, Height: 600}, func(b *bench, s Screen) {
		if m := b.w.win.Content().MinSize(); m.Width > 1024 || m.Height > 600 {
			t.Errorf("%s needs %.0f × %.0f at 150 %%", s, m.Width, m.Height)
		}
	})
}

func TestAWindowOfHighScalingShowsEveryFieldToItsEnd(t *testing.T) {
	everyPage(t, Options{Lang: "fr", Width: 853, Height: 533}, func(b *bench, s Screen) {
		if m := b.w.win.Content().MinSize(); m.Width > 853 {
			t.Errorf("%s needs %.0f", s, m.Width)
		}
		driver := fyne.CurrentApp().Driver()
		for _, o := range b.shown() {
			switch o.(type) {
			case *parts.Button, *parts.Choice, *parts.Entry:
				if right := driver.AbsolutePositionForObject(o).X + o.Size().Width; right > 853 || o.Size().Width < o.MinSize().Width-0.5 {
					t.Errorf("%s: %T ends at %.0f, %.0f wide of %.0f", s, o, right, o.Size().Width, o.MinSize().Width)
				}
			}
		}
	})
}

func TestABarStopsWithTheWorkItStoodFor(t *testing.T) {
	b := newBench(t, Options{})
	n := b.w.page.(*homePage).notice
	b.w.openSample(Review)
	bar := n.bar
	if bar == nil || !bar.Running() {
		t.Fatal("nothing moves while a file is read")
	}
	b.q.drain()
	if bar.Running() {
		t.Error("the bar goes on moving on a page that was left")
	}
}

func TestTheWindowOpensWhereThePersonWas(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	id := b.w.id
	b.w.show(Describe, id)
	b.q.drain()
	if s, at := b.w.lastPlace(); s != Describe || at != id {
		t.Errorf("would open at %s %s", s, at)
	}
	if err := b.program.RemoveDataset(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	if s, at := b.w.lastPlace(); s != Home || at != "" {
		t.Errorf("opens %s %s of a dataset that is gone", s, at)
	}
}

func TestTheNextProblemIsFoundAroundTheEnd(t *testing.T) {
	b := newBench(t, Options{})
	path := t.TempDir() + "/montos.csv"
	text := "codigo;fecha\n"
	for i := range 3000 {
		day := "05/01/2026"
		if i == 1500 || i == 2900 {
			day = "31/02/2026"
		}
		text += fmt.Sprintf("%04d;%s\n", i, day)
	}
	writeFile(t, path, text)
	b.w.openFiles([]string{path})
	b.q.drain()
	page := b.w.page.(*reviewPage)
	if misfits(page.t) == 0 {
		page.retype(2, "date")
		b.q.drain()
	}
	var rows []int
	for range 3 {
		page.toMisfit()
		b.q.drain()
		row, _ := page.grid.At()
		rows = append(rows, row)
	}
	if diff := cmp.Diff([]int{1502, 2902, 1502}, rows); diff != "" {
		t.Error(diff)
	}
	b.wants("B1502: “31/02/2026” no encaja en una columna de tipo fecha")
	page.retype(2, "string")
	b.q.drain()
	page.toMisfit()
	b.q.drain()
	b.wants("Todos los valores encajan en el tipo de su columna.")
}
