package detect

import (
	"cmp"
	"slices"

	"chasqui/converters/table"
)

// groupsOf returns the merged cells in the data that name the records beside
// them: one column wide, over several rows, in a column that is no amount. A
// district that is merged over the rows of its works is the district of each,
// while an amount over three rows was spent once.
func groupsOf(g *grid, r region, fields []table.Field) []table.Span {
	var groups []table.Span
	for _, m := range g.merges {
		if !isIn(m, r) || m.ColFirst != m.ColLast || m.RowFirst == m.RowLast {
			continue
		}
		if t := fields[m.ColFirst-r.colFirst].Type; t == table.TypeInteger || t == table.TypeNumber || t == table.TypeAny {
			continue
		}
		groups = append(groups, table.Span{Col: m.ColFirst, First: m.RowFirst, Last: m.RowLast})
	}
	slices.SortFunc(groups, func(a, b table.Span) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Col, b.Col)) })
	return groups
}

// spread takes the cells that get the text of their group from those that are
// missing.
func spread(fields []table.Field, r region, groups []table.Span) {
	for _, s := range groups {
		f := &fields[s.Col-r.colFirst]
		f.Missing = max(0, f.Missing-(s.Last-s.First))
	}
}

// isIn reports whether a merged range lies inside the data.
func isIn(m table.Range, r region) bool {
	return m.RowFirst >= r.dataFirst && m.RowLast <= r.dataLast && m.ColFirst >= r.colFirst && m.ColLast <= r.colLast
}

// mergesIn counts the merged ranges inside the data.
func mergesIn(g *grid, r region) int {
	n := 0
	for _, m := range g.merges {
		if isIn(m, r) {
			n++
		}
	}
	return n
}
