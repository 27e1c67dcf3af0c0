package detect

import (
	"context"
	"strings"

	"chasqui/converters/table"
)

// WhyChosen is the reason of a type that a person chose.
const WhyChosen = "chosen"

// As reads one column of a table as a type that a person chose: it finds how
// the column's cells write such values and counts what does not fit. The column
// is named by its place in the sheet. Errors are those of the reader and the
// context's; a column outside the table is a *table.Fault NoSuchTable.
func As(ctx context.Context, sheet table.Sheet, layout table.Layout, col int, to table.Type) (table.Field, error) {
	var base table.Field
	for _, f := range layout.Fields {
		if f.Col == col {
			base = f
		}
	}
	if base.Col == 0 {
		return base, &table.Fault{Kind: table.NoSuchTable, Place: table.Place{Sheet: sheet.Name(), Col: col}}
	}
	v, err := columnValues(ctx, sheet, layout, col)
	if err != nil {
		return base, err
	}
	base.MissingValues = missingWords(v, isMissingWord)
	if to == table.TypeString {
		base.MissingValues = missingWords(v, isMissingText)
	}
	var best trial
	for i, f := range waysOf(base, to) {
		if t := try(v, f); i == 0 || t.fits > best.fits {
			best = t
		}
	}
	f := best.field
	f.Missing, f.Distinct, f.Misfits, f.Why = 0, 0, 0, []string{WhyChosen}
	count(&f, v)
	return f, nil
}

// columnValues gathers a column's values from the rows that are records.
func columnValues(ctx context.Context, sheet table.Sheet, l table.Layout, col int) (*values, error) {
	out := map[int]bool{}
	for _, list := range [][]int{l.Totals, l.Subtotals, l.Blanks, l.RepeatedHeaders} {
		for _, row := range list {
			out[row] = true
		}
	}
	v := newValues()
	limit := DefaultWeights().DistinctValues
	for row, err := range sheet.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if row.Number > l.DataLast {
			break
		}
		if row.Number >= l.DataFirst && !out[row.Number] {
			v.add(row.Cell(col), limit)
		}
	}
	return v, nil
}

// waysOf lists the ways in which values of a type are written, the column's
// own first where it has that type already.
func waysOf(base table.Field, to table.Type) []table.Field {
	var ways []table.Field
	if base.Type == to {
		ways = append(ways, base)
	}
	base.Type, base.Format, base.DecimalChar, base.GroupChar, base.Percent = to, "default", "", "", false
	add := func(formats ...string) {
		for _, format := range formats {
			f := base
			f.Format = format
			ways = append(ways, f)
		}
	}
	switch to {
	case table.TypeInteger, table.TypeNumber:
		for _, percent := range [...]bool{false, true} {
			for _, s := range numberStyles() {
				f := base
				f.DecimalChar, f.GroupChar, f.Percent = s.Decimal, s.Group, percent
				ways = append(ways, f)
			}
		}
	case table.TypeBoolean:
		add(booleanPairs()...)
	case table.TypeDate:
		add(append(datePatterns(), "%Y%m%d")...)
	case table.TypeDateTime:
		add(strings.Split(dateTimePatterns(), "|")...)
	case table.TypeTime:
		add("%H:%M:%S", "%H:%M", "%H:%M:%S %p", "%H:%M %p")
	case table.TypeYearMonth:
		add(monthPatterns()...)
	default:
		add("default")
	}
	return ways
}
