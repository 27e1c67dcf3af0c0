package ui

import (
	"strings"

	"chasqui/app"
	"chasqui/app/check"
	"chasqui/app/message"
	"chasqui/ui/parts"
)

// decision is a personal-data finding as a person is asked about it.
type decision struct {
	field    string // machine name of the column
	question string
	examples string
	answer   string // "", app.Remove, or app.Keep and the reason
	reason   string
}

// decisionsOf are the findings that want a person's decision, decided ones
// included, so that an answer can be changed.
func decisionsOf(p *message.Printer, found []app.Finding) []decision {
	var out []decision
	at := map[string]int{}
	for _, f := range found {
		if f.Family != check.FamilyPersonal {
			continue
		}
		question := p.N("ui.finding."+f.Code, f.Count, "Title", first(f.Args["title"], f.Field), "Kind", f.Args["kind"])
		if i, seen := at[f.Field]; seen { // one answer decides on the column
			out[i].question += " " + question
			continue
		}
		at[f.Field] = len(out)
		out = append(out, decision{
			field: f.Field, question: question, examples: strings.Join(f.Examples, " · "), answer: f.Decision,
			reason: strings.TrimSpace(strings.TrimPrefix(f.Decision, app.Keep)),
		})
	}
	return out
}

// undecided counts the decisions that are still open.
func undecided(list []decision) int {
	n := 0
	for _, d := range list {
		if d.answer == "" {
			n++
		}
	}
	return n
}

// destinationOptions are the places to publish at; the practice portal has a
// name in every language.
func destinationOptions(p *message.Printer, list []app.Destination) []parts.Option {
	out := make([]parts.Option, len(list))
	for i, d := range list {
		out[i] = parts.Option{Key: d.ID, Text: destinationName(p, d)}
	}
	return out
}

func destinationName(p *message.Printer, d app.Destination) string {
	if d.Kind == practiceKind {
		return p.T("ui.practice")
	}
	if d.Organization != "" {
		return d.Name + " · " + d.Organization
	}
	return d.Name
}

// practiceKind is the kind of the destination inside the program.
const practiceKind = "practice"
