package clean

import (
	"cmp"
	"slices"
	"strconv"

	"chasqui/converters/table"
)

// KeyCol is the Col of the column that the step unpivot makes of the headers:
// no column of the sheet. A column of values has the Col of the first that it
// was made of.
const KeyCol = 0

// WhyUnpivoted is the reason of the types of columns that unpivot makes.
const WhyUnpivoted = "unpivoted"

// turned is a cross table made long: every row comes out once for each key.
type turned struct {
	keys []string
	// sources has, by the Col of each column of values, what it is read from
	// at each key; Col is 0 where there is nothing.
	sources map[int][]table.Field
	// own are the sources as they are in the sheet, whatever they are read as.
	own      map[int][]table.Field
	sections map[int]bool // rows that come out once, since they have no values
	columns  int          // that became rows
	totals   int          // columns that only added them up, and are left out
}

// unpivot turns the columns of a cross table into a column of keys and one of
// values for each measure, which stand where the first of them stood. Columns
// that a step left out, and those of totals, are in none of them.
func (m *made) unpivot(cross *table.Cross, args map[string]string) {
	if cross == nil || m.turned != nil {
		return
	}
	there := map[int]table.Field{}
	for _, f := range m.kept() {
		there[f.Col] = f
	}
	var keys []int
	for k := range cross.Keys {
		if slices.ContainsFunc(cross.Measures, func(of table.Measure) bool { return there[of.Cols[k]].Col > 0 }) {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		return
	}
	m.turned = &turned{sources: map[int][]table.Field{}, own: map[int][]table.Field{}}
	used, titles := map[string]bool{}, map[string]bool{}
	spent := spentBy(cross)
	for _, f := range m.fields {
		if !spent[f.Col] {
			used[f.Name], titles[f.Title] = true, true
		}
	}
	key := table.Field{Col: KeyCol, Title: table.FreeName(titles, cmp.Or(args["key"], cross.Title), " "), Type: cross.Type, Format: "default", Why: []string{WhyUnpivoted}}
	key.Name = table.FreeName(used, cmp.Or(table.MachineName(key.Title), "key"), "_")
	for _, k := range keys {
		m.turned.keys = append(m.turned.keys, cross.Keys[k])
	}
	key.Distinct, key.Examples = len(keys), m.turned.keys[:min(len(keys), 3)]
	fresh := []table.Field{key}
	for _, measure := range cross.Measures {
		sources := make([]table.Field, len(keys))
		for i, k := range keys {
			sources[i] = there[measure.Cols[k]]
		}
		if v, ok := m.turned.take(sources); ok {
			v.Title = table.FreeName(titles, cmp.Or(measure.Title, args["value"]), " ")
			v.Name = table.FreeName(used, cmp.Or(table.MachineName(v.Title), "value"), "_")
			fresh = append(fresh, v)
		}
	}
	for _, col := range cross.Totals {
		if there[col].Col > 0 {
			m.turned.totals++
		}
	}
	m.replace(spent, fresh)
}

// spentBy are the columns of which none is left as it was.
func spentBy(cross *table.Cross) map[int]bool {
	spent := map[int]bool{}
	for _, measure := range cross.Measures {
		for _, col := range measure.Cols {
			spent[col] = col > 0
		}
	}
	for _, col := range cross.Totals {
		spent[col] = true
	}
	return spent
}

// replace puts the new columns where the first spent one stood.
func (m *made) replace(spent map[int]bool, fresh []table.Field) {
	var fields []table.Field
	for _, f := range m.fields {
		if !spent[f.Col] {
			fields = append(fields, f)
			continue
		}
		fields = append(fields, fresh...)
		fresh = nil
		delete(m.removed, f.Col)
	}
	m.fields = fields
}

// take adds a column of values that is read from sources, unless there are none.
// Each source keeps the marks that it is written with, but all are of one type.
func (t *turned) take(sources []table.Field) (table.Field, bool) {
	v, ok := joined(sources)
	if !ok {
		return v, false
	}
	t.own[v.Col] = slices.Clone(sources)
	for i, s := range sources {
		switch {
		case s.Col == 0:
			continue
		case alike(s.Type, v.Type):
			sources[i].Type = v.Type
		default:
			sources[i] = v
			sources[i].Col = s.Col
		}
		t.columns++
	}
	t.sources[v.Col] = sources
	return v, true
}

// retype gives a column of values another type. What is written as values of
// that type keeps its marks, which differ from one source to the next.
func (t *turned) retype(col int, args map[string]string) {
	for i, s := range t.own[col] {
		if to := table.Type(args["type"]); alike(s.Type, to) {
			s.Type = to
			t.sources[col][i] = s
			continue
		}
		t.sources[col][i] = retype(s, args)
	}
}

// ReadAs is the column of the sheet by which to find how values of a column are
// written in another type: of one that unpivot made, of its sources that are of
// another type the one that tells most. 0: there is nothing to find.
func (r Recipe) ReadAs(col int, to table.Type) int {
	t := r.made(len(r.Steps)).turned
	if col == KeyCol {
		return 0
	}
	if t == nil || t.own[col] == nil {
		return col
	}
	var best table.Field
	for _, s := range t.own[col] {
		switch {
		case s.Col == 0 || alike(s.Type, to):
		case best.Col == 0, to == table.TypeString && len(s.MissingValues) > len(best.MissingValues), to != table.TypeString && s.Missing < best.Missing:
			best = s
		}
	}
	return best.Col
}

// joined is the column that all sources make: as the first of those whose type
// most have, and of decimals if some of its numbers are.
func joined(sources []table.Field) (v table.Field, ok bool) {
	there := slices.DeleteFunc(slices.Clone(sources), func(s table.Field) bool { return s.Col == 0 })
	if len(there) == 0 {
		return v, false
	}
	kind := mainType(there)
	v = there[max(0, slices.IndexFunc(there, func(s table.Field) bool { return alike(s.Type, kind) }))]
	v.Col, v.Type, v.Why, v.MissingValues = there[0].Col, kind, []string{WhyUnpivoted}, nil
	v.Missing, v.Misfits, v.Distinct = 0, 0, 0
	for _, s := range there {
		v.Missing, v.Misfits, v.Distinct = v.Missing+s.Missing, v.Misfits+s.Misfits, max(v.Distinct, s.Distinct)
		if s.Unit != v.Unit {
			v.Unit = ""
		}
		for _, word := range s.MissingValues {
			if !slices.Contains(v.MissingValues, word) {
				v.MissingValues = append(v.MissingValues, word)
			}
		}
	}
	return v, true
}

// mainType is the type of most columns that have values.
func mainType(columns []table.Field) table.Type {
	best, most := table.TypeAny, 0
	for _, c := range columns {
		n := 0
		for _, other := range columns {
			if alike(c.Type, other.Type) {
				n++
			}
		}
		if c.Type != table.TypeAny && (n > most || n == most && alike(c.Type, best) && c.Type == table.TypeNumber) {
			best, most = c.Type, n
		}
	}
	return best
}

// alike reports whether values of two types can stand in one column: whole
// numbers are decimals too.
func alike(a, b table.Type) bool { return a == b || isNumeric(a) && isNumeric(b) }

func isNumeric(t table.Type) bool { return t == table.TypeInteger || t == table.TypeNumber }

// WithoutUnpivot returns a recipe that leaves the times of a cross table in
// columns, without the steps about the columns that were made of them.
func (r Recipe) WithoutUnpivot() Recipe {
	at := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Op == OpUnpivot })
	if at < 0 {
		return r
	}
	steps := slices.Clone(r.Steps[:at])
	turned := r.made(at + 1).turned
	for _, s := range r.Steps[at+1:] {
		col, err := strconv.Atoi(s.Args["col"])
		if err == nil && turned != nil && (col == KeyCol || turned.sources[col] != nil) {
			continue
		}
		steps = append(steps, s)
	}
	r.Steps = steps
	return r
}

// pass is one time that a row comes out: what it is read by, and the key of a
// cross table.
type pass struct {
	parsers []table.Parser
	columns []int // theirs
	key     table.Value
}

// passes are those of a plan: one, or of a cross table one for each key and one
// for the rows of sections, which have neither key nor values.
func (p Plan) passes() []pass {
	if p.turned == nil {
		return []pass{passOf(p.Fields)}
	}
	list := make([]pass, len(p.turned.keys)+1)
	for k := range list {
		fields, key := slices.Clone(p.Fields), table.Value{}
		for i, f := range fields {
			sources, ok := p.turned.sources[f.Col]
			switch {
			case ok && k < len(sources):
				fields[i] = sources[k]
			case ok:
				fields[i].Col = 0
			case f.Col == KeyCol && k < len(p.turned.keys):
				key = f.Parse(table.Cell{Kind: table.Text, Text: p.turned.keys[k]})
			}
		}
		list[k] = passOf(fields)
		list[k].key = key
	}
	list[len(list)-1].key.Status = table.Missing
	return list
}

// keyAt is the place of the column of keys, -1 where there is none.
func (p Plan) keyAt() int {
	if p.turned == nil {
		return -1
	}
	return slices.IndexFunc(p.Fields, func(f table.Field) bool { return f.Col == KeyCol })
}

// passOf is a pass that reads these fields.
func passOf(fields []table.Field) pass {
	p := pass{parsers: make([]table.Parser, len(fields)), columns: make([]int, len(fields))}
	for i := range fields {
		p.parsers[i], p.columns[i] = table.NewParser(fields[i]), fields[i].Col
	}
	return p
}
