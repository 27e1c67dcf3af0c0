package app

import (
	"slices"
	"strings"

	"chasqui/app/describe"
)

// Score is how complete the dataset's metadata are, by the points of the
// European portal's assessment.
func (d Dataset) Score() describe.Score {
	facts := describe.Facts{Published: d.State == StatePublished}
	for _, id := range PublishedFormats {
		facts.Formats = append(facts.Formats, strings.ToUpper(id))
	}
	for _, t := range d.Tables {
		for _, c := range t.Columns {
			if strings.Contains(c.Codes, "://") && !c.Removed() {
				facts.Codes++
			}
		}
	}
	return d.Profile.Score(d.Description, facts)
}

// ClosedLicense returns the dataset's licence if it fails the Open Definition:
// worth a warning, no obstacle.
func (d Dataset) ClosedLicense() (describe.License, bool) {
	l, ok := d.Profile.License(d.Description.License)
	return l, ok && !l.Open
}

// lackingWords are keys that lack for app/message: its own names for those of
// every description, the profile's label for one that only it knows.
func (a *App) lackingWords(d Dataset, keys []string) []string {
	words := slices.Clone(keys)
	for i, key := range keys {
		if !slices.Contains(describe.Keys[:], key) && !strings.Contains(key, "|") {
			words[i] = d.Profile.Label(key, a.opt.Lang)
		}
	}
	return words
}
