package message

import (
	"strings"

	"chasqui/app/changes"
)

// namedColumns is how many columns with changed values a note names.
const namedColumns = 3

// Changes says in words what is different between two editions of a table: "12
// registros nuevos; 1 valor de «monto» cambió". title gives a column's title.
func (p *Printer) Changes(c changes.Changes, title func(name string) string) string {
	if c.None() {
		return p.T("changes.none")
	}
	var parts []string
	if c.Before > 0 && c.Added == c.After && c.Removed == c.Before {
		parts = append(parts, p.N("changes.all", c.After))
	} else {
		if c.Added > 0 {
			parts = append(parts, p.N("changes.added", c.Added))
		}
		if c.Removed > 0 {
			parts = append(parts, p.N("changes.removed", c.Removed))
		}
	}
	for i, column := range c.Columns {
		if i == namedColumns {
			parts = append(parts, p.N("changes.more", len(c.Columns)-i))
			break
		}
		parts = append(parts, p.N("changes.column", column.Count, "Column", title(column.Name)))
	}
	if len(c.NewColumns) > 0 {
		parts = append(parts, p.N("changes.new_columns", len(c.NewColumns), "Columns", strings.Join(titled(c.NewColumns, title), ", ")))
	}
	if len(c.LostColumn) > 0 {
		parts = append(parts, p.N("changes.lost_columns", len(c.LostColumn), "Columns", strings.Join(c.LostColumn, ", ")))
	}
	return strings.Join(parts, "; ")
}

func titled(names []string, title func(string) string) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = title(n)
	}
	return list
}
