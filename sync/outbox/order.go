package outbox

import (
	"container/heap"
	"time"
)

// patience is how long a job lets smaller ones go first on a slow link.
const patience = 24 * time.Hour

// Order returns one destination's jobs, given by Seq, in the order in which
// they are to be tried. Those of one dataset stay in sequence. Among datasets
// those go first that a person put first, with whatever of the same dataset
// stands before them; then, on a slow link, the small ones, so that something
// always arrives; else the older.
func Order(jobs []Job, slow bool, now time.Time) []Job {
	chains := map[string][]int{} // dataset -> indexes of its jobs
	for i, job := range jobs {
		chains[job.Dataset] = append(chains[job.Dataset], i)
	}
	h := &heads{jobs: jobs, urgent: urgency(jobs, chains), slow: slow, now: now}
	for _, chain := range chains {
		h.chains = append(h.chains, chain)
	}
	heap.Init(h)
	out := make([]Job, 0, len(jobs))
	for len(h.chains) > 0 {
		chain := h.chains[0]
		out = append(out, jobs[chain[0]])
		if len(chain) == 1 {
			heap.Pop(h)
			continue
		}
		h.chains[0] = chain[1:]
		heap.Fix(h, 0)
	}
	return out
}

// heads is a heap of the datasets' chains by their first jobs.
type heads struct {
	jobs   []Job
	urgent []int64
	slow   bool
	now    time.Time
	chains [][]int
}

// Len is how many datasets have jobs left.
func (h *heads) Len() int { return len(h.chains) }

// Swap is heap's.
func (h *heads) Swap(i, j int) { h.chains[i], h.chains[j] = h.chains[j], h.chains[i] }

// Push is heap's, and never called: no chain is added.
func (h *heads) Push(chain any) { h.chains = append(h.chains, chain.([]int)) }

// Pop is heap's.
func (h *heads) Pop() any {
	last := len(h.chains) - 1
	chain := h.chains[last]
	h.chains = h.chains[:last]
	return chain
}

// Less reports whether the first job of chain i goes before that of chain j.
func (h *heads) Less(i, j int) bool {
	a, b := h.chains[i][0], h.chains[j][0]
	if h.urgent[a] != h.urgent[b] {
		return h.urgent[a] > h.urgent[b]
	}
	x, y := h.jobs[a], h.jobs[b]
	if h.slow {
		oldX, oldY := h.now.Sub(x.Created) > patience, h.now.Sub(y.Created) > patience
		switch {
		case oldX != oldY:
			return oldX
		case !oldX && x.Bytes != y.Bytes:
			return x.Bytes < y.Bytes
		}
	}
	return x.Seq < y.Seq
}

// urgency is, for each job, the highest priority of it and of those that wait
// behind it.
func urgency(jobs []Job, chains map[string][]int) []int64 {
	out := make([]int64, len(jobs))
	for _, chain := range chains {
		highest := int64(0)
		for i := len(chain) - 1; i >= 0; i-- {
			highest = max(highest, jobs[chain[i]].Priority)
			out[chain[i]] = highest
		}
	}
	return out
}
