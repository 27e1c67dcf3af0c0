package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// job is one command to time. Shell commands may use $F, the file, and $O, a
// file to write.
type job struct {
	name  string
	needs string // the program that must be there
	shell string
}

// contest is one thing to do, ours first, with the peers that do the same.
type contest struct {
	title string // of which ONLY may name a part, to run it alone
	file  string
	jobs  []job
}

// rounds is how often each command runs; the median counts.
const rounds = 3

// python reads with the peers of the Python registry, where they are installed.
const python = "${PEERS_PYTHON:-python3}"

func contests(program, calamine string) []contest {
	ours := func(args string) job { return job{"chasqui " + args, "", "'" + program + "' " + args} }
	excelizeRows := job{"excelize Rows()", "", os.Args[0] + " rows \"$F\""}
	rust := job{"calamine, cells streamed to CSV", calamine, `"` + calamine + `" "$F" "$O.csv"`}
	return append([]contest{
		{"xlsx to typed CSV, 200,000 × 20", "mixed.xlsx", []job{
			ours(`convert "$F" -o "$O.csv" --quiet`),
			{"unzip -p (inflating alone)", "unzip", `unzip -p "$F" xl/worksheets/sheet1.xml | wc -c >/dev/null`},
			rust,
			{"calamine (python-calamine)", "", python + ` -c "import sys,csv,python_calamine as c; w=csv.writer(open(sys.argv[2],'w')); [w.writerow(r) for r in c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows()]" "$F" "$O.csv"`},
			excelizeRows,
		}},
		{"xlsx to typed CSV, 1,000,000 × 20", "million.xlsx", []job{
			ours(`convert "$F" -o "$O.csv" --quiet`),
			{"unzip -p (inflating alone)", "unzip", `unzip -p "$F" xl/worksheets/sheet1.xml | wc -c >/dev/null`},
			rust,
		}},
		{"inspect, 200,000 × 20", "mixed.xlsx", []job{ours(`inspect "$F" --json >/dev/null`), ours(`convert "$F" -o "$O.csv" --quiet`)}},
		{"csv cp1252 ; to UTF-8 , as it is, 1.2 million × 20", "latin.csv", []job{
			ours(`convert "$F" -o "$O.csv" --as-is --quiet`),
			{"iconv alone", "iconv", `iconv -f CP1252 -t UTF-8 "$F" >"$O.txt"`},
			{"DuckDB COPY, all text", "", python + ` -c "import sys,duckdb; duckdb.sql(f\"copy (select * from read_csv('{sys.argv[1]}', delim=';', all_varchar=true, encoding='latin-1')) to '{sys.argv[2]}' (format csv)\")" "$F" "$O.csv"`},
		}},
		{"csv cp1252 ; to typed UTF-8 , 1.2 million × 20", "latin.csv", []job{
			ours(`convert "$F" -o "$O.csv" --quiet`), ours(`convert "$F" -o "$O.csv" --as-is --quiet`),
		}},
		{"inspect, csv of 1.2 million × 20", "latin.csv", []job{ours(`inspect "$F" --json >/dev/null`)}},
	}, formatContests(ours, calamine)...)
}

// peers prints, for each contest, seconds, peak memory and the ratio of each
// peer's time to ours. A peer that is not here is said so.
func peers(dir, program string) error {
	if err := makeFiles(dir); err != nil {
		return err
	}
	if err := makeFormats(dir, program); err != nil {
		return err
	}
	for _, c := range contests(program, filepath.Join(dir, "calamine", "release", "calamine-csv")) {
		if only := os.Getenv("ONLY"); !strings.Contains(c.title, only) {
			continue
		}
		fmt.Printf("\n%s%s\n", c.title, load())
		c.run(filepath.Join(dir, c.file), filepath.Join(dir, "out"))
	}
	return nil
}

// run runs the jobs one after the other, round after round, so that what
// else the machine does meets all of them, and prints what they took.
func (c contest) run(file, out string) {
	times := make([]timing, len(c.jobs))
	for range rounds {
		for i, j := range c.jobs {
			if t := &times[i]; t.err == nil {
				t.err = t.run(j, file, out)
			}
		}
	}
	first := 0.0
	for i, j := range c.jobs {
		t := &times[i]
		if t.err != nil {
			fmt.Printf("  %-34s %v\n", j.name, t.err)
			continue
		}
		seconds, cpu := t.median()
		if i == 0 {
			first = seconds
		}
		fmt.Printf("  %-34s %7.2f s %7.2f s CPU %6d MB   × %.2f of ours\n", strings.ReplaceAll(j.name, "\"", ""), seconds, cpu, t.peak>>20, seconds/first)
	}
}

// load says what else the machine is doing, where the system tells.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return " (load " + strings.SplitN(string(text), " ", 2)[0] + ")"
}

// timing is what the rounds of a job took.
type timing struct {
	runs [][2]float64 // wall and processor time of each, in seconds
	peak int64        // memory in bytes, the highest of its processes
	err  error        // the first; no rounds come behind it
}

// run runs a job once. Its results are not there before: pages that were just
// freed are faster to write to than others.
func (t *timing) run(j job, file, out string) error {
	if _, err := exec.LookPath(j.needs); j.needs != "" && err != nil {
		return errors.New("not here")
	}
	old, err := filepath.Glob(out + "*")
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	cmd := exec.Command("sh", "-c", j.shell)
	cmd.Env = append(os.Environ(), "F="+file, "O="+out, "LANG=es")
	var problems strings.Builder
	cmd.Stderr = &problems
	start := time.Now()
	if err := cmd.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(problems.String()), "\n")
		return fmt.Errorf("did not run: %w: %s", err, lines[len(lines)-1])
	}
	state := cmd.ProcessState
	t.runs = append(t.runs, [2]float64{time.Since(start).Seconds(), (state.UserTime() + state.SystemTime()).Seconds()})
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		t.peak = max(t.peak, usage.Maxrss<<10)
	}
	return nil
}

// median returns the times of the run whose wall time is the median.
func (t *timing) median() (seconds, cpu float64) {
	slices.SortFunc(t.runs, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	m := t.runs[len(t.runs)/2]
	return m[0], m[1]
}
