package app

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chasqui/sync/outbox"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

// office is a data folder, a practice portal beside it that stays, and what
// was published there.
type office struct {
	*testing.T
	dir, portal string
	app         *App
	site        *Practice
	dataset     string
	to          Destination
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, dir: filepath.Join(t.TempDir(), "data"), portal: filepath.Join(t.TempDir(), "portal")}
	ctx, stop := context.WithCancel(context.Background())
	site, err := ServePractice(ctx, PracticeOptions{Dir: o.portal})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); site.Wait() })
	o.site = site
	token := fileOf(t, "token", site.Participants[0].Token)
	if err := os.Chmod(token, 0o600); err != nil {
		t.Fatal(err)
	}
	o.open()
	d := described(t, o.app)
	if _, err := o.app.Edit(t.Context(), d.ID, []Assignment{{"field.correo_del_responsable.personal", Remove}}); err != nil {
		t.Fatal(err)
	}
	o.dataset = d.ID
	o.to, err = o.app.AddDestination(t.Context(), Destination{
		Name: "portal", Kind: "practice", URL: site.URL, Organization: site.Organization, TokenFile: token,
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) open() {
	o.Helper()
	a, err := Open(context.Background(), Options{Dir: o.dir, Getenv: func(string) string { return "" }, Lang: "es"})
	if err != nil {
		o.Fatal(err)
	}
	o.app = a
	o.Cleanup(func() { a.Close() })
}

// publish queues a version with that title.
func (o *office) publish(title string, opt PublishOptions) string {
	o.Helper()
	if _, err := o.app.Edit(o.Context(), o.dataset, []Assignment{{"title", title}}); err != nil {
		o.Fatal(err)
	}
	j, err := o.app.Publish(o.Context(), o.dataset, o.to.ID, opt, nil)
	if err != nil {
		o.Fatal(err)
	}
	return j.ID
}

func (o *office) sync() Summary {
	o.Helper()
	sum, err := o.app.SyncOnce(o.Context(), "")
	if err != nil {
		o.Fatal(err)
	}
	return sum
}

func (o *office) job(id string) Job {
	o.Helper()
	j, err := o.app.Job(o.Context(), id)
	if err != nil {
		o.Fatal(err)
	}
	return j
}

// shows returns what the portal says of the one dataset that it must hold.
func (o *office) shows() string {
	o.Helper()
	api := &portaltest.ActionAPI{URL: o.site.URL, Organization: o.site.Organization, Token: o.site.Participants[0].Token}
	found := api.Find(o.T, o.dataset)
	if len(found) != 1 {
		o.Fatalf("the portal holds %d datasets", len(found))
	}
	seen := api.Public(o.T, found[0].Name)
	if seen == nil {
		o.Fatal("the public can't see it")
	}
	return seen.Title
}

// backup copies the closed data folder, and opens it again.
func (o *office) backup() string {
	o.Helper()
	if err := o.app.Close(); err != nil {
		o.Fatal(err)
	}
	to := filepath.Join(o.TempDir(), "backup")
	if err := os.CopyFS(to, os.DirFS(o.dir)); err != nil {
		o.Fatal(err)
	}
	o.open()
	return to
}

// restore puts a backup in place of the data folder.
func (o *office) restore(from string) {
	o.Helper()
	if err := o.app.Close(); err != nil {
		o.Fatal(err)
	}
	if err := os.RemoveAll(o.dir); err != nil {
		o.Fatal(err)
	}
	if err := os.CopyFS(o.dir, os.DirFS(from)); err != nil {
		o.Fatal(err)
	}
	o.open()
}

// An older copy of the data folder meets a portal that has newer things. What
// it would overwrite it must ask about; answered, it ends as one dataset.
func TestARestoredBackupOverwritesNothingWithoutAQuestion(t *testing.T) {
	o := newOffice(t)
	o.publish("Primera", PublishOptions{})
	o.sync()
	old := o.backup()
	o.publish("Segunda, más nueva que la copia", PublishOptions{})
	if sum := o.sync(); sum.Sent != 1 {
		t.Fatalf("%+v", sum)
	}
	o.restore(old)
	id := o.publish("Tercera, hecha con la copia", PublishOptions{})
	if sum := o.sync(); sum.Parked != 1 {
		t.Fatalf("%+v, the portal shows %q", sum, o.shows())
	}
	if got := o.shows(); !strings.HasPrefix(got, "Segunda") {
		t.Errorf("overwritten without a question: %q", got)
	}
	j := o.job(id)
	if j.Reason != outbox.Conflict || j.Conflict == nil || len(j.Conflict.Differences) == 0 {
		t.Fatalf("%+v", j)
	}
	if err := o.app.Resolve(t.Context(), id, outbox.Ours); err != nil {
		t.Fatal(err)
	}
	if sum := o.sync(); sum.Sent != 1 {
		t.Fatalf("%+v", sum)
	}
	if got := o.shows(); !strings.HasPrefix(got, "Tercera") {
		t.Errorf("the portal shows %q", got)
	}
	if _, err := o.app.VerifyJob(t.Context(), id); err != nil {
		t.Error(err)
	}
}

// A backup that was made while jobs waited, restored after they were sent: the
// jobs are there again, and their going out again changes nothing.
func TestJobsOfARestoredBackupThatWereSentAreSentToTheSameEnd(t *testing.T) {
	o := newOffice(t)
	o.publish("Primera", PublishOptions{})
	o.sync()
	id := o.publish("Segunda", PublishOptions{})
	old := o.backup()
	o.sync()
	before := o.job(id)
	o.restore(old)
	if sum := o.sync(); sum.Sent != 1 {
		t.Fatalf("%+v, %+v", sum, o.job(id).Conflict)
	}
	after := o.job(id)
	for i, f := range after.Receipt.Resources {
		if want := before.Receipt.Resources[i]; f.SHA256 != want.SHA256 || f.ID != want.ID || f.URL != want.URL {
			t.Errorf("%+v, was %+v", f, want)
		}
	}
	if got := o.shows(); got != "Segunda" {
		t.Errorf("the portal shows %q", got)
	}
}

func TestAVersionThatReplacesAWaitingOneIsTheOnlyOneSent(t *testing.T) {
	o := newOffice(t)
	older := o.publish("Primera", PublishOptions{})
	if look, err := o.app.Outlook(t.Context(), o.dataset, o.to.ID); err != nil || look.Older != 1 {
		t.Errorf("%+v, %v", look, err)
	}
	newer := o.publish("Segunda", PublishOptions{Replace: true})
	if j := o.job(older); j.State != outbox.Cancelled {
		t.Errorf("the older one is %s", j.State)
	}
	if sum := o.sync(); sum.Sent != 1 || sum.Waiting != 0 {
		t.Errorf("%+v", sum)
	}
	if got := o.shows(); got != "Segunda" || o.job(newer).Receipt == nil {
		t.Errorf("the portal shows %q", got)
	}
	again := o.publish("Tercera", PublishOptions{})
	last := o.publish("Cuarta", PublishOptions{})
	if sum := o.sync(); sum.Sent != 2 {
		t.Errorf("without the word both go: %+v", sum)
	}
	if o.job(again).Receipt == nil || o.job(last).Receipt == nil || o.shows() != "Cuarta" {
		t.Errorf("the portal shows %q", o.shows())
	}
}

// A job that a portal refused for good holds back the correction; replacing it
// lets the correction go, whatever the refused one left behind.
func TestACorrectionReplacesAJobThatNeedsAPerson(t *testing.T) {
	o := newOffice(t)
	token := o.to.TokenFile
	good, err := os.ReadFile(token)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text []byte) {
		t.Helper()
		os.Remove(token)
		if err := os.WriteFile(token, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte("no-vale"))
	refused := o.publish("Primera", PublishOptions{})
	o.sync()
	if j := o.job(refused); j.State != outbox.Parked {
		t.Fatalf("%+v", j.Job)
	}
	write(good)
	o.publish("Segunda", PublishOptions{Replace: true})
	if sum := o.sync(); sum.Sent != 1 || sum.Parked != 0 {
		t.Errorf("%+v", sum)
	}
	if o.shows() != "Segunda" {
		t.Errorf("the portal shows %q", o.shows())
	}
}

func TestAnEstimateIsMadeOfWhatWasMeasured(t *testing.T) {
	o := newOffice(t)
	first := o.job(o.publish("Primera", PublishOptions{}))
	if e, err := o.app.Estimate(t.Context(), first); err != nil || e.Known || e.Bytes != first.Bytes || e.Bytes == 0 {
		t.Errorf("before anything was sent: %+v, %v", e, err)
	}
	o.sync()
	sent := o.job(first.ID)
	log, err := o.app.JobLog(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	run := log[len(log)-1].Run
	if run.Sent < sent.Bytes || run.Received < sent.Bytes || run.Requests < 10 || !run.Whole {
		t.Errorf("%d bytes went and came as %+v", sent.Bytes, run)
	}
	second := o.job(o.publish("Segunda", PublishOptions{}))
	e, err := o.app.Estimate(t.Context(), second)
	if err != nil || !e.Known || e.Requests != run.Requests {
		t.Errorf("after a run of %+v: %+v, %v", run, e, err)
	}
	if all, err := o.app.Ahead(t.Context(), []QueuedJob{second.Job}); err != nil || all.Bytes != second.Bytes || !all.Known {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAPortalsLimitIsLearnedFromItsRefusal(t *testing.T) {
	o := newOffice(t)
	strict, err := practice.New(t.TempDir(), practice.Options{MaxBytes: 8000})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	address, wait, err := strict.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); wait() })
	token := fileOf(t, "token", strict.Tokens()[0].Token)
	o.to, err = o.app.AddDestination(t.Context(), Destination{
		Name: "estricto", Kind: "practice", URL: address, Organization: strict.Organization(), TokenFile: token,
	})
	if err != nil {
		t.Fatal(err)
	}
	refused := o.publish("Grande", PublishOptions{})
	o.sync()
	j := o.job(refused)
	if j.Reason != outbox.TooLarge {
		t.Fatalf("%+v, tries %+v", j.Job, j.Tries)
	}
	e, err := o.app.Estimate(t.Context(), j)
	doubt := e.InDoubt()
	if err != nil || e.Refused < 8000 || len(doubt) != 1 || filepath.Ext(doubt[0].Name) != ".json" || doubt[0].Obstacle != TooBig || doubt[0].Remedy != HandOver {
		t.Errorf("%+v, %v", e, err)
	}
	if look, err := o.app.Outlook(t.Context(), o.dataset, o.to.ID); err != nil || look.Refused != e.Refused {
		t.Errorf("before the next one is queued: %+v, %v", look, err)
	}
}

func TestATokenThatWasTypedIsKeptOutOfTheDatabase(t *testing.T) {
	o := newOffice(t)
	passphrase := fileOf(t, "passphrase", "caballo correcto\n")
	o.app.vault.Getenv = func(key string) string {
		return map[string]string{"CHASQUI_KEYRING": "off", "CHASQUI_PASSPHRASE_FILE": passphrase}[key]
	}
	o.app.vault.Work = 10
	token := o.site.Participants[0].Token
	d, err := o.app.KeepToken(t.Context(), "portal", " "+token+"\n")
	if err != nil || d.TokenKept != "age" || d.TokenFile != "" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := o.app.TestDestination(t.Context(), "portal"); err != nil {
		t.Error(err)
	}
	o.publish("Primera", PublishOptions{})
	if sum := o.sync(); sum.Sent != 1 {
		t.Errorf("%+v", sum)
	}
	if err := o.app.Close(); err != nil {
		t.Fatal(err)
	}
	walk := func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), token) {
			t.Errorf("%s holds the token", path)
		}
		return err
	}
	if err := filepath.WalkDir(o.dir, walk); err != nil {
		t.Error(err)
	}
}
