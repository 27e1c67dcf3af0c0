package ui

import (
	"strconv"
	"strings"

	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// openHand shows the small fields, ready to type in, or puts them away.
func (r *reviewPage) openHand() {
	r.byHand = !r.byHand
	clear(r.half)
	r.showSide()
	if r.byHand {
		r.cards.ScrollToTop()
		r.hold(spotOf(headerFirst))
	}
}

// handCard has the corners of the table as small fields, for people who would
// rather type than tap.
func (r *reviewPage) handCard() fyne.CanvasObject {
	p := r.w.p
	pair := func(key, wanted string, a, b corner) fyne.CanvasObject {
		words := parts.NewText(p.T(key)).Wrapped()
		hint := parts.NewHint()
		refuse := func(wrong bool) {
			hint.Show("", parts.Decide)
			if wrong {
				hint.Show(p.T(wanted), parts.Decide)
			}
		}
		return parts.Column(3,
			parts.Row(6, parts.Grow(words), r.cornerEntry(a, refuse), parts.NewMuted(p.T("ui.to")), r.cornerEntry(b, refuse)),
			hint.Object())
	}
	none := parts.NewQuiet(p.T("ui.review.no_header"), func() { r.move(noHeader, 0) })
	r.spots[spotOf(noHeader)] = none
	return parts.NewCard(parts.Column(8,
		parts.NewSection(p.T("ui.review.by_hand")),
		parts.NewSmall(p.T("ui.review.by_hand.note"), parts.Muted).Wrapped(),
		pair("ui.review.hand.header", "ui.review.hand.row_wanted", headerFirst, headerLast),
		pair("ui.review.hand.rows", "ui.review.hand.row_wanted", dataFirst, dataLast),
		pair("ui.review.hand.columns", "ui.review.hand.column_wanted", colFirst, colLast),
		parts.Row(0, none))).Edged(parts.Chosen)
}

// cornerEntry is the field of one corner. It is taken with Return and when the
// field is left; refuse tells whether what stands there can be one.
func (r *reviewPage) cornerEntry(what corner, refuse func(wrong bool)) fyne.CanvasObject {
	e, name := parts.NewEntry(""), spotOf(what)
	taken := corners(r.t.Layout())[what]
	e.SetText(first(r.half[what], taken))
	e.OnChanged = func(typed string) { r.half[what] = typed }
	take := func() {
		typed := strings.TrimSpace(e.Text)
		if r.spots[name] != e || typed == taken {
			return
		}
		to, ok := readCorner(what, typed)
		refuse(!ok)
		if ok {
			taken = typed
			delete(r.half, what)
			r.move(what, to)
		}
	}
	e.OnSubmitted = func(string) { take() }
	e.OnLeave = take
	r.spots[name] = e
	return parts.Wide(62, 0, e)
}

func spotOf(what corner) string { return "corner/" + strconv.Itoa(int(what)) }

// held names what has the focus in the side column, "" if nothing has.
func (r *reviewPage) held() string {
	now := r.w.win.Canvas().Focused()
	for name, f := range r.spots {
		if f == now {
			return name
		}
	}
	return ""
}

// hold gives the focus to what has that name in the side column.
func (r *reviewPage) hold(name string) {
	if f, ok := r.spots[name]; ok {
		r.w.win.Canvas().Focus(f)
	}
}
