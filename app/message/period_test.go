package message

import "testing"

func TestAPeriodIsNamedAsPeopleSayIt(t *testing.T) {
	for _, c := range []struct{ lang, period, want string }{
		{"es", "2026-03", "marzo de 2026"}, {"en", "2026-12", "December 2026"}, {"pt", "2026-01", "janeiro de 2026"}, {"fr", "2026-08", "août 2026"},
		{"es", "2026", "2026"}, {"es", "2026-01-01/2026-03-31", "del 2026-01-01 al 2026-03-31"}, {"es", "", "sin período"},
	} {
		if got := New(c.lang).Period(c.period); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.lang, c.period, got, c.want)
		}
	}
}
