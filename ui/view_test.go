package ui

import (
	"strings"
	"testing"
	"time"

	"chasqui/app"
	"chasqui/app/check"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"github.com/google/go-cmp/cmp"
)

func TestMovingOneCornerKeepsTheOthersInAgreement(t *testing.T) {
	found := table.Layout{HeaderFirst: 5, HeaderLast: 6, DataFirst: 7, DataLast: 20, ColFirst: 2, ColLast: 9}
	whole := func(change func(*app.Correction)) app.Correction {
		c := app.Correction{HeaderFirst: 5, HeaderLast: 6, DataFirst: 7, DataLast: 20, ColFirst: 2, ColLast: 9}
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		what corner
		to   int
		want app.Correction
	}{
		"a later first header row":              {headerFirst, 6, whole(func(c *app.Correction) { c.HeaderFirst = 6 })},
		"an earlier first header row":           {headerFirst, 3, whole(func(c *app.Correction) { c.HeaderFirst = 3 })},
		"a header below the one found":          {headerFirst, 8, whole(func(c *app.Correction) { c.HeaderFirst, c.HeaderLast, c.DataFirst = 8, 8, 9 })},
		"a header that ends later":              {headerLast, 7, whole(func(c *app.Correction) { c.HeaderLast, c.DataFirst = 7, 8 })},
		"a header that ends before it began":    {headerLast, 4, whole(func(c *app.Correction) { c.HeaderFirst, c.HeaderLast, c.DataFirst = 4, 4, 5 })},
		"data from the second header row on":    {dataFirst, 6, whole(func(c *app.Correction) { c.HeaderLast, c.DataFirst = 5, 6 })},
		"data from the first header row on":     {dataFirst, 5, whole(func(c *app.Correction) { c.HeaderFirst, c.HeaderLast, c.DataFirst, c.NoHeader = 0, 0, 5, true })},
		"data that end earlier":                 {dataLast, 12, whole(func(c *app.Correction) { c.DataLast = 12 })},
		"data that would end before they begin": {dataLast, 2, whole(func(c *app.Correction) { c.DataLast = 7 })},
		"a first column beyond the last":        {colFirst, 11, whole(func(c *app.Correction) { c.ColFirst, c.ColLast = 11, 11 })},
		"a last column before the first":        {colLast, 1, whole(func(c *app.Correction) { c.ColFirst, c.ColLast = 1, 1 })},
		"no header":                             {noHeader, 0, whole(func(c *app.Correction) { c.HeaderFirst, c.HeaderLast, c.NoHeader = 0, 0, true })},
	} {
		if diff := cmp.Diff(test.want, corrected(found, test.what, test.to)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestCornersAreTypedAsTheSheetShowsThem(t *testing.T) {
	for _, c := range []struct {
		what  corner
		typed string
		want  int
		ok    bool
	}{
		{headerFirst, "5", 5, true}, {dataLast, "1000000", 1_000_000, true}, {dataFirst, "0", 0, false}, {dataFirst, "B", 0, false},
		{colFirst, "b", 2, true}, {colLast, "AA", 27, true}, {colLast, "", 0, false}, {colLast, "3", 0, false}, {colFirst, "ZZZZZZ", 0, false},
	} {
		if got, ok := readCorner(c.what, c.typed); ok != c.ok || ok && got != c.want {
			t.Errorf("%q is read as %d, %v; want %d, %v", c.typed, got, ok, c.want, c.ok)
		}
	}
}

func TestDecimalsAreShownDigitForDigit(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "12": "12", "123": "123", "1234": "1.234", "-1234567.80": "-1.234.567,80", "0.2269": "0,2269", "1250000.00": "1.250.000,00",
	} {
		if got := grouped("es", in); got != want {
			t.Errorf("%s is shown as %s, want %s", in, got, want)
		}
	}
	if got := grouped("en", "1234.5"); got != "1,234.5" {
		t.Errorf("in English: %s", got)
	}
}

func TestPeriodIsSavedOnlyWhenBothDaysStand(t *testing.T) {
	for _, c := range []struct {
		start, end, want string
		ok               bool
	}{
		{"01/01/2026", "31/03/2026", "2026-01-01/2026-03-31", true}, {"1/1/2026", "2026-03-31", "2026-01-01/2026-03-31", true},
		{"", " ", "", true}, {"01/01/2026", "", "", false}, {"01/01/2026", "31/02/2026", "", false}, {"enero", "marzo", "", false},
	} {
		if got, ok := period(c.start, c.end); ok != c.ok || ok && got != c.want {
			t.Errorf("%q to %q is %q, %v", c.start, c.end, got, ok)
		}
	}
	if got := day("es", "2026-03-31"); got != "31/03/2026" {
		t.Errorf("shown as %s", got)
	}
}

func TestOneDecisionCoversAllThatAColumnHolds(t *testing.T) {
	p := message.New("es")
	personal := func(code, field, decision string, n int) app.Finding {
		return app.Finding{Decision: decision, Finding: check.Finding{Code: code, Family: check.FamilyPersonal, Field: field, Count: n, Args: map[string]string{"title": "Contacto"}}}
	}
	list := decisionsOf(p, []app.Finding{
		personal(check.PersonalEmail, "contacto", "", 12), personal(check.PersonalPhone, "contacto", "", 1),
		personal(check.PersonalID, "dni", app.Keep+" son cargos públicos", 3),
		{Finding: check.Finding{Code: check.EntityID, Family: check.FamilyEntity, Field: "ruc", Count: 9}},
	})
	if len(list) != 2 || undecided(list) != 1 {
		t.Fatalf("%d questions, %d open: %+v", len(list), undecided(list), list)
	}
	if want := "“Contacto” lleva 12 correos electrónicos de personas. “Contacto” lleva 1 número de teléfono."; list[0].question != want {
		t.Errorf("asks %q, want %q", list[0].question, want)
	}
	if list[1].reason != "son cargos públicos" {
		t.Errorf("the reason is %q", list[1].reason)
	}
}

func TestAFieldIsNamedByItsProfileAndAskedForInWords(t *testing.T) {
	p := message.New("es")
	lotaip, _ := describe.Shipped().Of("ec-lotaip")
	if got := labelOf(p, lotaip, "unit"); got != "Unidad poseedora de la información" {
		t.Errorf("named %q", got)
	}
	generic, _ := describe.Shipped().Of("generic")
	if got := labelOf(p, generic, "contact|email"); got != "Contacto o Correo de contacto" {
		t.Errorf("named %q", got)
	}
	pe, _ := describe.Shipped().Of("pe")
	keywords, _ := pe.Field("keywords")
	if got := obligation(p, keywords); got != "Obligatorio, propuesto" {
		t.Errorf("asked for as %q", got)
	}
}

func TestTheBottomLineTellsOfTheWorstLink(t *testing.T) {
	p := message.New("es")
	nine := time.Date(2026, 3, 31, 9, 0, 0, 0, time.Local)
	up := app.Link{Destination: "a", Known: true, Up: true}
	down := app.Link{Destination: "b", Known: true, Since: nine}
	longer := app.Link{Destination: "c", Known: true, Since: nine.Add(-time.Hour)}
	names := map[string]string{"a": "uno", "b": "dos", "c": "tres"}
	cases := []struct {
		name string
		link link
		want string
		tone parts.Tone
	}{
		{"nothing known", link{}, "Conexión sin probar", parts.Neutral},
		{"being looked at", link{probing: true}, "Comprobando la conexión…", parts.Neutral},
		{"no portal yet", link{network: true}, "Hay red; ningún portal todavía", parts.Neutral},
		{"all up", link{known: map[string]app.Link{"a": up}}, "Con conexión", parts.Done},
		{"all down", link{known: map[string]app.Link{"b": down}}, "Sin conexión desde las 09:00", parts.Attention},
		{"one down", link{known: map[string]app.Link{"a": up, "b": down}, names: names}, "Sin conexión con dos desde las 09:00", parts.Attention},
		{"the longest", link{known: map[string]app.Link{"a": up, "b": down, "c": longer}, names: names}, "Sin conexión con tres desde las 08:00", parts.Attention},
		{"looked at again", link{probing: true, known: map[string]app.Link{"b": down}}, "Sin conexión desde las 09:00", parts.Attention},
	}
	for _, c := range cases {
		if text, tone := c.link.words(p); text != c.want || tone != c.tone {
			t.Errorf("%s: %q in %v, want %q in %v", c.name, text, tone, c.want, c.tone)
		}
	}
}

func TestTheHistoryIsOneBarADayAndToldInWords(t *testing.T) {
	p := message.New("es")
	first := time.Date(2026, 3, 30, 0, 0, 0, 0, time.Local)
	days := []app.Day{
		{Date: first, Destination: "uno", Sent: 3, Bytes: 3000, Waiting: 2}, {Date: first, Destination: "dos", Waiting: 1},
		{Date: first.AddDate(0, 0, 1), Destination: "uno", Waiting: 1}, {Date: first.AddDate(0, 0, 1), Destination: "dos", Sent: 1, Bytes: 500},
	}
	h := historyOf("es", days)
	want := []parts.Bar{{Pieces: []int{3, 0}, Mark: 3}, {Pieces: []int{0, 1}, Mark: 1}}
	if diff := cmp.Diff(want, h.bars); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"uno", "dos"}, h.series); diff != "" {
		t.Error(diff)
	}
	told := h.words(p, days, func(name string) string { return name })
	for _, part := range []string{"en 2 días: 4 (3,5 kB)", "con 3 a uno", "Ahora espera 1."} {
		if !strings.Contains(told, part) {
			t.Errorf("%q lacks %q", told, part)
		}
	}
}

func TestSearchFindsCardsByEveryWord(t *testing.T) {
	cards := []datasetCard{{title: "Ejecución presupuestal 2026"}, {title: "Presupuesto aprobado"}, {title: "Agua potable"}}
	if got := matching(cards, "presup 2026"); len(got) != 1 || got[0].title != cards[0].title {
		t.Errorf("found %+v", got)
	}
	if got := matching(cards, " "); len(got) != 3 {
		t.Errorf("nothing typed finds %d of 3", len(got))
	}
}
