package detect

import (
	"sync"
	"sync/atomic"
)

// outlet is where rows go that the collector needs no longer.
type outlet interface {
	// add puts a row to use, or hands it over; false says that no more are wanted.
	add(row *held, role Role) bool
	// end returns when all rows were used.
	end()
}

// direct puts rows to use at once. Where that is little work, as writing texts
// as they stand, it is done sooner than the cells reach another core.
type direct func(*held, Role) bool

func (d direct) add(row *held, role Role) bool { return d(row, role) }

func (direct) end() {}

// Batches of rows on their way: enough that neither side waits for the other,
// few enough that memory stays low.
const (
	batches    = 4
	batchRows  = 512
	batchCells = 16384 // a batch of wide rows is full before
)

// batch is rows that were let go, with what they are.
type batch struct {
	rows  [batchRows]held
	roles [batchRows]Role
	n     int
	cells int
}

// handover gives rows to a goroutine of its own that puts them to use, so that
// reading and detecting go on meanwhile. No row is copied: its memory changes
// hands and comes back with the batch. end waits for the goroutine.
type handover struct {
	current *batch
	full    chan *batch
	free    chan *batch
	done    sync.WaitGroup
	stopped atomic.Bool
}

// newHandover starts the goroutine that calls use, in the rows' order.
func newHandover(use func(*held, Role) bool) *handover {
	h := &handover{current: &batch{}, full: make(chan *batch, batches), free: make(chan *batch, batches)}
	for range batches - 1 {
		h.free <- &batch{}
	}
	h.done.Go(func() {
		for b := range h.full {
			for i := 0; i < b.n && !h.stopped.Load(); i++ {
				if !use(&b.rows[i], b.roles[i]) {
					h.stopped.Store(true)
				}
			}
			b.n, b.cells = 0, 0
			h.free <- b
		}
	})
	return h
}

// add hands a row over; see outlet.
func (h *handover) add(row *held, role Role) bool {
	b := h.current
	b.rows[b.n], *row = *row, b.rows[b.n]
	b.roles[b.n] = role
	b.cells += len(b.rows[b.n].row.Cells)
	if b.n++; b.n == batchRows || b.cells >= batchCells {
		h.full <- b
		h.current = <-h.free
	}
	return !h.stopped.Load()
}

// end hands over what is left; see outlet.
func (h *handover) end() {
	h.full <- h.current
	close(h.full)
	h.done.Wait()
}
