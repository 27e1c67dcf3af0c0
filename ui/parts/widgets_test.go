package parts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestKeysAndMousePressAButtonUnlessItIsDisabled(t *testing.T) {
	themed(t)
	pressed := 0
	b := NewFilled("Continuar", func() { pressed++ })
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
}

func linesOf(t *Text) []string {
	var lines []string
	for _, line := range t.lines(sized(t.Points)) {
		var b strings.Builder
		for _, r := range line {
			b.WriteString(r.text)
		}
		lines = append(lines, b.String())
	}
	return lines
}

func TestWordsWrapAtTheWidthAndLoseNothing(t *testing.T) {
	themed(t)
	const words = "Arrastre aquí su hoja de **cálculo** y siga con calma hasta el final"
	text := NewText(words).Bolded().Wrapped()
	text.Resize(fyne.NewSize(120, 10))
	lines := linesOf(text)
	if len(lines) < 3 {
		t.Fatalf("%d lines at a width of 120", len(lines))
	}
	if got := strings.Join(lines, ""); got != strings.ReplaceAll(words, "**", "") {
		t.Errorf("wrapped to %q", got)
	}
	for _, o := range test.WidgetRenderer(text).Objects() {
		if c := o.(*canvas.Text); c.Position().X+c.MinSize().Width > 126 {
			t.Errorf("%q reaches %.0f of 120 units", c.Text, c.Position().X+c.MinSize().Width)
		}
	}
	if narrow, wide := text.MinSize().Height, NewText("una línea").MinSize().Height; narrow < 3*wide {
		t.Errorf("the height of %d lines is %.0f, one is %.0f", len(lines), narrow, wide)
	}
}

func TestWordsThatBreakInANarrowerWindowGetTheirHeight(t *testing.T) {
	themed(t)
	zone := NewDropZone("Arrastre aquí su hoja", "Excel, LibreOffice, CSV, DBF, JSON… Su archivo nunca se modifica.", NewOutlined("Probar", nil))
	below := NewText("Mis conjuntos")
	page := Column(10, zone, below)
	page.Resize(fyne.NewSize(900, 400))
	before := zone.Size().Height
	page.Resize(fyne.NewSize(320, 400))
	if got, want := zone.Size().Height, zone.MinSize().Height; got != want || want <= before {
		t.Errorf("the zone is %.0f high, needs %.0f, was %.0f", got, want, before)
	}
	if got, want := below.Position().Y, zone.Size().Height+10; got != want {
		t.Errorf("what follows stands at %.0f, want %.0f", got, want)
	}
}

func TestMarksInWordsFromFilesStayAsTheyAre(t *testing.T) {
	themed(t)
	if got := linesOf(NewText("a **b** c")); got[0] != "a **b** c" {
		t.Errorf("shown as %q", got)
	}
}

func TestACutTextEndsInAnEllipsisWithinItsWidth(t *testing.T) {
	themed(t)
	text := NewText("Municipalidad de Santa Rosa de Copán").Cut()
	text.Resize(fyne.NewSize(100, 20))
	got := linesOf(text)[0]
	if !strings.HasSuffix(got, "…") || fyne.MeasureText(got, sized(BodySize), fyne.TextStyle{}).Width > 100 {
		t.Errorf("cut to %q", got)
	}
}

func TestALongTitleEndsInAnEllipsisOnItsLastLine(t *testing.T) {
	themed(t)
	text := NewText("Distribución de la población por región y por sexo").Wrapped().AtMost(2)
	text.Resize(fyne.NewSize(120, 20))
	got := linesOf(text)
	if len(got) != 2 || !strings.HasSuffix(got[1], "…") || fyne.MeasureText(got[1], sized(BodySize), fyne.TextStyle{}).Width > 120 {
		t.Errorf("shown as %q", got)
	}
	text.SetText("Distribución")
	if got := linesOf(text); len(got) != 1 || got[0] != "Distribución" {
		t.Errorf("a short title is shown as %q", got)
	}
}

func TestAChoiceTellsItsKeyOnceForEachChange(t *testing.T) {
	themed(t)
	var heard []string
	c := NewChoice([]Option{{"a", "Uno"}, {"b", "Dos"}}, "a", "", func(k string) { heard = append(heard, k) })
	c.Choose("a")
	c.Choose("b")
	if len(heard) != 1 || heard[0] != "b" || c.Key() != "b" || c.shown() != "Dos" {
		t.Errorf("heard %v, shows %q", heard, c.shown())
	}
}

func TestAChoiceOpensItsMenuByKey(t *testing.T) {
	themed(t)
	c := NewChoice([]Option{{"a", "Uno"}, {"b", "Dos"}}, "a", "", nil)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(300, 200))
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the down arrow opened nothing")
	}
}

func TestDetailsOfAMessageStayHiddenUntilAsked(t *testing.T) {
	themed(t)
	copied := ""
	d := newDetails("zip: not a valid file", MessageWords{"Detalles", "Ocultar", "Copiar"}, func(s string) { copied = s })
	if d.box.Visible() {
		t.Error("technical text is on screen before anyone asked")
	}
	test.Tap(d.toggle)
	if !d.box.Visible() || d.toggle.Text != "Ocultar" {
		t.Error("the button does not show the technical text")
	}
	for _, o := range test.LaidOutObjects(d.box) {
		if b, ok := o.(*Button); ok {
			test.Tap(b)
		}
	}
	if copied != "zip: not a valid file" {
		t.Errorf("copied %q", copied)
	}
}

func TestARowSharesTheWidthThatIsLeft(t *testing.T) {
	themed(t)
	badge := NewBadge("Publicado", Done)
	grow := Grow(NewText("Título").Cut())
	row := Row(10, grow, badge)
	row.Resize(fyne.NewSize(400, 40))
	if got := badge.Position().X + badge.Size().Width; got < 399 || got > 401 {
		t.Errorf("the row ends at %.1f, want 400", got)
	}
	if grow.Size().Width < 200 {
		t.Errorf("the growing part got %.1f", grow.Size().Width)
	}
}

func TestTilesUseAsManyColumnsAsFit(t *testing.T) {
	themed(t)
	var tiles []fyne.CanvasObject
	for range 5 {
		tiles = append(tiles, NewCard(NewText("x")))
	}
	box := Tiles(280, 14, tiles...)
	box.Resize(fyne.NewSize(1000, 600))
	if tiles[2].Position().Y != 0 || tiles[3].Position().Y == 0 {
		t.Errorf("three columns expected at 1000 units: %v, %v", tiles[2].Position(), tiles[3].Position())
	}
	box.Resize(fyne.NewSize(500, 600))
	if tiles[1].Position().Y == 0 {
		t.Error("one column expected at 500 units")
	}
}

func TestUnreachableStepsTakeNoFocus(t *testing.T) {
	themed(t)
	gone := false
	w := test.NewTempWindow(t, NewStepper([]Step{{"Abrir", true, func() { gone = true }}, {"Revisar", false, nil}}, 1))
	w.Canvas().FocusNext()
	step, ok := w.Canvas().Focused().(*stepWidget)
	if !ok || step.number != 1 {
		t.Fatalf("focus is on %T", w.Canvas().Focused())
	}
	step.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !gone {
		t.Error("Return on a step goes nowhere")
	}
	w.Canvas().FocusNext()
	if again, _ := w.Canvas().Focused().(*stepWidget); again != nil && again.number == 2 {
		t.Error("a step that can't be reached took the focus")
	}
}

func TestTabScrollsToWhatItReaches(t *testing.T) {
	themed(t)
	form := Column(10)
	var fields []*Entry
	for range 30 {
		e := NewEntry("")
		fields = append(fields, e)
		form.Add(NewCard(e))
	}
	last := NewFilled("Continuar", nil)
	form.Add(last)
	scroll := container.NewVScroll(form)
	w := test.NewTempWindow(t, NewCard(scroll))
	w.Resize(fyne.NewSize(400, 300))
	seen := func(o fyne.CanvasObject) bool {
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(scroll).Y
		return y >= top && y+o.Size().Height <= top+scroll.Size().Height
	}
	for i, e := range fields {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != fyne.Focusable(e) {
			t.Fatalf("the focus is not on field %d", i)
		}
		if !seen(e) {
			t.Fatalf("field %d has the focus and is out of sight", i)
		}
	}
	w.Canvas().FocusNext()
	if !seen(last) {
		t.Error("the button below the form has the focus and is out of sight")
	}
	w.Canvas().FocusNext()
	if !seen(fields[0]) {
		t.Error("the first field has the focus again and is out of sight")
	}
}
