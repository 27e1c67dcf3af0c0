package outboxtest

import (
	"testing"
	"time"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

func TestMemoryPassesTheSuite(t *testing.T) {
	Run(t, func(*testing.T) *Fixture {
		m := &Memory{}
		return &Fixture{
			Store: m,
			Queue: func(_ *testing.T, dataset, destination string) outbox.Job {
				return m.Queue(portal.Dataset{ID: dataset}, destination, time.Unix(1780000000, 0).UTC())
			},
			Attempts: func(_ *testing.T, job string) []outbox.Attempt { return m.Attempts(job) },
			Receipt: func(_ *testing.T, job string) *portal.Receipt {
				if all := m.Receipts(job); len(all) > 0 {
					return &all[0]
				}
				return nil
			},
			Log: func(_ *testing.T, job string) []outbox.Entry { return m.Log(job) },
		}
	})
}
