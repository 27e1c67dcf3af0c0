package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/app/message"
)

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	cases := []struct {
		lang, text string
		want       Hours
	}{
		{"es", "lunes a viernes 9–11", Hours{week, 540, 660}},
		{"es", "Lunes a Viernes 9:00-11:30", Hours{week, 540, 690}},
		{"es", "lun-vie 9-11", Hours{week, 540, 660}},
		{"es", "sábado y domingo 22 a 6", Hours{[]time.Weekday{time.Saturday, time.Sunday}, 1320, 360}},
		{"es", "mié, 14:30-16", Hours{[]time.Weekday{time.Wednesday}, 870, 960}},
		{"es", "mon-fri 9-11", Hours{week, 540, 660}},
		{"pt", "segunda-feira a sexta-feira 9h-11h", Hours{}},
		{"pt", "segunda a sexta 9h às 11h", Hours{week, 540, 660}},
		{"fr", "lundi à vendredi 9-11", Hours{week, 540, 660}},
		{"en", "friday to monday 9-11", Hours{[]time.Weekday{time.Friday, time.Saturday, time.Sunday, time.Monday}, 540, 660}},
		{"es", "9-24", Hours{[]time.Weekday{0, 1, 2, 3, 4, 5, 6}, 540, 1440}},
		{"es", "nunca", Hours{}},
		{"es", "lunes", Hours{}},
		{"es", "lunes 9-9", Hours{}},
		{"es", "lunes 9-25", Hours{}},
		{"es", "m 9-11", Hours{}},
		{"es", "ma 9-11", Hours{[]time.Weekday{time.Tuesday}, 540, 660}},
		{"es", "Lunes a jueves a viernes 9-11", Hours{}},
	}
	printers := map[string]*message.Printer{}
	for _, lang := range message.Languages {
		printers[lang] = message.New(lang)
	}
	for _, c := range cases {
		got, err := ParseHours(c.text, printers[c.lang])
		if (err != nil) != (c.want.Days == nil) {
			t.Errorf("%s %q: %v", c.lang, c.text, err)
			continue
		}
		if err != nil {
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %q:\n%s", c.lang, c.text, diff)
		}
		for _, lang := range message.Languages {
			p := printers[lang]
			if again, err := ParseHours(got.Words(p), p); err != nil || !cmp.Equal(got, again) {
				t.Errorf("%s: %q is read as %+v, %v", lang, got.Words(p), again, err)
			}
		}
	}
}

func TestTheLinkIsOpenWithinItsHoursOnly(t *testing.T) {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.Local)
	at := func(day, hour, minute int) time.Time {
		return monday.AddDate(0, 0, day).Add(time.Duration(hour*60+minute) * time.Minute)
	}
	office := LinkRules{Hours: []Hours{
		{Days: []time.Weekday{time.Monday, time.Tuesday}, From: 540, To: 660},
		{Days: []time.Weekday{time.Saturday}, From: 1320, To: 360}, // into Sunday
	}}
	cases := []struct {
		now  time.Time
		open bool
		next time.Time
	}{
		{at(0, 8, 59), false, at(0, 9, 0)},
		{at(0, 9, 0), true, time.Time{}},
		{at(0, 10, 59), true, time.Time{}},
		{at(0, 11, 0), false, at(1, 9, 0)},
		{at(2, 9, 30), false, at(5, 22, 0)},
		{at(5, 23, 0), true, time.Time{}},
		{at(6, 5, 59), true, time.Time{}},
		{at(6, 6, 0), false, at(7, 9, 0)},
	}
	for _, c := range cases {
		open, next := office.Open(c.now)
		if open != c.open || !next.Equal(c.next) {
			t.Errorf("%v: open %v, next %v; want %v, %v", c.now, open, next, c.open, c.next)
		}
	}
	if open, _ := (LinkRules{}).Open(monday); !open {
		t.Error("no hours must mean always")
	}
	if open, next := (LinkRules{Hours: []Hours{{From: 1, To: 2}}}).Open(monday); open || !next.After(monday) {
		t.Errorf("hours on no day: %v, %v", open, next)
	}
}
