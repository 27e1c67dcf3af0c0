package clean

import (
	"maps"

	"chasqui/converters/table"
)

// The arguments of the step take that say how the source was read, so that the
// recipe reads next month's file alike.
const (
	ArgHidden  = "hidden"  // "keep", or DropHidden
	ArgPartial = "partial" // "1": of a damaged file, what can be read
	ArgAccents = "accents" // "keep", or MendAccents
)

// The answers that change what is read.
const (
	DropHidden  = "drop" // leaves hidden rows, columns and sheets out
	MendAccents = "mend" // reads text that was encoded twice as what it meant
)

// Choice returns an argument of the step take, "" where nothing was chosen.
func (r Recipe) Choice(arg string) string {
	for _, s := range r.Steps {
		if s.Op == OpTake {
			return s.Args[arg]
		}
	}
	return ""
}

// WithChoice returns a recipe with an argument in its step take. The receiver
// stays as it is.
func (r Recipe) WithChoice(arg, value string) Recipe {
	take := Step{Op: OpTake, V: 1}
	for _, s := range r.Steps {
		if s.Op == OpTake {
			take = s
		}
	}
	take.Args = maps.Clone(take.Args)
	if take.Args == nil {
		take.Args = map[string]string{}
	}
	take.Args[arg] = value
	return r.With(take)
}

// Shown returns a layout without the fields of hidden columns, which detection
// names in its notices.
func Shown(l table.Layout) table.Layout {
	hidden := map[int]bool{}
	var notices []table.Notice
	for _, n := range l.Notices {
		if n.Code == "hidden_column" {
			hidden[n.Place.Col] = true
			continue
		}
		notices = append(notices, n)
	}
	if len(hidden) == 0 {
		return l
	}
	l.Notices = append([]table.Notice{}, notices...)
	fields := l.Fields
	l.Fields = nil
	for _, f := range fields {
		if !hidden[f.Col] {
			l.Fields = append(l.Fields, f)
		}
	}
	return l
}

// WithoutBlanks returns a plan that leaves blank rows out, whatever else it
// keeps.
func (p Plan) WithoutBlanks() Plan {
	if p.skip == nil {
		p.skip = map[int]string{}
	}
	return p
}
