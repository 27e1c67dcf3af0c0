package ckan

import (
	"context"
	"encoding/json"
	"time"

	"chasqui/sync/portal"
)

// bookKey is the journal's word for what is known of each file.
const bookKey = "ckan.files"

// book is what a job knows of its files across attempts: which it sent, and
// which it has compared already, so that a link that is cut every two minutes
// does not fetch the same file again each time. Each entry holds for one file
// on the portal only, told by the portal's own mark of it.
type book struct {
	Files map[string]entry `json:"files"` // by resource id
	Rate  int64            `json:"rate"`  // measured last while sending, bytes a second; 0: not yet

	// Of this call only: rows in the DataStore, or why there are none, by
	// resource id.
	Tables   map[string]int64  `json:"-"`
	Untabled map[string]string `json:"-"`
}

type entry struct {
	SHA256   string `json:"sha256"`
	Mark     string `json:"mark"`               // last_modified, as the portal says it
	Verified string `json:"verified,omitempty"` // portal.Full, portal.Sampled or "" for sent only
}

func (b *book) load(ctx context.Context, journal portal.Journal) error {
	b.Files, b.Tables, b.Untabled = map[string]entry{}, map[string]int64{}, map[string]string{}
	text, err := journal.Load(ctx, bookKey)
	if err != nil || text == "" {
		return err
	}
	var have book
	if json.Unmarshal([]byte(text), &have) == nil && have.Files != nil {
		b.Files, b.Rate = have.Files, have.Rate
	}
	return nil // an unreadable book costs some fetches, no more
}

func (b *book) save(ctx context.Context, journal portal.Journal) error {
	text, err := json.Marshal(book{Files: b.Files, Rate: b.Rate})
	if err != nil {
		return err
	}
	return journal.Save(ctx, bookKey, string(text))
}

// sent notes an upload that the portal confirmed.
func (b *book) sent(there *resource, d portal.Distribution) {
	b.Files[d.ID] = entry{SHA256: d.SHA256, Mark: there.Modified}
}

// checked notes how a file was compared.
func (b *book) checked(there *resource, d portal.Distribution, how string) {
	b.Files[d.ID] = entry{SHA256: d.SHA256, Mark: there.Modified, Verified: how}
}

// entry returns what is known of this very file, if anything.
func (b *book) entry(there *resource, d portal.Distribution) (entry, bool) {
	e, ok := b.Files[d.ID]
	return e, ok && e.SHA256 == d.SHA256 && e.Mark == there.Modified && there.Modified != ""
}

// measuredFrom is how many bytes make a measurement: below it the time is the
// portal's, not the link's.
const measuredFrom = 64 << 10

// measured notes how long some bytes took.
func (b *book) measured(bytes int64, took time.Duration) {
	if bytes >= measuredFrom && took > 0 {
		b.Rate = max(1, int64(float64(bytes)/took.Seconds()))
	}
}

// poor reports whether the measured rate is below the limit, in bytes a second.
// What was not measured is not poor.
func (b *book) poor(limit int64) bool { return b.Rate > 0 && b.Rate < limit }

// verified is what a receipt says of all files together.
func (b *book) verified(ds portal.Dataset, g *goal) string {
	for _, d := range ds.Resources {
		if !g.kept[place{d.ID, portal.FileField}] && b.Files[d.ID].Verified == portal.Sampled {
			return portal.Sampled
		}
	}
	return portal.Full
}
