package message_test

import (
	"strings"
	"testing"
	"time"

	"chasqui/app/message"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

func TestTheLogReadsAsAStory(t *testing.T) {
	p := message.New("es")
	until := time.Date(2026, 3, 1, 10, 57, 0, 0, time.Local)
	run := outbox.Run{Took: 83 * time.Second, Tally: portal.Tally{Requests: 9, Sent: 1_200_000, Received: 4_000}}
	cases := []struct {
		entry outbox.Entry
		want  []string
	}{
		{outbox.Entry{Event: "queued"}, []string{"Puesto en la cola."}},
		{
			outbox.Entry{Event: "failed", Kind: portal.Busy, Detail: "503 Service Unavailable\n<html>", Until: until, Run: run},
			[]string{"se intentará de nuevo", "no puede atender", "«503 Service Unavailable»", "1 min, 9 pedidos; 1,2 MB de ida y 4 kB de vuelta", "No antes de 2026-03-01 10:57:00"},
		},
		{outbox.Entry{Event: "refused", Kind: portal.TooLarge, File: "Tabla (CSV)", Detail: "413"}, []string{"Archivo: Tabla (CSV).", "«413»"}},
		{outbox.Entry{Event: "resolved", Detail: "theirs"}, []string{"Usted decidió: dejar lo del portal."}},
		{outbox.Entry{Event: "replaced", Detail: "0b9f3c77-1111-4222-8333-444455556666"}, []string{"(0b9f3c77)"}},
		{outbox.Entry{Event: "asked"}, []string{"5 MB"}},
	}
	for _, c := range cases {
		got := p.Story(c.entry, 5_000_000)
		for _, part := range c.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q lacks %q", c.entry.Event, got, part)
			}
		}
		if strings.Contains(got, "no value") || strings.Contains(got, "<html>") {
			t.Errorf("%s: %q", c.entry.Event, got)
		}
	}
}

func TestDurationsAreReadAtAGlance(t *testing.T) {
	p := message.New("es")
	for d, want := range map[time.Duration]string{
		0: "1 s", 12 * time.Second: "12 s", 150 * time.Second: "3 min", time.Hour: "1 h", 80 * time.Minute: "1 h 20 min",
	} {
		if got := p.Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
