package app

import (
	"slices"

	"chasqui/app/store"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// asideLimit bounds the columns that a draft remembers besides its own.
const asideLimit = 500

// fit makes a draft's columns those that its recipe makes. What was said of a
// column stays with it: by place and header, else by header alone, else by place
// where the header differs only in that its accents were mended, which gives it a
// name anew, else by the machine name where that is the header, as in a package that
// was imported. A column that the recipe no longer makes is set aside, and comes
// back when it does again; one that is new gets an entry of its own.
func fit(d *store.Draft) {
	old := slices.Concat(d.Columns, d.Aside)
	fields := d.Recipe.Columns()
	columns := make([]store.Column, len(fields))
	taken := make([]bool, len(old))
	known := make([]bool, len(fields))
	take := func(same func(store.Column, table.Field) bool) {
		for i, f := range fields {
			for at := range old {
				if !known[i] && !taken[at] && same(old[at], f) {
					columns[i], taken[at], known[i] = old[at], true, true
				}
			}
		}
	}
	take(func(c store.Column, f table.Field) bool { return c.Col == f.Col && c.Header == f.Title })
	take(func(c store.Column, f table.Field) bool { return c.Header == f.Title })
	take(func(c store.Column, f table.Field) bool { return c.Col == f.Col && sameMended(c.Header, f.Title) })
	take(func(c store.Column, f table.Field) bool { return c.Header == c.Name && c.Name == f.Name })
	names := map[string]bool{}
	for i := range columns {
		if known[i] && sameMended(columns[i].Header, fields[i].Title) { // its accents were mended, or broken again
			columns[i].Name = ""
			if columns[i].Title == columns[i].Header {
				columns[i].Title = fields[i].Title
			}
		}
		names[columns[i].Name] = known[i]
	}
	for i, f := range fields {
		switch {
		case !known[i]:
			columns[i] = store.Column{Name: table.FreeName(names, f.Name, "_"), Title: f.Title, Unit: f.Unit}
		case columns[i].Name == "":
			columns[i].Name = table.FreeName(names, f.Name, "_")
		}
		columns[i].Col, columns[i].Header = f.Col, f.Title
	}
	d.Aside = nil
	for at, c := range old {
		if !taken[at] && c.ID != "" && len(d.Aside) < asideLimit {
			d.Aside = append(d.Aside, c)
		}
	}
	d.Columns = columns
	settle(d)
}

// sameMended reports whether one of two headers is the other with its accents
// mended.
func sameMended(a, b string) bool {
	meantA, okA := detect.EncodedTwice(a)
	meantB, okB := detect.EncodedTwice(b)
	return okA && meantA == b || okB && meantB == a
}

// settle makes the columns' decisions agree with the recipe's remove steps.
func settle(d *store.Draft) {
	removed := map[int]bool{}
	for _, f := range d.Recipe.Columns() {
		removed[f.Col] = true
	}
	for _, f := range d.Recipe.Fields() {
		removed[f.Col] = false
	}
	for i, c := range d.Columns {
		switch {
		case removed[c.Col]:
			d.Columns[i].Personal = Remove
		case c.Personal == Remove:
			d.Columns[i].Personal = ""
		}
	}
}
