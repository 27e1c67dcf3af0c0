package ui

import "testing"

func TestTheBottomLineKnowsThePracticePortalOnceItIsUsed(t *testing.T) {
	b := newBench(t, Options{})
	b.openSample()
	b.w.show(Publish, b.w.id)
	b.q.drain()
	b.press("Usar el portal de práctica")
	b.wants(b.w.p.T("ui.link.up"))
}
