package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"chasqui/app/disk"
	"chasqui/assets/samples"
	"chasqui/sync/practice"
	"chasqui/ui/cli"
)

// The crash test plays the whole journey in a process of its own, kills that
// process at every point that can be counted (each request before the portal
// acts and after it acted, each call of the disk, each step that a person sees)
// and at random moments, starts the program again, and looks at what is left:
// whatever was acknowledged is there, and the portal ends with one dataset and
// the right bytes.

// childVariable makes the test binary play the journey; its value is the
// number of the disk call to die at, 0 for none.
const childVariable = "CHASQUI_CRASH_CHILD"

// journey is the program's side: it goes on from whatever it finds, and says
// each step on standard output once it is acknowledged.
func journey(dieAt int) int {
	j := &traveller{disk: &mortalDisk{dieAt: dieAt}, reply: bufio.NewReader(os.Stdin)}
	work := os.Getenv("CHASQUI_DATA")
	var list []struct{ ID, State string }
	j.run(&list, "dataset", "list", "--json")
	if len(list) == 0 {
		var made struct{ ID string }
		j.run(&made, "dataset", "new", filepath.Join(filepath.Dir(work), "presupuesto.xlsx"), "--json")
		list = append(list, struct{ ID, State string }{made.ID, "draft"})
	}
	id := list[0].ID
	j.say("drafted")
	j.run(nil, "dataset", "edit", id, "--json", "--set", "title=Gasto", "--set", "description=Gasto de marzo",
		"--set", "license=cc-by-4.0", "--set", "contact=Transparencia", "--set", "field.correo_del_responsable.personal=remove")
	j.say("described")
	var places []struct{ Name string }
	j.run(&places, "destination", "list", "--json")
	if len(places) == 0 {
		j.run(nil, "destination", "add", "p", "--kind", "practice", "--url", os.Getenv("PORTAL"),
			"--organization", "municipalidad-de-practica", "--token-env", "PORTAL_TOKEN", "--json")
	}
	j.say("addressed")
	var jobs []struct{ Job, State string }
	j.run(&jobs, "queue", "list", "--json")
	if len(jobs) == 0 {
		j.run(nil, "publish", id, "--to", "p", "--json")
	}
	j.say("queued")
	j.run(nil, "sync", "--once", "--json")
	j.say("sent")
	if dieAt < 0 {
		fmt.Println("disk calls", j.disk.calls)
	}
	return 0
}

type traveller struct {
	disk  *mortalDisk
	reply *bufio.Reader
}

// say tells a step and waits until the test has heard it, so that a kill at
// that step comes before the next.
func (j *traveller) say(step string) {
	fmt.Println("step " + step)
	j.reply.ReadString('\n') // at the end of the input the journey goes on alone
}

// run runs one command; into takes the first JSON value that it prints.
func (j *traveller) run(into any, args ...string) {
	var out bytes.Buffer
	code := cli.Run(context.Background(), args, cli.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: os.Stderr, Getenv: os.Getenv, Version: "test", Disk: j.disk,
	})
	if code != 0 {
		fmt.Printf("failed %s: %d %s\n", strings.Join(args, " "), code, out.String())
		os.Exit(1)
	}
	if into != nil {
		if err := json.NewDecoder(&out).Decode(into); err != nil {
			fmt.Println("failed", args, err)
			os.Exit(1)
		}
	}
}

// mortalDisk kills its process in the middle of call dieAt.
type mortalDisk struct {
	disk.OS
	mu    sync.Mutex
	calls int
	dieAt int
}

func (d *mortalDisk) step() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if d.calls == d.dieAt {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

func (d *mortalDisk) CreateTemp(dir, pattern string) (disk.File, error) {
	d.step()
	f, err := d.OS.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return mortalFile{f, d}, nil
}

func (d *mortalDisk) Rename(from, to string) error {
	d.step()
	defer d.step()
	return d.OS.Rename(from, to)
}

func (d *mortalDisk) SyncDir(dir string) error {
	d.step()
	return d.OS.SyncDir(dir)
}

type mortalFile struct {
	disk.File
	disk *mortalDisk
}

func (f mortalFile) Write(b []byte) (int, error) {
	f.disk.step()
	return f.File.Write(b)
}

func (f mortalFile) Sync() error {
	f.disk.step()
	return f.File.Sync()
}

// world is one crash's portal and data folder.
type world struct {
	t      *testing.T
	dir    string
	server *httptest.Server
	token  string
	mu     sync.Mutex
	calls  int
	dieAt  int  // kill the program at this request, 0 for none
	late   bool // after the portal acted instead of before
	child  *exec.Cmd
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: t.TempDir()}
	_, data := samples.Budget()
	if err := os.WriteFile(filepath.Join(w.dir, "presupuesto.xlsx"), data, 0o444); err != nil {
		t.Fatal(err)
	}
	site, err := practice.New(filepath.Join(w.dir, "portal"), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w.token = site.Tokens()[0].Token
	portal := site.Handler()
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.calls++
		mine := w.calls == w.dieAt
		child := w.child
		w.mu.Unlock()
		if mine && !w.late {
			child.Process.Kill()
			return
		}
		if mine {
			portal.ServeHTTP(httptest.NewRecorder(), r)
			child.Process.Kill()
			return
		}
		portal.ServeHTTP(rw, r)
	}))
	t.Cleanup(w.server.Close)
	return w
}

// start plays the journey in a process, and returns the steps that it
// acknowledged; watch hears of each step and may kill the process.
func (w *world) start(dieAt int, watch func(step string, p *os.Process)) (steps []string, err error) {
	w.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+strconv.Itoa(dieAt), "CHASQUI_DATA="+filepath.Join(w.dir, "data"),
		"PORTAL="+w.server.URL, "PORTAL_TOKEN="+w.token, "LANG=es")
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	heard, err := cmd.StdinPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	w.mu.Lock()
	w.child = cmd
	err = cmd.Start()
	w.mu.Unlock()
	if err != nil {
		w.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		step, ok := strings.CutPrefix(lines.Text(), "step ")
		if !ok {
			w.t.Errorf("the program said: %s", lines.Text())
			continue
		}
		steps = append(steps, step)
		watch(step, cmd.Process)
		io.WriteString(heard, "\n") // a program that was killed hears nothing
	}
	return steps, cmd.Wait()
}

// mustDie is start for a point at which the program is sure to be killed.
func (w *world) mustDie(dieAt int, watch func(step string, p *os.Process)) []string {
	w.t.Helper()
	steps, err := w.start(dieAt, watch)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		w.t.Errorf("the program was to be killed and ended with %v after %v", err, steps)
	}
	return steps
}

// verify proves, after a crash with the given steps acknowledged, that nothing
// was lost, then finishes the journey and looks at the portal.
func (w *world) verify(acknowledged []string) {
	w.t.Helper()
	w.mu.Lock()
	w.dieAt = 0
	w.mu.Unlock()
	var drafts []struct{ Title string }
	w.ask(&drafts, "dataset", "list")
	if has(acknowledged, "drafted") && len(drafts) != 1 {
		w.t.Errorf("the draft was acknowledged, and %d are listed, want 1", len(drafts))
	}
	if has(acknowledged, "described") && (len(drafts) != 1 || drafts[0].Title != "Gasto") {
		w.t.Errorf("the description was acknowledged and is lost: %+v", drafts)
	}
	if has(acknowledged, "queued") {
		var jobs []map[string]any
		if w.ask(&jobs, "queue", "list"); len(jobs) != 1 {
			w.t.Errorf("the job was acknowledged, and %d are listed, want 1", len(jobs))
		}
	}
	if steps, err := w.start(0, func(string, *os.Process) {}); err != nil {
		w.t.Fatalf("the program started again ended with %v after %v", err, steps)
	}
	w.checkPortal()
}

func has(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// ask runs a reading command in this process.
func (w *world) ask(into any, args ...string) {
	w.t.Helper()
	var out, problems bytes.Buffer
	env := func(name string) string {
		return map[string]string{"CHASQUI_DATA": filepath.Join(w.dir, "data"), "LANG": "es"}[name]
	}
	code := cli.Run(context.Background(), append(args, "--json"), cli.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Getenv: env, Version: "test",
	})
	if code != 0 {
		w.t.Fatalf("%v ended with %d: %s%s", args, code, out.String(), problems.String())
	}
	if err := json.Unmarshal(out.Bytes(), into); err != nil {
		w.t.Fatal(err)
	}
}

// checkPortal proves that the portal holds exactly one dataset, and that every
// file that it serves has the hash on the receipt.
func (w *world) checkPortal() {
	w.t.Helper()
	var found struct {
		Result struct {
			Count   int
			Results []struct {
				Title     string
				Resources []struct{ URL, Hash string }
			}
		}
	}
	body := w.get(w.server.URL + "/api/3/action/package_search?include_private=true&include_drafts=true")
	if err := json.Unmarshal(body, &found); err != nil {
		w.t.Fatal(err)
	}
	if found.Result.Count != 1 || len(found.Result.Results) != 1 {
		w.t.Fatalf("the portal holds %d datasets, want exactly 1", found.Result.Count)
	}
	var jobs []struct {
		State   string
		Receipt *struct {
			Resources []struct{ URL, SHA256 string }
		}
	}
	w.ask(&jobs, "queue", "list")
	if len(jobs) != 1 || jobs[0].State != "completed" || jobs[0].Receipt == nil {
		w.t.Fatalf("want one completed job with a receipt, got %+v", jobs)
	}
	files := jobs[0].Receipt.Resources
	if len(files) != 4 || len(found.Result.Results[0].Resources) != 4 {
		w.t.Fatalf("receipt of %d files, portal of %d, want 4 of each", len(files), len(found.Result.Results[0].Resources))
	}
	for _, f := range files {
		sum := sha256.Sum256(w.get(f.URL))
		if got := hex.EncodeToString(sum[:]); got != f.SHA256 {
			w.t.Errorf("%s serves %s, the receipt says %s", f.URL, got, f.SHA256)
		}
	}
}

func (w *world) get(url string) []byte {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d, %v", url, resp.StatusCode, err)
	}
	return body
}

// TestAKilledProgramLosesNothingAndPublishesNothingTwice is invariant 2.
func TestAKilledProgramLosesNothingAndPublishesNothingTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("crash points skipped: -short was given")
	}
	t.Parallel()
	calm := newWorld(t)
	started := time.Now()
	steps, err := calm.start(0, func(string, *os.Process) {})
	if err != nil {
		t.Fatalf("the journey without a crash ended with %v after %v", err, steps)
	}
	lasts, requests := time.Since(started), calm.requests()
	calm.checkPortal()

	points := 0
	point := func(name string, crash func(*world) []string) {
		points++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.verify(crash(w))
		})
	}
	for n := 1; n <= requests; n++ {
		for _, late := range []bool{false, true} {
			point(fmt.Sprintf("request %d, portal acted %v", n, late), func(w *world) []string {
				w.dieAt, w.late = n, late
				return w.mustDie(0, func(string, *os.Process) {})
			})
		}
	}
	for _, step := range steps {
		point("step "+step, func(w *world) []string {
			return w.mustDie(0, func(s string, p *os.Process) {
				if s == step {
					p.Kill()
				}
			})
		})
	}
	diskCalls := calmDiskCalls(t)
	for n := 1; n <= diskCalls; n++ {
		point(fmt.Sprintf("disk call %d", n), func(w *world) []string {
			return w.mustDie(n, func(string, *os.Process) {})
		})
	}
	seed := uint64(time.Now().UnixNano())
	chance := rand.New(rand.NewPCG(seed, 1))
	for n := range 12 {
		after := time.Duration(chance.Int64N(int64(lasts)))
		point(fmt.Sprintf("moment %d, after %v, seed %d", n, after.Round(time.Millisecond), seed), func(w *world) []string {
			timer := time.AfterFunc(after, func() {
				w.mu.Lock()
				defer w.mu.Unlock()
				if w.child != nil && w.child.Process != nil {
					w.child.Process.Kill()
				}
			})
			defer timer.Stop()
			steps, _ := w.start(0, func(string, *os.Process) {})
			return steps
		})
	}
	if points < 50 {
		t.Errorf("%d crash points, want at least 50", points)
	}
	t.Logf("%d crash points", points)
}

func (w *world) requests() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls
}

// calmDiskCalls is how many disk calls the journey makes, as a program that
// never dies counts them.
func calmDiskCalls(t *testing.T) int {
	t.Helper()
	var data bytes.Buffer
	w := newWorld(t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=-1", "CHASQUI_DATA="+filepath.Join(w.dir, "data"),
		"PORTAL="+w.server.URL, "PORTAL_TOKEN="+w.token, "LANG=es")
	cmd.Stdout = &data
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(data.String(), "disk calls ")
	n, err := strconv.Atoi(strings.TrimSpace(after))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
