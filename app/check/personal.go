package check

import (
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// Personal collects, over a streaming table, what each column says about
// persons. Make it with NewPersonal, give it every row, then ask for the
// findings. Its memory depends on the number of columns, not of rows. It is
// for one goroutine.
type Personal struct {
	columns []*column
	regions []string
}

// NewPersonal prepares a check of a table with these fields. country is the
// office's ISO 3166-1 alpha-2 code and narrows the kinds of identifiers; ""
// or one that is not among the seven looks for all of them.
func NewPersonal(fields []table.Field, country string) *Personal {
	country = strings.ToUpper(country)
	p := &Personal{regions: regionsOf(country)}
	if len(p.regions) > 1 {
		country = ""
	}
	for _, f := range fields {
		p.columns = append(p.columns, newColumn(f, country))
	}
	return p
}

// Add takes one row, a value for each field in their order. Missing values
// and surplus ones are passed over. The texts are not kept.
func (p *Personal) Add(values []table.Value) {
	for i, v := range values {
		if i == len(p.columns) {
			return
		}
		text := strings.TrimSpace(v.Text)
		// "Consumidor final" stands in columns of tax numbers for nobody.
		if v.Status == table.Missing || text == "" || text == "CF" || text == "C/F" {
			continue
		}
		p.columns[i].add(text, p.regions)
	}
}

// Findings decides on what was added: at most one finding a column, in the
// order of the fields. Columns of names are reported only where another
// column holds identifiers, addresses or telephone numbers of persons.
func (p *Personal) Findings() []Finding {
	byColumn := make([]*Finding, len(p.columns))
	named, personal := false, false
	for _, c := range p.columns {
		named = named || c.holdsNames()
	}
	for i, c := range p.columns {
		byColumn[i] = c.finding(named)
		personal = personal || byColumn[i] != nil && byColumn[i].Family == FamilyPersonal
	}
	var findings []Finding
	for i, c := range p.columns {
		f := byColumn[i]
		if f == nil && personal && c.holdsNames() {
			f = c.report(PersonalName, Warning, 0.6, c.names)
			f.Examples = masked(c.kept[PersonalName], maskName)
		}
		if f != nil {
			findings = append(findings, *f)
		}
	}
	return findings
}

// finding is the strongest of what a column shows, or nil. names says that
// the table has a column of persons' names.
func (c *column) finding(names bool) *Finding {
	if c.filled == 0 {
		return nil
	}
	if f := c.emailFinding(); f != nil {
		return f
	}
	id, phone := c.idFinding(names), c.phoneFinding()
	if id == nil || phone != nil && phone.Confidence > id.Confidence {
		return phone
	}
	return id
}

// emailFinding needs no header: an address is one wherever it stands.
func (c *column) emailFinding() *Finding {
	if c.emails == 0 && c.officeEmails == 0 {
		return nil
	}
	if c.emails == 0 {
		f := c.report(OfficeEmail, Info, 0.9, c.officeEmails)
		f.Examples = c.kept[OfficeEmail]
		return f
	}
	severity, confidence := Warning, 0.8
	if c.header.email || c.share(c.emails) >= 0.5 {
		severity, confidence = Error, 0.99
	}
	f := c.report(PersonalEmail, severity, confidence, c.emails)
	f.Examples = masked(c.kept[PersonalEmail], maskEmail)
	return f
}

// phoneFinding: a header and the shape are enough; without a header the
// numbers must be written as people write telephone numbers, or be mobile
// numbers throughout in a column of different, not running, numbers.
func (c *column) phoneFinding() *Finding {
	p := c.phones
	if p.asked == 0 {
		return nil
	}
	shaped, valid := c.share(p.shaped), float64(p.valid)/float64(p.asked)
	written, mobile := c.share(p.written), float64(p.mobile)/float64(p.asked)
	severity, confidence := Warning, 0.0
	switch {
	case c.header.phone && shaped >= 0.5 && valid >= 0.5:
		severity, confidence = Error, 0.97
	case c.header.phone && shaped >= 0.3:
		confidence = 0.7
	case !c.scattered(10):
	case written >= 0.8 && valid >= 0.8:
		confidence = 0.75
	case shaped >= 0.95 && mobile >= 0.95:
		confidence = 0.6
	}
	if confidence == 0 {
		return nil
	}
	f := c.report(PersonalPhone, severity, confidence, p.shaped)
	f.Examples = masked(c.kept[PersonalPhone], maskNumber)
	return f
}

// holdsNames reports whether a column holds names of persons: the header says
// so, the values are shaped so, and enough of them hold a frequent name.
func (c *column) holdsNames() bool {
	if !c.header.name && !c.header.surname || c.filled == 0 {
		return false
	}
	needed := 0.3
	if c.header.surname {
		needed = 0.15
	}
	return c.share(c.names) >= 0.6 && float64(c.frequent) >= needed*float64(c.names)
}

// share is the part of the column's values that n are.
func (c *column) share(n int) float64 { return float64(n) / float64(c.filled) }

// scattered reports whether the column has at least least different values
// that neither repeat much nor run on one after another: amounts of a tariff,
// codes and running numbers do.
func (c *column) scattered(least int) bool {
	d := c.distinct.estimate()
	return d >= least && c.share(d) >= 0.3 && c.share(c.following) < 0.3
}

func (c *column) report(code string, severity Severity, confidence float64, count int) *Finding {
	family := FamilyPersonal
	if code == EntityID || code == OfficeEmail {
		family = FamilyEntity
	}
	return &Finding{
		Code: code, Family: family, Severity: severity, Confidence: confidence,
		Field: c.field.Name, Place: table.Place{Col: c.field.Col}, Count: count,
		Args: map[string]string{
			"title": c.field.Title,
			"share": strconv.Itoa(int(100*c.share(count) + 0.5)),
		},
	}
}

func masked(raw []string, mask func(string) string) []string {
	var out []string
	for _, r := range raw {
		m := mask(r)
		if len(out) == 0 || out[len(out)-1] != m {
			out = append(out, m)
		}
	}
	return out
}
