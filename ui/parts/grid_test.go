package parts

import (
	"errors"
	"testing"

	"chasqui/converters/table"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func shownGrid(t *testing.T, sheet *countingSheet) (*Grid, *queue, fyne.Window) {
	t.Helper()
	themed(t)
	q := &queue{}
	g := NewGrid(sheet, sheet.rows, sheet.cols, q, "grid")
	w := test.NewTempWindow(t, g.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 600))
	return g, q, w
}

func TestAMillionRowsOpenWithOnePageAndTheVisibleCells(t *testing.T) {
	sheet := &countingSheet{rows: 1_000_000, cols: 12}
	g, q, _ := shownGrid(t, sheet)
	if g.created > 400 {
		t.Errorf("%d cells made before any row came, want those of one screen", g.created)
	}
	if len(sheet.requests) != 0 {
		t.Fatalf("rows were read before the runner ran: %v", sheet.requests)
	}
	if n := len(test.LaidOutObjects(g.Object())); n > 5000 {
		t.Errorf("%d objects on a canvas that shows one screen", n)
	}
	q.drain()
	if len(sheet.requests) != 1 || sheet.requests[0] != [2]int{1, pageRows} {
		t.Errorf("requests = %v, want the first page once", sheet.requests)
	}
}

func TestScrollingReadsOnlyWhatIsLookedAt(t *testing.T) {
	sheet := &countingSheet{rows: 1_000_000, cols: 6}
	g, q, _ := shownGrid(t, sheet)
	q.drain()
	made := g.created
	for _, row := range []int{300_000, 600_000, 900_000, 999_999} {
		g.ScrollTo(widget.TableCellID{Row: row - 1})
	}
	q.drain()
	if n := len(sheet.requests); n > 4 {
		t.Errorf("%d page requests after jumping past three places and resting at one, want at most 4", n)
	}
	last := sheet.requests[len(sheet.requests)-1]
	if last[1] < 999_990 {
		t.Errorf("the last request was rows %v, not those on screen", last)
	}
	if g.created > 6*made { // a pool may forget what it holds, but never a screen for each page between
		t.Errorf("%d cells made for four jumps, %d for a screen", g.created, made)
	}
}

func TestRowsShowAPlaceholderUntilTheyCome(t *testing.T) {
	sheet := &countingSheet{rows: 50, cols: 3}
	g, q, _ := shownGrid(t, sheet)
	cell := newGridCell(g.height)
	g.update(widget.TableCellID{Row: 4, Col: 0}, cell)
	if cell.look.text != "…" {
		t.Errorf("a cell on its way shows %q", cell.look.text)
	}
	q.drain()
	g.update(widget.TableCellID{Row: 4, Col: 1}, cell)
	if cell.look.text != "B5" {
		t.Errorf("a cell that came shows %q, want B5", cell.look.text)
	}
}

func TestPagesAreForgottenByBudgetFromTheLongestUnusedOn(t *testing.T) {
	sheet := &countingSheet{rows: 10_000, cols: 4}
	q := &queue{}
	p := newPages(sheet, q, "pages", sheet.rows, func(int, error) {})
	p.row(1)
	q.drain()
	p.budget = 3 * p.bytes
	for page := 1; page < 10; page++ {
		p.row(page*pageRows + 1)
		q.drain()
		p.row(1) // the first page stays in use
	}
	if p.bytes > p.budget {
		t.Errorf("holds %d bytes of %d allowed", p.bytes, p.budget)
	}
	if _, ok := p.held[0]; !ok {
		t.Error("the page that was used last was forgotten")
	}
	if _, ok := p.held[1]; ok {
		t.Error("a page unused for long is still held")
	}
}

func TestAPageThatFailsIsReportedOnceAndNotAskedAgain(t *testing.T) {
	sheet := &countingSheet{rows: 30, cols: 2, err: errors.New("the disk says no")}
	g, q, _ := shownGrid(t, sheet)
	reports := 0
	g.OnError = func(error) { reports++ }
	q.drain()
	g.redraw()
	q.drain()
	if reports != 1 || len(sheet.requests) != 1 {
		t.Errorf("%d reports of %d requests, want one of each", reports, len(sheet.requests))
	}
}

func TestASheetThatGrowsShowsRowsThatCameLater(t *testing.T) {
	sheet := &countingSheet{rows: 70, cols: 2}
	g, q, _ := shownGrid(t, sheet)
	g.ScrollToBottom()
	q.drain()
	sheet.rows = 100
	g.SetExtent(100, 2)
	g.ScrollToBottom()
	q.drain()
	if r, ok := g.pages.row(100); !ok || r.Cell(1).Text != "A100" {
		t.Errorf("row 100 = %v, %v after the sheet grew", r, ok)
	}
}

func TestArrowsMoveAndShiftSelectsWhatCtrlCCopies(t *testing.T) {
	sheet := &countingSheet{rows: 500, cols: 5}
	g, q, w := shownGrid(t, sheet)
	q.drain()
	w.Canvas().Focus(g)
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			g.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	press(fyne.KeyDown, fyne.KeyRight)
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(fyne.KeyDown, fyne.KeyRight)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	clip := fyne.CurrentApp().Clipboard()
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	q.drain()
	if got, want := clip.Content(), "B2\tC2\nB3\tC3"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	press(fyne.KeyEnd)
	if g.cursor != (spot{500, 3}) || g.anchor != g.cursor {
		t.Errorf("End leads to %v, anchor %v", g.cursor, g.anchor)
	}
}

func TestCopiedCellsStayOneLineARow(t *testing.T) {
	rows := []table.Row{{Cells: []table.Cell{{Text: "a\tb"}, {Text: "c\r\nd"}}}, {}}
	if got, want := tabbed(rows, 1, 2), "a b\tc d\n\t"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTapsOnLettersAndNumbersAreReported(t *testing.T) {
	sheet := &countingSheet{rows: 40, cols: 4}
	g, q, _ := shownGrid(t, sheet)
	q.drain()
	var row, column int
	g.OnRow = func(n int, _ fyne.Position) { row = n }
	g.OnColumn = func(n int, _ fyne.Position) { column = n }
	head := newGridHead(g.height)
	g.updateHead(widget.TableCellID{Row: 6, Col: -1}, head)
	test.Tap(head)
	g.updateHead(widget.TableCellID{Row: -1, Col: 2}, head)
	test.Tap(head)
	if row != 7 || column != 3 {
		t.Errorf("heard row %d and column %d, want 7 and 3", row, column)
	}
}

func TestDraggingARowsBorderGivesNoRowAHeightOfItsOwn(t *testing.T) {
	sheet := &countingSheet{rows: 40, cols: 4}
	g, q, _ := shownGrid(t, sheet)
	q.drain()
	border := fyne.NewPos(10, 2*(g.height+1)-0.5)
	g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: border}})
	g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: border}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: border.AddXY(0, 40)}})
	g.DragEnd()
	heads := 0
	for _, o := range test.LaidOutObjects(g.Object()) {
		if h, ok := o.(*gridHead); ok {
			heads++
			if h.Size().Height != g.height {
				t.Fatalf("row %s is %.1f high, all others are %.1f", h.words.Text, h.Size().Height, g.height)
			}
		}
	}
	if heads == 0 {
		t.Error("no row numbers on screen")
	}
}

func TestF8AsksForTheNextProblemFromTheCursorOn(t *testing.T) {
	sheet := &countingSheet{rows: 40, cols: 4}
	g, q, _ := shownGrid(t, sheet)
	q.drain()
	from := 0
	g.OnNext = func(row int) { from = row }
	g.ShowCell(12, 3)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF8})
	if row, col := g.At(); from != 12 || row != 12 || col != 3 {
		t.Errorf("asked from row %d with the cursor at %d, %d", from, row, col)
	}
}
