package table

import "slices"

// Cross says that columns of a table are the values of one variable, or of a
// few, at the times that their headers name. Such a table can be turned into
// one that has a row for each time.
type Cross struct {
	// Type is the keys' type: TypeYear, TypeYearMonth, TypeDate, or TypeString
	// for what has no such form ("Enero", "2021-I", "2023 (p)").
	Type Type `json:"type"`
	// Title names the keys, "" where no header does.
	Title string `json:"title,omitempty"`
	// Keys are the times in the order of their columns, in the canonical form
	// of their type.
	Keys     []string  `json:"keys"`
	Measures []Measure `json:"measures"`
	// Totals are columns beside the others that add them up.
	Totals []int `json:"totals,omitempty"`
}

// Measure is one variable of a cross table.
type Measure struct {
	// Title is what the headers say besides the time, "" where they say no more.
	Title string `json:"title,omitempty"`
	// Cols has the column of each key, 0 where there is none.
	Cols []int `json:"cols"`
}

// Columns counts the columns whose headers name a time.
func (c *Cross) Columns() int {
	n := 0
	for _, m := range c.Measures {
		for _, col := range m.Cols {
			if col > 0 {
				n++
			}
		}
	}
	return n
}

// Holds reports whether a column is one of those that name a time.
func (c *Cross) Holds(col int) bool {
	return slices.ContainsFunc(c.Measures, func(m Measure) bool { return col > 0 && slices.Contains(m.Cols, col) })
}
