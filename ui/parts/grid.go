package parts

import (
	"context"
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"chasqui/converters/table"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Grid shows a sheet of any size: column letters and row numbers stay, rows
// are asked for by range when they become visible, and the table that was
// found is outlined. All rows have one height, because Fyne's table finds the
// visible rows by arithmetic only then.
type Grid struct {
	widget.Table

	// OnRow and OnColumn hear a tap on a row's number or a column's letters,
	// with where on the window it was.
	OnRow, OnColumn func(index int, at fyne.Position)
	// OnCell hears which cell the cursor came to, and the cell itself; it is
	// empty while its row is on its way.
	OnCell func(row, col int, c table.Cell)
	// OnNext hears that F8 was pressed: to the next problem, from the row of
	// the cursor on.
	OnNext func(row int)
	// OnError hears that rows could not be read.
	OnError func(error)

	rows, cols     int
	shape          Shape
	pages          *pages
	runner         Runner
	question       string
	height         float32
	widths         map[int]float32
	numbers        float32 // width of the row numbers
	measured       bool
	created        int
	shift          bool
	cursor, anchor spot
	object         fyne.CanvasObject
}

// spot is a cell, counting from 1; the zero spot is none.
type spot struct{ row, col int }

const (
	narrowest = 64
	widestCol = 250
	sizedCols = 64 // columns whose width is measured; the others keep the default
)

// NewGrid shows rows × cols of a source. Question names this grid's work for
// the runner and must be its own.
func NewGrid(source PageSource, rows, cols int, runner Runner, question string) *Grid {
	g := &Grid{rows: rows, cols: cols, runner: runner, question: question, height: gridHeight(), widths: map[int]float32{}}
	g.pages = newPages(source, runner, question, rows, g.arrived)
	g.Length = g.extent
	g.CreateCell = func() fyne.CanvasObject { g.created++; return newGridCell(g.height) }
	g.UpdateCell = func(id widget.TableCellID, o fyne.CanvasObject) { g.update(id, o.(*gridCell)) }
	g.CreateHeader = func() fyne.CanvasObject { return newGridHead(g.height) }
	g.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) { g.updateHead(id, o.(*gridHead)) }
	g.OnSelected = func(id widget.TableCellID) { g.choose(spot{id.Row + 1, id.Col + 1}) }
	g.ShowHeaderRow, g.ShowHeaderColumn, g.HideSeparators = true, true, true
	g.ExtendBaseWidget(g)
	g.fitNumbers()
	g.object = container.NewThemeOverride(g, gridTheme{theme.Current()})
	return g
}

// extent is the size that Fyne's table hears. Before the grid has a place on
// screen it is empty: Fyne would make a separator for every row of the sheet.
func (g *Grid) extent() (rows, cols int) {
	if g.Size().Height <= g.height || g.Size().Width <= g.numbers {
		return 0, g.cols
	}
	return g.rows, g.cols
}

// Object is what to lay out.
func (g *Grid) Object() fyne.CanvasObject { return g.object }

// SetShape outlines another table.
func (g *Grid) SetShape(s Shape) {
	g.shape = s
	g.redraw()
}

// SetExtent says how large the sheet is, as far as is known; it is called again
// while a sheet is still being read.
func (g *Grid) SetExtent(rows, cols int) {
	if rows == g.rows && cols == g.cols {
		return
	}
	g.rows, g.cols = rows, cols
	g.pages.grow(rows)
	g.fitNumbers()
	g.Refresh()
}

// fitNumbers gives the row numbers the width that the last one needs.
func (g *Grid) fitNumbers() {
	digits := fyne.MeasureText(strconv.Itoa(max(g.rows, 1000)), gridText(), fyne.TextStyle{Bold: true}).Width
	g.numbers = digits + 18
	g.SetColumnWidth(-1, g.numbers)
}

// ShowCell scrolls to a cell and puts the cursor there.
func (g *Grid) ShowCell(row, col int) { g.moveTo(spot{row, col}, false) }

// At is the cell that the keys stand on; zeros before one was chosen.
func (g *Grid) At() (row, col int) { return g.cursor.row, g.cursor.col }

// Close ends what the grid has under way.
func (g *Grid) Close() { g.pages.close() }

func (g *Grid) redraw() { g.RefreshItem(widget.TableCellID{Row: -1, Col: -1}) } // Fyne's id of all cells

func (g *Grid) arrived(_ int, err error) {
	if err != nil && g.OnError != nil {
		g.OnError(err)
	}
	if err == nil {
		g.fit()
	}
	g.redraw()
	if g.cursor != (spot{}) {
		g.tellCell()
	}
}

// fit gives columns the width of what the first page holds. Later pages widen
// a column of numbers only: words can be cut, a number cut short is another.
func (g *Grid) fit() {
	need := g.need()
	for col := 1; col < len(need); col++ {
		w := min(max(need[col], narrowest), widestCol)
		if !g.measured || g.shape.Right[col] && w > g.widths[col] {
			g.widths[col] = w
			g.SetColumnWidth(col-1, w)
		}
	}
	g.measured = true
}

// need measures what the held pages hold, per column from 1.
func (g *Grid) need() []float32 {
	size := gridText()
	need := make([]float32, min(g.cols, sizedCols)+1)
	for _, rows := range g.pages.held {
		for i, r := range rows {
			p := g.shape.row(r.Number)
			if r.Number == 0 {
				p = g.shape.row(i + 1)
			}
			if p == outsideRow && g.shape.DataFirst > 0 {
				continue // titles run over their neighbours
			}
			style := fyne.TextStyle{Bold: p == headerRow}
			for col := 1; col < len(need) && col <= len(r.Cells); col++ {
				style.Monospace = g.shape.Right[col] && p != headerRow
				l := g.shape.look(max(r.Number, 1), col, r.Cells[col-1])
				need[col] = max(need[col], fyne.MeasureText(firstLine(l.text), size, style).Width+20)
			}
		}
	}
	return need
}

func (g *Grid) update(id widget.TableCellID, c *gridCell) {
	row, col := id.Row+1, id.Col+1
	r, ok := g.pages.row(row)
	l := g.shape.look(row, col, r.Cell(col))
	if !ok {
		l.text, l.misfit = "…", false
		if col > 1 {
			l.text = ""
		}
	}
	l.overrun = l.part == outsideRow && l.text == "" && titled(r, col)
	c.show(l, g.room(r, col, l), g.chosen(row, col), g.cursor == spot{row, col})
}

// room is the width for a cell's words: in a title row they run over the
// blank cells to their right.
func (g *Grid) room(r table.Row, col int, l cellLook) float32 {
	w := g.width(col)
	if l.part != outsideRow || l.text == "" {
		return w
	}
	for next := col + 1; next <= min(g.cols, col+24) && r.Cell(next).IsBlank(); next++ {
		w += g.width(next) + 1
	}
	return w
}

// titled reports whether words stand in a row to the left of a column.
func titled(r table.Row, col int) bool {
	for before := 1; before < col; before++ {
		if !r.Cell(before).IsBlank() {
			return true
		}
	}
	return false
}

func (g *Grid) width(col int) float32 {
	if w, ok := g.widths[col]; ok {
		return w
	}
	return 96
}

func (g *Grid) updateHead(id widget.TableCellID, h *gridHead) {
	switch {
	case id.Row < 0 && id.Col >= 0:
		col := id.Col + 1
		h.showColumn(col, col == g.cols, func(at fyne.Position) { report(g.OnColumn, col, at) })
	case id.Col < 0 && id.Row >= 0:
		row := id.Row + 1
		h.showRow(row, g.shape.row(row), func(at fyne.Position) { report(g.OnRow, row, at) })
	}
}

func report(to func(int, fyne.Position), index int, at fyne.Position) {
	if to != nil {
		to(index, at)
	}
}

func (g *Grid) choose(s spot) {
	g.cursor = s
	if !g.shift || g.anchor == (spot{}) {
		g.anchor = s
	}
	g.redraw()
	g.tellCell()
}

func (g *Grid) tellCell() {
	if g.OnCell == nil {
		return
	}
	r, _ := g.pages.row(g.cursor.row)
	g.OnCell(g.cursor.row, g.cursor.col, r.Cell(g.cursor.col))
}

// selection is the rectangle between the cell chosen first and the last one.
func (g *Grid) selection() table.Range {
	if g.cursor == (spot{}) {
		return table.Range{}
	}
	return table.Range{
		RowFirst: min(g.anchor.row, g.cursor.row), RowLast: max(g.anchor.row, g.cursor.row),
		ColFirst: min(g.anchor.col, g.cursor.col), ColLast: max(g.anchor.col, g.cursor.col),
	}
}

func (g *Grid) chosen(row, col int) bool {
	return g.anchor != g.cursor && g.selection().Contains(row, col)
}

// MouseDown notes Shift, and keeps Fyne's dragging of row heights away.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	g.shift = e.Modifier&fyne.KeyModifierShift != 0
	if e.Position.X > g.numbers {
		g.Table.MouseDown(e)
	}
}

// KeyDown notes Shift, which makes the arrows extend the selection.
func (g *Grid) KeyDown(e *fyne.KeyEvent) { g.noteShift(e, true) }

// KeyUp ends what KeyDown noted.
func (g *Grid) KeyUp(e *fyne.KeyEvent) { g.noteShift(e, false) }

func (g *Grid) noteShift(e *fyne.KeyEvent, on bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		g.shift = on
	}
}

// FocusGained shows where the arrow keys start.
func (g *Grid) FocusGained() {
	g.Table.FocusGained()
	if g.cursor == (spot{}) && g.rows > 0 && g.cols > 0 {
		g.cursor, g.anchor = spot{1, 1}, spot{1, 1}
	}
	g.redraw()
}

// TypedKey moves by arrows, pages, Home and End.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	to := g.cursor
	page := max(int(g.Size().Height/(g.height+1))-2, 1)
	switch e.Name {
	case fyne.KeyDown:
		to.row++
	case fyne.KeyUp:
		to.row--
	case fyne.KeyRight:
		to.col++
	case fyne.KeyLeft:
		to.col--
	case fyne.KeyPageDown:
		to.row += page
	case fyne.KeyPageUp:
		to.row -= page
	case fyne.KeyF8:
		if g.OnNext != nil {
			g.OnNext(g.cursor.row)
		}
		return
	case fyne.KeyHome:
		to.row = 1
	case fyne.KeyEnd:
		to.row = g.rows
	default:
		return
	}
	g.moveTo(to, g.shift)
}

func (g *Grid) moveTo(to spot, extend bool) {
	to.row, to.col = min(max(to.row, 1), g.rows), min(max(to.col, 1), g.cols)
	if to.row < 1 || to.col < 1 {
		return
	}
	g.cursor = to
	if !extend || g.anchor == (spot{}) {
		g.anchor = to
	}
	g.ScrollTo(widget.TableCellID{Row: to.row - 1, Col: to.col - 1})
	g.redraw()
	g.tellCell()
}

// TypedShortcut copies the chosen cells with Ctrl+C.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	if copying, ok := s.(*fyne.ShortcutCopy); ok {
		g.copyTo(copying.Clipboard)
	}
}

const copyRows = 100_000 // more rows than that are not for a clipboard

func (g *Grid) copyTo(clipboard fyne.Clipboard) {
	sel := g.selection()
	if sel.RowFirst < 1 {
		return
	}
	if clipboard == nil {
		clipboard = fyne.CurrentApp().Clipboard()
	}
	source, last := g.pages.source, min(sel.RowLast, sel.RowFirst+copyRows-1)
	g.runner.Ask(g.question+"/copy", func(ctx context.Context) func() {
		rows, err := source.Rows(ctx, sel.RowFirst, last)
		if err != nil {
			return func() { g.arrived(0, fmt.Errorf("copying rows: %w", err)) }
		}
		text := tabbed(rows, sel.ColFirst, sel.ColLast)
		return func() { clipboard.SetContent(text) }
	})
}

// tabbed writes cells as a spreadsheet pastes them: tabs between cells, a
// line a row; tabs and line breaks inside a cell become blanks.
func tabbed(rows []table.Row, first, last int) string {
	var out strings.Builder
	flat := strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")
	for i, r := range rows {
		if i > 0 {
			out.WriteByte('\n')
		}
		for col := first; col <= last; col++ {
			if col > first {
				out.WriteByte('\t')
			}
			out.WriteString(flat.Replace(r.Cell(col).Text))
		}
	}
	return out.String()
}

// gridTheme makes the gaps of Fyne's table thin lines.
type gridTheme struct{ fyne.Theme }

// Color keeps the ground of letters and numbers to the heads themselves.
func (t gridTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameHeaderBackground {
		name = Surface
	}
	return t.Theme.Color(name, v)
}

// Size is one unit for the gaps between cells.
func (t gridTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNamePadding || name == theme.SizeNameSeparatorThickness {
		return 1
	}
	return t.Theme.Size(name)
}
