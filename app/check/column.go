package check

import (
	"slices"
	"strconv"
	"strings"

	"chasqui/converters/table"
)

// phoneBudget bounds how many numbers of one column go through
// libphonenumber, which costs microseconds each: after that the share of the
// first ones stands for the rest.
const phoneBudget = 1000

// column collects the evidence of one column. Its size does not depend on the
// number of rows.
type column struct {
	field   table.Field
	header  header
	skipIDs bool // a type whose values are no identifiers: dates, decimals
	usable  [len(kinds)]bool
	tried   [len(countries)][]int // the usable kinds of each country, in order

	filled   int // values that are there
	distinct distinct
	ids      [len(countries)]idCount
	byKind   [len(kinds)]int // values taken by each kind
	persons  [len(kinds)]int // those of them that name a person, or may
	doubtful int             // values about as long as the kinds that the header names

	previous  int64
	following int // values that are the one before plus or minus 1

	emails, officeEmails int
	phones               phoneCount
	names, frequent      int
	kept                 map[string][]string // raw examples by code
}

// idCount is what one country's kinds make of a column.
type idCount struct {
	taken   int // values that some usable kind takes
	persons int // those that name a person, or may
	printed int // those written in the kind's usual form
	chance  float64
}

// phoneCount is what looks like telephone numbers. asked ≥ valid ≥ mobile.
type phoneCount struct {
	shaped, written      int
	asked, valid, mobile int
}

func newColumn(field table.Field, country string) *column {
	c := &column{field: field, header: readHeader(field.Title, field.Name), kept: map[string][]string{}}
	switch field.Type {
	case table.TypeDate, table.TypeDateTime, table.TypeTime, table.TypeBoolean,
		table.TypeGeopoint, table.TypeYearMonth, table.TypeYear:
		c.skipIDs = true
	case table.TypeNumber: // a stray decimal does not make a column of DNIs one of amounts
		c.skipIDs = !c.header.namesKind() && !c.header.weakID && !c.header.phone
	}
	for i := range kinds {
		k := &kinds[i]
		ours := country == "" || k.country == country
		proves := k.chance < 1 && !c.header.numberOf || c.header.named[i] || c.header.weakID
		// A form with hyphens is evidence of its own where digits are none.
		c.usable[i] = ours && (proves || k.print != "" && !c.header.numberOf)
		if c.usable[i] {
			at := slices.Index(countries[:], k.country)
			c.tried[at] = append(c.tried[at], i)
		}
	}
	return c
}

// add looks at one value that is there.
func (c *column) add(text string, regions []string) {
	c.filled++
	c.distinct.add(text)
	if email, office := findEmail(text); email != "" {
		if office {
			c.officeEmails++
			c.keep(OfficeEmail, email)
		} else {
			c.emails++
			c.keep(PersonalEmail, email)
		}
		return
	}
	if c.header.name || c.header.surname {
		c.addName(text)
	}
	if c.skipIDs || !strings.ContainsAny(text, "0123456789") {
		return
	}
	c.addID(text)
	c.addPhone(text, regions)
}

func (c *column) addName(text string) {
	looks, frequent := looksLikeName(text)
	if !looks {
		return
	}
	c.names++
	if frequent {
		c.frequent++
	}
	c.keep(PersonalName, text)
}

func (c *column) addID(text string) {
	compact, ok := compactID(text)
	if !ok {
		return
	}
	if c.longEnough(compact) {
		c.doubtful++
	}
	c.follow(compact)
	for n := range countries {
		if i, written := c.take(c.tried[n], text, compact); i >= 0 {
			c.count(n, i, text, compact, written)
		}
	}
}

// longEnough reports whether the number could be one of the kinds that the
// header names, but for its check digit: at most two digits are missing.
func (c *column) longEnough(compact string) bool {
	for i, named := range c.header.named {
		if !named || !c.usable[i] {
			continue
		}
		if d := kinds[i].digits; d == 0 || len(compact) <= d && len(compact) >= d-2 {
			return true
		}
	}
	return false
}

// take returns the first of some kinds that accepts the value, or -1, and
// whether the value is written in the kind's usual form.
func (c *column) take(tried []int, text, compact string) (at int, written bool) {
	for _, i := range tried {
		k := &kinds[i]
		written := printedAs(text, k.print)
		claimed := c.header.named[i] || c.header.weakID
		if k.chance == 1 && !claimed && (!written || holdsYear(text)) {
			continue
		}
		if k.accepts(compact) {
			return i, written
		}
		if c.header.named[i] && lostZeros(k, compact) {
			return i, false
		}
	}
	return -1, false
}

// lostZeros reports whether the number passes once the leading zeros are back
// that a spreadsheet takes from a number, at most two.
func lostZeros(k *kind, compact string) bool {
	missing := k.digits - len(compact)
	return k.digits > 0 && missing > 0 && missing < 3 && k.accepts(pad(compact, k.digits))
}

// holdsYear reports whether the middle group is a year, as in the number of a
// contract: 3-2026-0015.
func holdsYear(text string) bool {
	groups := strings.Split(text, "-")
	return len(groups) == 3 && groups[1] > "1950" && groups[1] < "2050"
}

func (c *column) count(country, kind int, text, compact string, written bool) {
	k, seen := &kinds[kind], &c.ids[country]
	seen.taken++
	c.byKind[kind]++
	if written {
		seen.printed++
	}
	chance := k.chance
	if chance == 1 && written {
		chance = 0.05
	}
	seen.chance += (chance - seen.chance) / float64(seen.taken)
	if len(compact) < k.digits {
		compact = pad(compact, k.digits)
	}
	if k.holder(compact) == entity {
		c.keep(EntityID+k.country, text)
		return
	}
	seen.persons++
	c.persons[kind]++
	c.keep(PersonalID+k.country, text)
}

// follow counts values that continue the one before: running numbers.
func (c *column) follow(compact string) {
	n, err := strconv.ParseInt(compact, 10, 64)
	if err != nil {
		return
	}
	if step := n - c.previous; step == 1 || step == -1 || step == 0 {
		c.following++
	}
	c.previous = n
}

func (c *column) addPhone(text string, regions []string) {
	other := c.header.numberOf || c.header.weakID || c.header.namesKind()
	if other && !c.header.phone {
		return
	}
	number, shape := shapeOfPhone(text)
	if shape == noPhone || shape == plainPhone && !c.header.phone && !longMobile(number) {
		return
	}
	p := &c.phones
	p.shaped++
	if shape == writtenOut {
		p.written++
	}
	c.keep(PersonalPhone, number)
	if p.asked == phoneBudget {
		return
	}
	p.asked++
	valid, mobile := validPhone(number, regions)
	if valid {
		p.valid++
	}
	if mobile {
		p.mobile++
	}
}

// longMobile reports whether plain digits could be a mobile number by
// themselves. Only Peru's nine digits are: the eight of Central America are
// almost any number, the ten of Ecuador and the Dominican Republic are also
// those of a cédula.
func longMobile(number string) bool { return len(number) == 9 && number[0] == '9' }

// keep holds the first three different raw texts for a code.
func (c *column) keep(code, text string) {
	have := c.kept[code]
	if len(have) == 3 {
		return
	}
	for _, h := range have {
		if h == text {
			return
		}
	}
	c.kept[code] = append(have, strings.Clone(text))
}
