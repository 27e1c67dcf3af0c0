package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
)

// printJSON writes one value as one line of JSON on standard output.
func (s *session) printJSON(v any) error {
	e := json.NewEncoder(s.env.Stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// println writes a result for people, unless --json or --quiet.
func (s *session) println(text string) {
	if !s.json && !s.quiet {
		fmt.Fprintln(s.env.Stdout, text)
	}
}

// note writes a remark for people on standard error, unless --quiet.
func (s *session) note(text string) {
	if !s.quiet && !s.json {
		fmt.Fprintln(s.env.Stderr, text)
	}
}

// table writes rows in aligned columns; head is the keys of the columns'
// titles.
func (s *session) table(head []string, rows [][]string) {
	if s.json || s.quiet {
		return
	}
	w := tabwriter.NewWriter(s.env.Stdout, 0, 4, 2, ' ', 0)
	titles := make([]string, len(head))
	for i, key := range head {
		titles[i] = s.say.T(key)
	}
	fmt.Fprintln(w, strings.Join(titles, "\t"))
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
}

// short is the beginning of a UUID, enough for people.
func short(id string) string { return id[:min(8, len(id))] }
