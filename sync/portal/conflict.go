package portal

import (
	"context"
	"encoding/json"
)

// Difference is one thing at the destination that somebody else changed since
// we left it. Values are as the destination shows them; lists are joined by
// ", ".
type Difference struct {
	Resource string `json:"resource,omitempty"` // name of the file, if it is about one
	ID       string `json:"id,omitempty"`       // the file's id
	Field    string `json:"field"`              // the destination's name of the field; FileField for the bytes
	Was      string `json:"was"`                // as we left it
	Ours     string `json:"ours"`               // what we want to write now
	Theirs   string `json:"theirs"`             // what is there now
}

// FileField is the Field of a Difference about a file's bytes. Was and Theirs
// are "<bytes> <the portal's time of that file>", Ours is "<bytes> <sha256>".
// An empty Theirs says that the file is gone there.
const FileField = "file"

// Clash says what kind of conflict it is. Each has words of its own.
type Clash string

// The kinds of conflict.
const (
	Edited    Clash = "edited"    // somebody changed what we left there; Differences says what
	Held      Clash = "held"      // somebody else's dataset of our organization has the name: it can be adopted
	Elsewhere Clash = "elsewhere" // a dataset of another organization has the name
	Hidden    Clash = "hidden"    // a dataset that we may not see has the name
	Recreated Clash = "recreated" // ours was deleted there, and somebody made another of the same name
	Withdrawn Clash = "withdrawn" // ours was hidden from the public there
	Gone      Clash = "gone"      // ours, or a file of it, is no longer there
)

// Comparison is what a Conflict is about, for a person to decide on.
type Comparison struct {
	Clash       Clash        `json:"clash"`
	Name        string       `json:"name,omitempty"`  // the name in question
	Title       string       `json:"title,omitempty"` // of the dataset that holds it, where we may see it
	Differences []Difference `json:"differences,omitempty"`
}

// Keep is a person's answer to an Edited conflict.
type Keep string

// The answers. Other conflicts than Edited know only KeepOurs: to make ours
// public again, or to make it anew. The answer is spent when a Conflict parks
// the job once more; whoever keeps it then clears it.
const (
	KeepOurs   Keep = "ours"   // write over what somebody else changed
	KeepTheirs Keep = "theirs" // publish the rest and leave those fields and files as they are; Receipt.Kept lists them
)

// ConflictKey is the journal's word for the Comparison of the last Conflict. A
// courier saves it before it returns the Conflict, so that whoever shows the
// job later finds it there.
const ConflictKey = "conflict"

// LoadComparison returns the Comparison that the journal holds, or nil if there
// is none.
func LoadComparison(ctx context.Context, journal Journal) (*Comparison, error) {
	text, err := journal.Load(ctx, ConflictKey)
	if err != nil || text == "" {
		return nil, err
	}
	var c Comparison
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, err
	}
	return &c, nil
}

// SaveComparison keeps the Comparison in the journal; nil takes it out.
func SaveComparison(ctx context.Context, journal Journal, c *Comparison) error {
	if c == nil {
		return journal.Save(ctx, ConflictKey, "")
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return journal.Save(ctx, ConflictKey, string(text))
}
