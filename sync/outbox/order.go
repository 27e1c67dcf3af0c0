package outbox

import "time"

// patience is how long a job lets smaller ones go first on a slow link.
const patience = 24 * time.Hour

// Order returns one destination's jobs, given by Seq, in the order in which
// they are to be tried. Those of one dataset stay in sequence. Among datasets
// those go first that a person put first, with whatever of the same dataset
// stands before them; then, on a slow link, the small ones, so that something
// always arrives; else the older.
func Order(jobs []Job, slow bool, now time.Time) []Job {
	chains := map[string][]int{} // dataset -> indexes of its jobs
	var heads []string           // datasets in the order of their first job
	for i, job := range jobs {
		if chains[job.Dataset] == nil {
			heads = append(heads, job.Dataset)
		}
		chains[job.Dataset] = append(chains[job.Dataset], i)
	}
	urgent := urgency(jobs, chains)
	before := func(a, b int) bool {
		if urgent[a] != urgent[b] {
			return urgent[a] > urgent[b]
		}
		if x, y := jobs[a], jobs[b]; slow {
			oldX, oldY := now.Sub(x.Created) > patience, now.Sub(y.Created) > patience
			switch {
			case oldX != oldY:
				return oldX
			case !oldX && x.Bytes != y.Bytes:
				return x.Bytes < y.Bytes
			}
		}
		return jobs[a].Seq < jobs[b].Seq
	}
	out := make([]Job, 0, len(jobs))
	for len(out) < len(jobs) {
		best := -1
		for at, dataset := range heads {
			if len(chains[dataset]) > 0 && (best < 0 || before(chains[dataset][0], chains[heads[best]][0])) {
				best = at
			}
		}
		chain := chains[heads[best]]
		out = append(out, jobs[chain[0]])
		chains[heads[best]] = chain[1:]
		if len(chain) == 1 {
			heads = append(heads[:best], heads[best+1:]...)
		}
	}
	return out
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
