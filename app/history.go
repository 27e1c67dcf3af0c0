package app

import (
	"context"
	"time"

	"chasqui/sync/outbox"
)

// Day is one day of one destination's history, in local time.
type Day struct {
	Date        time.Time // midnight
	Destination string    // its name
	Sent        int       // publications that were completed
	Bytes       int64     // of those
	Waiting     int       // that were in the queue when the day ended, or are now
}

// History tells what was sent and what waited on each of the last days, today
// the last: for each destination that had anything to do in that time one Day a
// day, in the order of the days.
func (a *App) History(ctx context.Context, days int) ([]Day, error) {
	now := a.opt.Now().Local()
	first := midnight(now).AddDate(0, 0, 1-days)
	stays, err := a.store.Stays(ctx, first)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	var order []string
	for _, s := range stays {
		if _, ok := names[s.Destination]; ok {
			continue
		}
		d, err := a.store.Destination(ctx, s.Destination)
		if err != nil {
			return nil, err
		}
		names[s.Destination] = d.Name
		order = append(order, s.Destination)
	}
	var list []Day
	for i := range days {
		date := first.AddDate(0, 0, i)
		next := date.AddDate(0, 0, 1)
		for _, id := range order {
			day := Day{Date: date, Destination: names[id]}
			for _, s := range stays {
				if s.Destination != id {
					continue
				}
				left := !s.Left.IsZero() && s.Left.Before(next)
				if s.Queued.Before(next) && !left {
					day.Waiting++
				}
				if s.State == outbox.Completed && left && !s.Left.Before(date) {
					day.Sent++
					day.Bytes += s.Bytes
				}
			}
			list = append(list, day)
		}
	}
	return list, nil
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// Waiting returns how many jobs are still to be sent.
func (a *App) Waiting(ctx context.Context) (int, error) { return a.store.CountOpen(ctx) }
