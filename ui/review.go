package ui

import (
	"context"
	"time"

	"chasqui/app"
	"chasqui/converters/table"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// reviewPage asks whether the table that was found is the right one, and lets
// a person correct it on the sheet itself.
type reviewPage struct {
	w      *Window
	id     string
	object *fyne.Container
	notice *notice
	stage  *fyne.Container // the grid, or what stands in for it
	cell   *parts.Text     // the chosen cell in full
	side   *fyne.Container
	cards  *container.Scroll // what side stands in
	grid   *parts.Grid
	sheet  string // the key of what the grid shows
	undo   *parts.Button
	next   *parts.Button
	byHand bool
	// toMisfit goes to the next cell that does not fit; nil before rows came.
	toMisfit func()
	data     app.Dataset
	t        app.Table
	sheets   []table.SheetLayout
	sample   [][]string // of what is published, where the table was turned
	// spots are what takes the focus in the side column, by names that outlive
	// its being made anew; half is what was typed for a corner and not taken yet.
	spots map[string]fyne.Focusable
	half  map[corner]string
	// changing says that a correction is under way, onward that the person has
	// gone on meanwhile, left that another page is shown.
	changing, onward, left bool
	// resembles is the dataset that the file may be an edition of; nil where there
	// is none, or the person said that it is another.
	resembles *app.Resemblance
	period    string // typed for it
}

// The questions of this page, which leaving it cancels, but for a correction
// under way.
var reviewQuestions = [...]string{"review/load", "review/change", "review/sheets", "review/resembling", "review/grid", "review/grid/copy", "review/rows", "review/extent", "review/next", "review/sample"}

func newReviewPage(w *Window, id string) *reviewPage {
	r := &reviewPage{w: w, id: id, notice: newNotice(), stage: container.NewStack(), side: container.NewStack(), object: container.NewStack(), half: map[corner]string{}}
	r.ask("review/load", func(ctx context.Context) (app.Dataset, error) { return w.program.Dataset(ctx, id) }, r.show)
	r.object.Objects = []fyne.CanvasObject{frame(heading("", w.p.T("ui.review.title"), ""), parts.NewMuted(w.p.T("ui.loading")))}
	return r
}

func (r *reviewPage) content() fyne.CanvasObject { return r.object }

func (r *reviewPage) leave() {
	r.spots, r.left = nil, true
	for _, q := range reviewQuestions {
		if q != "review/change" || !r.changing {
			r.w.run.Cancel(q)
		}
	}
	if r.grid != nil {
		r.grid.Close()
	}
}

// ask brings the dataset as it stands after a question to then, unless another
// page is shown meanwhile.
func (r *reviewPage) ask(question string, do func(context.Context) (app.Dataset, error), then func(app.Dataset)) {
	r.w.run.Ask(question, func(ctx context.Context) func() {
		d, err := do(ctx)
		return func() {
			r.w.saved()
			r.changing = false
			switch {
			case r.left:
				r.showAnew()
			case err != nil:
				r.onward = false
				r.fail(err)
			default:
				then(d)
			}
		}
	})
}

// show shows the dataset as it stands.
func (r *reviewPage) show(d app.Dataset) {
	r.notice.show(nil)
	r.take(d)
}

// showAnew shows the page on screen once more if it is one of the dataset, which
// changed after this page was left.
func (r *reviewPage) showAnew() {
	if r.w.id == r.id {
		r.w.show(r.w.screen, r.id)
	}
}

// change corrects the dataset and shows it, or the next page if the person has
// gone on meanwhile.
func (r *reviewPage) change(do func(context.Context) (app.Dataset, error)) {
	r.save(do, func(d app.Dataset) {
		if r.onward {
			r.w.show(Describe, r.id)
			return
		}
		r.show(d)
	})
}

// save is ask for what changes a dataset: it tells that something is being saved.
func (r *reviewPage) save(do func(context.Context) (app.Dataset, error), then func(app.Dataset)) {
	r.w.saving()
	r.changing = true
	r.ask("review/change", do, then)
}

// goOn leads to the next page, after the correction that is under way.
func (r *reviewPage) goOn() {
	if r.changing {
		r.onward = true
		return
	}
	r.w.show(Describe, r.id)
}

func (r *reviewPage) fail(err error) {
	if r.data.ID == "" {
		r.object.Objects = []fyne.CanvasObject{frame(heading("", r.w.p.T("ui.review.title"), ""), parts.Column(0, r.w.problem(err)))}
		r.object.Refresh()
		return
	}
	r.notice.show(r.w.problem(err))
}

func (r *reviewPage) take(d app.Dataset) {
	begin := r.data.ID == ""
	t, err := d.Table(1)
	if err != nil {
		r.fail(err)
		return
	}
	r.data, r.t = d, t
	if begin {
		r.build()
		r.loadSheets()
		r.loadResembling()
	}
	r.undo.Hidden = !t.CanUndo
	if r.sheet != t.GridKey() {
		r.openSheet()
	}
	if r.grid != nil {
		r.grid.SetShape(shapeOf(r.w.p.Lang(), t))
	}
	r.loadSample()
	r.showSide()
	r.object.Refresh()
}

func (r *reviewPage) build() {
	w := r.w
	r.undo = parts.NewOutlined(w.p.T("ui.undo"), func() {
		r.change(func(ctx context.Context) (app.Dataset, error) { return w.program.Undo(ctx, r.id, r.t.Number) })
	}).WithIcon("undo")
	hand := parts.NewOutlined(w.p.T("ui.review.by_hand"), r.openHand)
	r.next = parts.NewFilled(w.p.T("ui.review.yes"), r.goOn)
	head := parts.Column(14,
		heading(crumb(r.data), w.p.T("ui.review.title"), "", r.undo, hand, r.next),
		w.stepper(r.id, Review))
	r.cell = parts.NewSmall("", parts.Muted).Cut()
	line := parts.Inset(5, 5, 10, 10, r.cell)
	grid := parts.NewCard(container.NewBorder(nil, line, nil, nil, r.stage)).Padded(2, 2, 2, 2).Rounded(6)
	r.cards = scrolled(r.side)
	body := container.NewBorder(r.notice.box, nil, nil, nil,
		parts.Sided(grid, r.cards, 318, 12))
	r.object.Objects = []fyne.CanvasObject{frame(head, body)}
}

// openSheet shows the rows of the sheet that the table is on.
func (r *reviewPage) openSheet() {
	w, t := r.w, r.t
	r.sheet = t.GridKey()
	if r.grid != nil {
		r.grid.Close()
		r.grid = nil
	}
	r.stage.Objects = []fyne.CanvasObject{container.NewCenter(parts.NewMuted(w.p.T("ui.loading")))}
	w.run.Ask("review/rows", func(ctx context.Context) func() {
		rows, err := w.program.GridOf(ctx, r.id, t)
		return func() {
			if err != nil {
				r.fail(err)
				return
			}
			r.showGrid(rows)
		}
	})
}

// pageSource gives a sheet's rows to the grid by first and last row.
type pageSource struct{ app.Grid }

// Rows returns the rows first to last, both inside.
func (s pageSource) Rows(ctx context.Context, first, last int) ([]table.Row, error) {
	return s.Page(ctx, first, last-first+1)
}

func (r *reviewPage) showGrid(rows app.Grid) {
	known, columns, _ := rows.Extent()
	r.grid = parts.NewGrid(pageSource{rows}, known, columns, r.w.run, "review/grid")
	r.grid.SetShape(shapeOf(r.w.p.Lang(), r.t))
	r.grid.OnRow = r.offerRow
	r.grid.OnColumn = r.offerColumn
	r.grid.OnError = r.fail
	r.grid.OnCell = r.tellCell
	r.grid.OnNext = func(row int) { r.nextMisfit(rows, row) }
	r.toMisfit = func() { at, _ := r.grid.At(); r.nextMisfit(rows, at) }
	r.stage.Objects = []fyne.CanvasObject{r.grid.Object()}
	r.stage.Refresh()
	r.follow(rows)
}

// followPause is the rest between two looks at how far a sheet is read.
const followPause = 150 * time.Millisecond

// follow lets the grid grow while its sheet is still being read.
func (r *reviewPage) follow(rows app.Grid) {
	if _, _, done := rows.Extent(); done {
		r.grid.SetExtent(extent(rows))
		return
	}
	r.w.run.After(followPause, "review/extent", func(context.Context) func() {
		return func() {
			r.grid.SetExtent(extent(rows))
			r.follow(rows)
		}
	})
}

func extent(rows app.Grid) (known, columns int) {
	known, columns, _ = rows.Extent()
	return known, columns
}

// tellCell shows the chosen cell in full below the grid, and says why it is
// marked if it is.
func (r *reviewPage) tellCell(row, col int, c table.Cell) {
	words, color := cellWords(r.w.p, r.t, row, col, c)
	r.cell.Color = color
	r.cell.SetText(words)
	r.cell.Refresh()
}

func (r *reviewPage) loadSheets() {
	w, t := r.w, r.t
	w.run.Ask("review/sheets", func(ctx context.Context) func() {
		sheets, err := w.program.SheetsOf(ctx, t)
		if err != nil {
			return nil // the choice of other sheets is an offer, not a need
		}
		return func() {
			r.sheets = sheets
			r.showSide()
		}
	})
}

// move corrects one corner of the table.
func (r *reviewPage) move(what corner, to int) {
	c, id, number := corrected(r.t.Layout(), what, to), r.id, r.t.Number
	r.change(func(ctx context.Context) (app.Dataset, error) { return r.w.program.Correct(ctx, id, number, c) })
}

// offerRow shows what a row can be, where its number was tapped.
func (r *reviewPage) offerRow(row int, at fyne.Position) {
	item := func(key string, what corner) *fyne.MenuItem {
		return fyne.NewMenuItem(r.w.p.T(key, "Row", row), func() { r.move(what, row) })
	}
	r.popUp(at,
		item("ui.review.row.header_first", headerFirst), item("ui.review.row.header_last", headerLast),
		fyne.NewMenuItemSeparator(),
		item("ui.review.row.data_first", dataFirst), item("ui.review.row.data_last", dataLast))
}

// offerColumn does the same for a column, with its type.
func (r *reviewPage) offerColumn(col int, at fyne.Position) {
	name := parts.Letters(col)
	item := func(key string, what corner) *fyne.MenuItem {
		return fyne.NewMenuItem(r.w.p.T(key, "Column", name), func() { r.move(what, col) })
	}
	items := []*fyne.MenuItem{item("ui.review.col.first", colFirst), item("ui.review.col.last", colLast)}
	for _, c := range r.t.Columns {
		if c.Field.Col == col {
			types := fyne.NewMenuItem(r.w.p.T("ui.review.col.type"), nil)
			types.ChildMenu = fyne.NewMenu("", r.typeItems(c)...)
			items = append(items, fyne.NewMenuItemSeparator(), types)
		}
	}
	r.popUp(at, items...)
}

func (r *reviewPage) typeItems(c app.Column) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, o := range typeOptions(r.w.p) {
		item := fyne.NewMenuItem(o.Text, func() { r.retype(c.Field.Col, o.Key) })
		item.Checked = o.Key == string(c.Field.Type)
		items = append(items, item)
	}
	return items
}

func (r *reviewPage) popUp(at fyne.Position, items ...*fyne.MenuItem) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), r.w.win.Canvas(), at)
}

func (r *reviewPage) retype(col int, to string) {
	id, number := r.id, r.t.Number
	r.change(func(ctx context.Context) (app.Dataset, error) {
		return r.w.program.Retype(ctx, id, number, col, table.Type(to))
	})
}

func (r *reviewPage) choose(sheet string, number int) {
	id, at := r.id, r.t.Number
	r.change(func(ctx context.Context) (app.Dataset, error) { return r.w.program.Choose(ctx, id, at, sheet, number) })
}
