// Package portaltest is the suite that every courier passes, and what it is
// made of: datasets to send, a journal and blobs in memory, and Wire, a
// transport that fails one numbered request.
//
// A new courier's test is a call of Run with Options: how to make the courier,
// where to, and a Witness that looks at the destination behind its back.
package portaltest

import (
	"testing"

	"chasqui/sync/portal"
)

// Options say what is tested.
type Options struct {
	// Client makes the courier.
	Client func(portal.Target) portal.Client
	// Target is the destination, with the token of somebody who may publish
	// there and no more. The suite sets its own Transport.
	Target portal.Target
	// Second is the token of another publisher of the same organization; nil
	// means the same person at another computer.
	Second Token
	// Member and Outsider are tokens that may not publish; nil leaves their
	// cases out, and says so.
	Member, Outsider Token
	// Witness looks at the destination, and changes it, as a stranger would.
	Witness Witness
	// Faults are those that are played at every request of a publication; nil
	// means all.
	Faults []Fault
}

// Token gives a token, as portal.Target wants it.
type Token func() (string, error)

// Witness is the suite's own eyes and hands at a destination. Its methods fail
// the test themselves.
type Witness interface {
	// Hold puts a dataset of this name there, without an id of ours, where
	// Adopt may take it over.
	Hold(t *testing.T, name string)
	// Find returns what stands there under our id, hidden or not, removed not.
	Find(t *testing.T, id string) []Sighting
	// Public returns what anybody sees under this name; nil: nothing.
	Public(t *testing.T, name string) *Sighting
	// Fetch gets a file as anybody would.
	Fetch(t *testing.T, address string) []byte
	// Tamper changes a file's bytes without saying so in the record.
	Tamper(t *testing.T, seen Sighting, resource string, content []byte)
	// Edit writes another title, Relabel another name of a file, Hide takes the
	// dataset from public view, and Delete deletes it, all as a colleague would
	// at the destination's own pages.
	Edit(t *testing.T, seen Sighting, title string)
	Relabel(t *testing.T, seen Sighting, resource, name string)
	Hide(t *testing.T, seen Sighting)
	Delete(t *testing.T, seen Sighting)
	// Table returns what the destination's DataStore holds of a file, at most
	// 100 rows; nil: nothing. Empty takes the rows out and leaves the table.
	Table(t *testing.T, resource string) *Table
	Empty(t *testing.T, resource string)
}

// Table is a table in a DataStore.
type Table struct {
	Total  int64
	Types  map[string]string // by column
	Labels map[string]string // of the dictionary, by column
	Rows   []map[string]any
}

// Sighting is a dataset as a Witness sees it.
type Sighting struct {
	ID        string // the destination's
	Name      string
	Title     string
	Notes     string
	Keywords  []string
	Extras    map[string]string
	Resources map[string]string // file addresses by resource id
	Labels    map[string]string // file names by resource id
	Files     int               // resources, also if two should bear one id
}

// Run runs every case against one destination.
func Run(t *testing.T, opt Options) {
	cases := []struct {
		name string
		test func(*bench)
	}{
		{"ping says who and where", pingKnows},
		{"ping with a bad token is denied", pingBadToken},
		{"an outsider is denied before anything is written", outsiderDenied},
		{"a member is denied before anything is written", memberDenied},
		{"publish arrives whole", publishOnce},
		{"publish twice leaves one dataset", publishTwice},
		{"publish goes on without its journal", publishWithoutJournal},
		{"nobody sees half of a first publication", hiddenUntilComplete},
		{"a correction keeps the resource's id and address", correctionKeepsAddress},
		{"an update never hides what is public", updateStaysPublic},
		{"a dropped resource is gone", droppedResource},
		{"a name that somebody holds is a conflict", nameHeld},
		{"a held name is taken over when a person says so", adopt},
		{"metadata in any script comes through", unicodeMetadata},
		{"rejected metadata names its fields", rejectedMetadata},
		{"verify notices changed bytes", verifyTampered},
		{"verify notices that nothing is there", verifyNothing},
		{"changed bytes are a conflict, mended when a person says so", publishTampered},
		{"a description that somebody edited is a conflict with a comparison", editedThere},
		{"keeping ours writes over what was seen and nothing newer", keepOurs},
		{"keeping theirs publishes the rest and stays so", keepTheirs},
		{"a file that somebody replaced is a conflict when another is sent", replacedThere},
		{"what a cancelled revision of ours left is nobody's edit", cancelledHalfWay},
		{"a file that somebody took away is a conflict", deletedFileThere},
		{"what somebody hid or deleted stays so until a person says otherwise", hiddenThere},
		{"a private dataset arrives whole and is never shown", privateStaysSo},
		{"of one deleted and made again only a person decides", recreatedThere},
		{"verify notices an edited description", verifyEdited},
		{"a dropped extra goes, and a stranger's stays", extrasOfOthers},
		{"rows arrive in the DataStore with types and dictionary", tableArrives},
		{"a table that is empty is filled, whatever the file's hash says", tableRefilled},
		{"a table that was begun goes on, and never twice", tableGoesOn},
		{"remove withdraws, and twice is no error", removeTwice},
		{"a removed dataset can be published again", publishAfterRemove},
		{"two publish at once", twoAtOnce},
		{"two want one name at once", twoOneName},
		{"progress reaches its total", progressTells},
		{"a missing file is rejected, not retried", missingBlob},
		{"a journal that can't be written is told as such", brokenJournal},
		{"what others added to a dataset stays", othersStay},
		{"a page in the portal's place is unreachable", pageIsUnreachable},
		{"no answer is unreachable", nobodyThere},
		{"every request may fail", everyRequestMayFail},
		{"every request of an update may fail", everyRequestOfAnUpdateMayFail},
		{"every request after a person's answer may fail", everyRequestAfterAnAnswerMayFail},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.test(&bench{t, opt}) })
	}
}

// bench is one case with its options.
type bench struct {
	*testing.T
	opt Options
}

// courier makes a courier with the given transport and token; nil means a
// plain transport and the publisher's token.
func (b *bench) courier(transport portal.Transport, token Token) portal.Client {
	target := b.opt.Target
	target.Transport = transport
	if token != nil {
		target.Token = token
	}
	return b.opt.Client(target)
}
