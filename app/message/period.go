package message

import (
	"strconv"
	"strings"
	"time"
)

// Period names a period as people say it: "2026-03" is marzo de 2026, "2026" the
// year, an interval of days "del 1/1/2026 al 31/3/2026" in the language's words.
func (p *Printer) Period(period string) string {
	if month, err := time.Parse("2006-01", period); err == nil {
		return p.T("period.month", "Month", p.T("month."+strconv.Itoa(int(month.Month()))), "Year", strconv.Itoa(month.Year()))
	}
	start, end, ok := strings.Cut(period, "/")
	switch {
	case period == "":
		return p.T("period.none")
	case !ok:
		return period
	}
	return p.T("period.days", "Start", start, "End", end)
}
