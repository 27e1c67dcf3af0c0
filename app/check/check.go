// Package check says what is risky or wrong in a table, as findings: where,
// how many, how sure, and, for personal data, examples that are masked.
//
// A newcomer starts with Finding, then Personal, which looks at every value of
// a streaming table once and decides per column: the header, the share of
// values that pass a kind's rules and how distinct they are count together,
// since random digits pass many check digits one time in ten. The kinds of
// identifiers stand in one table (kinds.go).
//
// A finding is not an error: it is something that a person decides on. Its
// words are app/message's.
package check

import "chasqui/converters/table"

// Severity says how much a finding weighs.
type Severity string

// The severities. An Error stops what the person asked for until it is
// repaired or decided on; a Warning should be looked at; an Info is told.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// The families of findings. The gate before publishing asks for a decision on
// each finding of FamilyPersonal.
const (
	FamilyPersonal = "personal" // data about persons
	FamilyEntity   = "entity"   // public identifiers of companies and offices, told so that nobody wonders
	FamilyFile     = "file"     // what readers and detection had to say
)

// The codes of the findings made here.
const (
	PersonalID    = "personal_id"    // identity or tax numbers of persons; Args: country, kind
	PersonalEmail = "personal_email" // addresses of persons
	PersonalPhone = "personal_phone" // telephone numbers
	PersonalName  = "personal_name"  // names of persons, only beside one of the above
	EntityID      = "entity_id"      // tax numbers of companies or public bodies; Args: country, kind
	OfficeEmail   = "office_email"   // shared addresses of offices
)

// Codes lists every code that this package makes. A reader's notice keeps its
// own code in FromNotices and is not among them.
var Codes = [...]string{PersonalID, PersonalEmail, PersonalPhone, PersonalName, EntityID, OfficeEmail}

// Finding is one thing found, about one column or about the file.
type Finding struct {
	Code     string      `json:"code"`
	Family   string      `json:"family"`
	Severity Severity    `json:"severity"`
	Field    string      `json:"field,omitempty"` // machine name of the column, "" for the file
	Place    table.Place `json:"place,omitzero"`
	// Count is how many values of the column the finding is about.
	Count int `json:"count,omitempty"`
	// Args are for the words: title (the header as written), share (percent
	// of the values that are there), and what the code's line says.
	Args map[string]string `json:"args,omitempty"`
	// Examples are at most three; those of personal data are masked.
	Examples []string `json:"examples,omitempty"`
	// Confidence is between 0 and 1; from 0.9 on name and values agree.
	Confidence float64 `json:"confidence,omitempty"`
}

// FromNotices makes findings of what readers and detection reported. Each
// keeps its code, place, count and arguments. A notice that says values were
// lost or are doubtful is a Warning, all others are Infos.
func FromNotices(notices []table.Notice) []Finding {
	findings := make([]Finding, 0, len(notices))
	for _, n := range notices {
		findings = append(findings, Finding{
			Code: n.Code, Family: FamilyFile, Severity: noticeSeverity(n.Code),
			Place: n.Place, Count: n.Count, Args: n.Args,
		})
	}
	return findings
}
