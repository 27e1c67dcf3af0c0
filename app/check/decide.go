package check

// idFinding decides whether a column holds identifiers, and of which country:
// the surest reading wins, then the one whose kinds random digits pass least.
func (c *column) idFinding(names bool) *Finding {
	best, confidence := -1, 0.0
	for n := range countries {
		got := c.idConfidence(n, names)
		if got == 0 {
			continue
		}
		if got > confidence || got == confidence && c.ids[n].chance < c.ids[best].chance {
			best, confidence = n, got
		}
	}
	if best < 0 {
		return c.doubtfulID()
	}
	country, seen := countries[best], c.ids[best]
	if seen.persons == 0 {
		f := c.report(EntityID, Info, confidence, seen.taken)
		f.Examples = c.kept[EntityID+country]
		f.Args["country"], f.Args["kind"] = country, commonest(country, c.byKind)
		return f
	}
	kind := commonest(country, c.persons)
	severity := Warning
	// A NIT names persons and companies alike: a person should look.
	if confidence >= 0.9 && kind != "nit" {
		severity = Error
	}
	f := c.report(PersonalID, severity, confidence, seen.persons)
	f.Examples = masked(c.kept[PersonalID+country], maskNumber)
	f.Args["country"], f.Args["kind"] = country, kind
	return f
}

// idConfidence weighs one country's reading of the column: 0 is no, from 0.9
// on header and values agree.
func (c *column) idConfidence(country int, names bool) float64 {
	seen := c.ids[country]
	if seen.taken == 0 {
		return 0
	}
	share := c.share(seen.taken)
	if c.namedIn(countries[country]) {
		switch {
		case share >= 0.6:
			return 0.97
		case share >= 0.25:
			return 0.7
		}
		return 0
	}
	printed := float64(seen.printed) >= 0.9*float64(seen.taken)
	if c.header.weakID && !c.header.numberOf {
		switch {
		case share >= 0.8 && c.scattered(3) && (seen.chance < 0.5 || names):
			return 0.8
		case share >= 0.6 && c.scattered(3) && seen.chance < 0.12:
			return 0.75
		}
	}
	// The values alone: ten different ones that pass where one in ten would.
	if share < 0.9 || seen.chance > 0.12 || !c.scattered(10) {
		return 0
	}
	if printed || seen.chance <= 0.03 {
		return 0.8
	}
	return 0.65
}

// doubtfulID is for a header that names an identifier over numbers that pass
// no rule: foreign documents, wrong check digits, kinds not known here.
func (c *column) doubtfulID() *Finding {
	if !c.header.namesKind() || c.share(c.doubtful) < 0.6 || !c.scattered(3) {
		return nil
	}
	kind, entities := "", true
	for i, named := range c.header.named {
		if named && kinds[i].holder("0000000000000") != entity {
			kind, entities = kinds[i].name, false
			break
		}
	}
	if entities {
		return nil
	}
	f := c.report(PersonalID, Warning, 0.5, c.doubtful)
	f.Args["country"], f.Args["kind"] = "", kind
	return f
}

// namedIn reports whether the header names a kind of the country that values
// of the column were taken for.
func (c *column) namedIn(country string) bool {
	for i := range kinds {
		if kinds[i].country == country && c.header.named[i] && c.byKind[i] > 0 {
			return true
		}
	}
	return false
}

// commonest is the name of the country's kind with the highest count.
func commonest(country string, counts [len(kinds)]int) string {
	best := 0
	name := ""
	for i := range kinds {
		if kinds[i].country == country && counts[i] > best {
			best, name = counts[i], kinds[i].name
		}
	}
	return name
}
