package detect

import (
	"strings"

	"chasqui/converters/table"
)

// noticesOf says what a person should know about a table besides its layout.
func noticesOf(g *grid, r region, t *table.Layout, columns []*values, s special, w Weights) []table.Notice {
	var all []table.Notice
	add := func(code string, row, col, count int) {
		if count > 0 {
			all = append(all, table.Notice{Code: code, Place: table.Place{Sheet: t.Sheet, Row: row, Col: col}, Count: count})
		}
	}
	if t.Confidence < w.AskBelow {
		add(NoticeLowConfidence, t.HeaderFirst, 0, 1)
	}
	blanks, unnamed, errors, misfits := 0, 0, 0, 0
	seen := map[string]int{}
	repeated := 0
	for i := range t.Fields {
		f := &t.Fields[i]
		columnNotices(f, columns[i], add)
		errors += columns[i].errors
		misfits += f.Misfits
		switch {
		case f.Type == table.TypeAny && f.Title == "" && g.middle.outsideIn(f.Col) == 0:
			blanks++
		case f.Title == "" && t.HeaderFirst > 0:
			unnamed++
		}
		if f.Title != "" {
			if seen[f.Title]++; seen[f.Title] > 1 {
				repeated++
			}
		}
	}
	add(NoticeBlankColumns, 0, 0, blanks)
	add(NoticeUnnamedColumns, t.HeaderFirst, 0, unnamed)
	add(NoticeRepeatedNames, t.HeaderFirst, 0, repeated)
	add(NoticeErrorsInData, 0, 0, errors)
	add(NoticeValuesDoNotFit, 0, 0, misfits)
	add(NoticeMergedGroups, 0, 0, len(t.Groups))
	add(NoticeMergedCells, 0, 0, mergesIn(g, r)-len(t.Groups))
	if t.Cross != nil {
		add(NoticeCrossTable, t.HeaderFirst, 0, t.Cross.Columns())
	}
	if t.Sampled {
		add(NoticeSampledTypes, 0, 0, 1)
	}
	if s.overflow {
		add(NoticeManySpecialRows, 0, 0, 1)
	}
	if len(columns) == 1 && isPasted(columns[0]) {
		add(NoticePastedDelimited, t.DataFirst, t.ColFirst, 1)
	}
	hiddenColumns(g, r, add)
	if n, ok := twiceNotice(t, columns); ok {
		all = append(all, n)
	}
	return all
}

// columnNotices says what is uncertain about one column.
func columnNotices(f *table.Field, v *values, add func(code string, row, col, count int)) {
	if contains(f.Why, WhyMixedDateOrder) {
		add(NoticeMixedDateOrder, 0, f.Col, 1)
	}
	if contains(f.Why, WhyMixedCurrency) {
		add(table.NoticeMixedCurrency, 0, f.Col, 1)
	}
	add(NoticeMixedPercent, 0, f.Col, withoutSign(v))
	m := marksOf(v)
	single := m.point+m.comma > 0 && (m.point == m.pointThrees && m.comma == 0 || m.comma == m.commaThrees && m.point == 0)
	if contains(f.Why, WhyGroupsOfThree) && single && m.plainSmall == 0 {
		add(NoticeAmbiguousGroups, 0, f.Col, 1)
	}
}

// withoutSign counts the numbers of a column that are shown as they are while
// others are shown as percentages: 15 beside 10 %, which is 0.1. Zero is the same
// in both.
func withoutSign(v *values) int {
	percents, others := 0, 0
	for i, k := range v.list {
		switch {
		case k.kind != table.Number || k.text == "0":
		case k.percent:
			percents += v.counts[i]
		default:
			others += v.counts[i]
		}
	}
	if percents == 0 {
		return 0
	}
	return others
}

// timeColumns returns the places of the columns of numbers whose names are
// years, months or days.
func timeColumns(fields []table.Field, titles []string) []int {
	var found []int
	for i, f := range fields {
		if f.Type != table.TypeInteger && f.Type != table.TypeNumber {
			continue
		}
		if isYear(titles[i]) || isTimeName(titles[i]) {
			found = append(found, i)
		}
	}
	return found
}

// isTimeName reports whether a header is a month or a day.
func isTimeName(title string) bool {
	if len(title) < 5 || len(title) > 24 {
		return false
	}
	c := table.Cell{Kind: table.Text, Text: title}
	month := table.Field{Type: table.TypeYearMonth, Format: strings.Join(monthPatterns(), "|")}
	day := table.Field{Type: table.TypeDate, Format: strings.Join(datePatterns(), "|")}
	return month.Parse(c).Status == table.Fits || day.Parse(c).Status == table.Fits
}

// alignSeries gives the columns of one series over time one type: a year in
// which every value happens to be whole is still one of decimals.
func alignSeries(fields []table.Field, titles []string) {
	series := timeColumns(fields, titles)
	decimals := 0
	for _, i := range series {
		if fields[i].Type == table.TypeNumber {
			decimals++
		}
	}
	if len(series) < 3 || 2*decimals < len(series) {
		return
	}
	for _, i := range series {
		if fields[i].Type == table.TypeInteger {
			fields[i].Type = table.TypeNumber
			fields[i].Why = append(fields[i].Why, NoticeCrossTable)
		}
	}
}

// isPasted reports whether the texts of a lone column are delimited records.
func isPasted(v *values) bool {
	for _, mark := range [...]string{";", ",", "\t", "|"} {
		same, first := 0, -1
		for _, k := range v.list {
			n := strings.Count(k.text, mark)
			if first < 0 {
				first = n
			}
			if n == first && n > 0 {
				same++
			}
		}
		if same >= 3 && same*10 >= len(v.list)*9 {
			return true
		}
	}
	return false
}

// hiddenColumns says which columns of the table are hidden.
func hiddenColumns(g *grid, r region, add func(code string, row, col, count int)) {
	hidden := map[int]bool{}
	for i := r.from; i <= min(r.to, r.from+20); i++ {
		for col := r.colFirst; col <= min(r.colLast, len(g.lines[i].cells)); col++ {
			if g.lines[i].cells[col-1].Hint&table.Hidden != 0 {
				hidden[col] = true
			}
		}
	}
	for col := r.colFirst; col <= r.colLast; col++ {
		if hidden[col] {
			add(NoticeHiddenColumnData, 0, col, 1)
		}
	}
}
