package detect

import "strings"

// leastAnswers is how many sentences below a name make a column of them.
const leastAnswers = 3

// areAnswers reports whether the lines of a lone column are sentences below the
// name of a column, as a survey's open question gives them: the name is short and
// no sentence, and no blank line or heading stands between. A letter opens with
// whom it is for, and goes on below a comma or a colon.
func areAnswers(g *grid, top, end int) bool {
	name := g.lines[top].text(1)
	if end-top <= leastAnswers || len(strings.Fields(name)) > 3 || len(name) > 40 || strings.ContainsAny(name, ".,:;!?") {
		return false
	}
	for i := top + 1; i < end; i++ {
		s := g.lines[i].text(1)
		if g.lines[i].number-g.lines[i-1].number > 1 || len(strings.Fields(s)) < 2 || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":") {
			return false
		}
	}
	return true
}
