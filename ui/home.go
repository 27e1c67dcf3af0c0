package ui

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"chasqui/app"
	"chasqui/assets/samples"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
)

// homePage is Inicio: where a file comes in, and what became of the others.
type homePage struct {
	w      *Window
	object fyne.CanvasObject
	notice *notice
	office *parts.Text
	list   *fyne.Container
	search *parts.Entry
	finder *fyne.Container
	cards  []datasetCard
}

// searchFrom is the number of datasets from which on a search is offered.
const searchFrom = 7

func newHomePage(w *Window) *homePage {
	h := &homePage{w: w, notice: newNotice(), list: container.NewStack(), office: parts.NewMuted("").Wrapped()}
	h.search = parts.NewEntry(w.p.T("ui.home.search"))
	h.search.OnChanged = func(string) { h.showCards() }
	h.finder = parts.Wide(240, 0, h.search)
	h.finder.Hide()
	open := parts.NewFilled(w.p.T("ui.home.open"), w.askFile)
	words := parts.Column(3, parts.NewTitle(w.p.T(greeting(w.opt.Now().Hour()))), h.office)
	sample := parts.NewOutlined(w.p.T("ui.home.sample"), func() { w.openSample(Review) })
	paste := parts.NewOutlined(w.p.T("ui.home.paste"), func() { w.paste(fyne.CurrentApp().Clipboard().Content()) })
	zone := parts.NewDropZone(w.p.T("ui.home.drop"), w.p.T("ui.home.drop.note"), parts.Row(10, paste, sample))
	body := parts.Column(0, h.notice.box, zone, gap(18),
		parts.Row(12, parts.Grow(parts.NewSection(w.p.T("ui.home.datasets"))), h.finder), gap(12), h.list)
	h.object = frame(parts.Row(12, parts.Grow(words), open), scrolled(body))
	h.reload()
	return h
}

func (h *homePage) content() fyne.CanvasObject { return h.object }

func (h *homePage) leave() {
	h.w.run.Cancel("home/list")
	h.notice.show(nil)
}

func (h *homePage) hear(r app.Report) {
	if r.Event != "progress" {
		h.reload()
	}
}

func (h *homePage) reload() {
	w := h.w
	w.run.Ask("home/list", func(ctx context.Context) func() {
		office, err := w.program.Office(ctx)
		if err != nil {
			return func() { h.notice.show(w.problem(err)) }
		}
		list, err := w.program.Datasets(ctx)
		if err != nil {
			return func() { h.notice.show(w.problem(err)) }
		}
		cards := make([]datasetCard, len(list))
		for i, d := range list {
			cards[i] = cardOf(w.p, d)
		}
		return func() {
			h.office.SetText(first(office.Name, w.p.T("ui.home.office")))
			h.cards = cards
			h.showCards()
		}
	})
}

func (h *homePage) showCards() {
	h.finder.Hidden = len(h.cards) < searchFrom
	shown := matching(h.cards, h.search.Text)
	var object fyne.CanvasObject
	switch {
	case len(h.cards) == 0:
		object = parts.NewEmpty("file", h.w.p.T("ui.home.empty"), h.w.p.T("ui.home.empty.note"), nil)
	case len(shown) == 0:
		object = parts.NewMuted(h.w.p.T("ui.home.nothing", "Text", h.search.Text)).Wrapped()
	default:
		tiles := make([]fyne.CanvasObject, len(shown))
		for i, c := range shown {
			tiles[i] = h.tile(c)
		}
		object = parts.Tiles(282, 14, tiles...)
	}
	h.list.Objects = []fyne.CanvasObject{object}
	h.list.Refresh()
	h.object.Refresh()
}

func (h *homePage) tile(c datasetCard) fyne.CanvasObject {
	title := parts.NewStrong(c.title).Wrapped().AtMost(3)
	remove := parts.NewQuiet(h.w.p.T("ui.home.remove"), func() { h.askRemove(c) }).Smaller()
	action := parts.NewOutlined(c.action, func() { h.w.show(c.open, c.id) }).Smaller()
	words := parts.Column(8,
		parts.Row(10, parts.Grow(title), parts.NewBadge(c.badge, c.tone)),
		parts.NewMuted(c.facts),
		parts.NewMuted(c.next).Wrapped())
	buttons := parts.Inset(10, 0, 0, 0, parts.Row(10, remove, parts.Grow(nil), action))
	return parts.NewCard(container.NewBorder(words, buttons, nil, nil))
}

func (h *homePage) askRemove(c datasetCard) {
	w := h.w
	w.confirm(w.p.T("ui.home.remove.title", "Title", c.title), w.p.T("ui.home.remove.note"), w.p.T("ui.home.remove"), func() {
		w.run.Ask("home/remove", func(ctx context.Context) func() {
			err := w.program.RemoveDataset(ctx, c.id)
			return func() {
				if err != nil {
					h.notice.show(w.problem(err))
					return
				}
				h.reload()
				w.countQueue()
			}
		})
	})
}

// confirm asks before something that can't be undone.
func (w *Window) confirm(title, note, yes string, do func()) {
	var d *dialog.CustomDialog
	buttons := parts.Row(10, parts.Grow(nil), parts.NewOutlined(w.p.T("ui.cancel"), func() { d.Hide() }),
		parts.NewFilled(yes, func() { d.Hide(); do() }))
	d = dialog.NewCustomWithoutButtons(title, parts.Wide(420, 0, parts.Column(18, parts.NewText(note).Wrapped(), buttons)), w.win)
	d.Show()
}

// openFiles makes a dataset of each file. One alone is shown where its table
// is, several as cards.
func (w *Window) openFiles(paths []string) {
	if len(paths) == 1 {
		w.open(filepath.Base(paths[0]), app.NewDataset{Path: paths[0]}, Review)
		return
	}
	reqs := make([]app.NewDataset, len(paths))
	for i, path := range paths {
		reqs[i] = app.NewDataset{Path: path}
	}
	w.openAll(w.p.N("ui.files", len(paths)), reqs, Home)
}

// openSample does the same with the messy workbook that ships with the
// program, and shows the page given.
func (w *Window) openSample(then Screen) {
	name, data := samples.Budget()
	w.open(w.p.T("ui.sample.name"), app.NewDataset{Path: "-", Stdin: bytes.NewReader(data), Name: name}, then)
}

// paste makes a dataset of cells that were copied in a spreadsheet: as text, they
// are tab-separated.
func (w *Window) paste(text string) {
	if strings.TrimSpace(text) == "" {
		if w.screen != Home {
			w.show(Home, "")
		}
		if h, ok := w.page.(*homePage); ok {
			h.notice.show(parts.NewCard(parts.NewText(w.p.T("ui.home.paste.empty")).Wrapped()).Padded(12, 12, 16, 16))
		}
		return
	}
	name := w.p.T("ui.home.paste.name")
	w.open(name, app.NewDataset{Path: "-", Stdin: strings.NewReader(text), Name: name + ".tsv"}, Review)
}

// open makes a dataset of a file, which is called name while it is read, and
// shows the page given.
func (w *Window) open(name string, req app.NewDataset, then Screen) {
	w.openAll(name, []app.NewDataset{req}, then)
}

func (w *Window) openAll(name string, reqs []app.NewDataset, then Screen) {
	if w.screen != Home {
		w.show(Home, "")
	}
	h, ok := w.page.(*homePage)
	if !ok {
		return
	}
	h.notice.working(w, w.p.T("ui.opening", "Name", name), func() {
		w.run.Cancel("open")
		h.notice.show(nil)
		h.reload()
	})
	w.run.Ask("open", func(ctx context.Context) func() {
		var last app.Dataset
		var errs []error
		for _, req := range reqs {
			d, err := w.program.NewDataset(ctx, req)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			last = d
		}
		return func() {
			h.opened(last, errs, then)
			if len(reqs) == 1 && len(errs) == 1 && w.ask(reqs[0], errs[0], then) {
				h.notice.show(nil) // the question is on screen instead
			}
		}
	})
}

// opened shows what became of the files: the dataset, or why there is none.
func (h *homePage) opened(d app.Dataset, errs []error, then Screen) {
	w := h.w
	w.saved()
	if len(errs) == 0 && then != Home {
		w.show(then, d.ID)
		return
	}
	problems := parts.Column(10)
	for _, err := range errs {
		problems.Add(w.problem(err, parts.NewOutlined(w.p.T("ui.home.other"), w.askFile).Smaller()))
	}
	h.notice.show(problems)
	h.reload()
}
