package clean

import (
	"slices"
	"strings"

	"chasqui/converters/table"
)

// groups are the merged cells that a run has come to.
type groups struct {
	next     int // place in the plan of the first not reached
	open     []group
	repeated int // cells that got the text of their group
}

// group is a merged cell with what it shows.
type group struct {
	table.Span
	cell table.Cell
}

// spread returns the row with the texts of the groups that it is in, and how many
// it got. Where it has a text of its own, that stays.
func (r *Run) spread(row table.Row) (whole table.Row, repeated int) {
	g, list := &r.groups, r.plan.groups
	if g.next == len(list) && len(g.open) == 0 {
		return row, 0
	}
	g.open = slices.DeleteFunc(g.open, func(o group) bool { return o.Last < row.Number })
	for _, o := range g.open {
		if o.cell.IsBlank() || !row.Cell(o.Col).IsBlank() {
			continue
		}
		if repeated++; repeated == 1 {
			r.cells = append(r.cells[:0], row.Cells...)
		}
		for len(r.cells) < o.Col {
			r.cells = append(r.cells, table.Cell{})
		}
		r.cells[o.Col-1] = o.cell
		row.Cells = r.cells
	}
	for ; g.next < len(list) && list[g.next].First <= row.Number; g.next++ {
		if s := list[g.next]; s.First == row.Number {
			c := row.Cell(s.Col)
			c.Text = strings.Clone(c.Text)
			g.open = append(g.open, group{s, c})
		}
	}
	return row, repeated
}
