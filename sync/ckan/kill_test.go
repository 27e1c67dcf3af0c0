package ckan_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

// killVariable makes the test binary publish what the folder that it names
// holds, and die where the order there says.
const killVariable = "CHASQUI_KILL_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killVariable); dir != "" {
		os.Exit(publishAndDie(dir))
	}
	os.Exit(m.Run())
}

// order is what a child is told.
type order struct {
	URL, Token string
	Dataset    portal.Dataset
	Last       *portal.Receipt
	At         int  // the request to die at, from 1
	After      bool // once the portal has acted
}

func publishAndDie(dir string) int {
	var o order
	raw, err := os.ReadFile(filepath.Join(dir, "order.json"))
	if err != nil || json.Unmarshal(raw, &o) != nil {
		return 1
	}
	target := portal.Target{URL: o.URL, Organization: o.Dataset.Organization, Token: token(o.Token), Transport: &mortal{order: o}}
	_, err = ckan.New(target).Publish(context.Background(), portal.Publication{
		Dataset: o.Dataset, Files: folder(dir), Journal: paper(dir), Last: o.Last,
	})
	if err != nil {
		return 2
	}
	return 0
}

// mortal kills its process at one request.
type mortal struct {
	order order
	calls int
}

func (m *mortal) RoundTrip(req *http.Request) (*http.Response, error) {
	m.calls++
	dies := m.calls == m.order.At
	if dies && !m.order.After {
		die()
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if dies {
		if err == nil {
			io.Copy(io.Discard, resp.Body)
		}
		die()
	}
	return resp, err
}

func die() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		self.Kill()
	}
	select {}
}

// folder holds frozen files by their SHA-256; paper is a journal that stands on
// disk: one file a word.
type folder string

func (f folder) OpenBlob(sum string) (io.ReadSeekCloser, error) {
	return os.Open(filepath.Join(string(f), sum))
}

type paper string

func (p paper) Load(_ context.Context, key string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(string(p), "journal."+key))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(raw), err
}

func (p paper) Save(_ context.Context, key, value string) error {
	return os.WriteFile(filepath.Join(string(p), "journal."+key), []byte(value), 0o600)
}

// deadly is a portal to die on.
type deadly struct {
	*testing.T
	target  portal.Target
	token   string
	witness *portaltest.ActionAPI
}

// play kills a publication of what prepare makes at every request, before it
// and after it, and sends again each time; it returns how many points that was.
func (d *deadly) play(prepare func() (portal.Dataset, *portaltest.Blobs, *portal.Receipt)) int {
	points := 0
	for at := 1; ; at++ {
		for _, after := range []bool{false, true} {
			ds, blobs, last := prepare()
			dir := d.TempDir()
			d.write(dir, blobs, order{URL: d.target.URL, Token: d.token, Dataset: ds, Last: last, At: at, After: after})
			child := exec.CommandContext(d.Context(), os.Args[0])
			child.Env = append(os.Environ(), killVariable+"="+dir)
			err := child.Run()
			if err == nil {
				return points // it has no more requests than that
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() > 0 {
				d.Fatalf("at request %d, after %v: %v", at, after, err)
			}
			points++
			receipt, err := ckan.New(d.target).Publish(d.Context(), portal.Publication{Dataset: ds, Files: folder(dir), Journal: paper(dir), Last: last})
			if err != nil {
				d.Fatalf("killed at request %d, after %v: %v", at, after, err)
			}
			d.look(ds, receipt, at)
		}
	}
}

func (d *deadly) write(dir string, blobs *portaltest.Blobs, o order) {
	for _, r := range o.Dataset.Resources {
		blob, err := blobs.OpenBlob(r.SHA256)
		if err != nil {
			d.Fatal(err)
		}
		content, err := io.ReadAll(blob)
		if err != nil {
			d.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, r.SHA256), content, 0o600); err != nil {
			d.Fatal(err)
		}
	}
	raw, err := json.Marshal(o)
	if err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "order.json"), raw, 0o600); err != nil {
		d.Fatal(err)
	}
}

// look expects one dataset, public, with the right files.
func (d *deadly) look(ds portal.Dataset, receipt portal.Receipt, at int) {
	d.Helper()
	found := d.witness.Find(d.T, ds.ID)
	if len(found) != 1 || found[0].Files != len(ds.Resources) || d.witness.Public(d.T, ds.Name) == nil {
		d.Fatalf("killed at request %d: %+v", at, found)
	}
	again := &portaltest.Blobs{}
	for i, r := range ds.Resources {
		got := again.Put(r, string(d.witness.Fetch(d.T, found[0].Resources[r.ID])))
		if got.SHA256 != r.SHA256 || receipt.Resources[i].SHA256 != r.SHA256 {
			d.Errorf("killed at request %d: %s is %+v, the receipt says %+v", at, r.Name, got, receipt.Resources[i])
		}
		if rows := receipt.Tables[r.ID]; len(r.Schema) > 0 && receipt.Untabled[r.ID] == "" && rows != 1 {
			d.Errorf("killed at request %d: %s rows in the table", at, strconv.FormatInt(rows, 10))
		}
	}
}

// killEverywhere plays a first publication, with a table, and a correction.
func (d *deadly) killEverywhere() {
	first := func() (portal.Dataset, *portaltest.Blobs, *portal.Receipt) {
		ds, blobs := portaltest.Sample(d.target.Organization, "a,b\n1,2\n", "c\n3\n")
		ds.Resources[0].Schema = []portal.Column{{Name: "a", Type: "integer"}, {Name: "b", Type: "string"}}
		return ds, blobs, nil
	}
	points := d.play(first)
	points += d.play(func() (portal.Dataset, *portaltest.Blobs, *portal.Receipt) {
		ds, blobs, _ := first()
		last, err := ckan.New(d.target).Publish(d.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &portaltest.Memory{}})
		if err != nil {
			d.Fatal(err)
		}
		ds.Title += ", corregido"
		ds.Resources[0] = blobs.Put(ds.Resources[0], "a,b\n9,9\n")
		return ds, blobs, &last
	})
	d.Logf("%d kills, all recovered", points)
}

func TestAKilledPublicationGoesOn(t *testing.T) {
	p, target := opened(t)
	srv := httptest.NewServer(p.Handler())
	defer srv.Close()
	target.URL = srv.URL
	by := p.Tokens()[0].Token
	d := &deadly{t, target, by, &portaltest.ActionAPI{URL: srv.URL, Token: by, Organization: p.Organization()}}
	d.killEverywhere()
}

func TestAKilledPublicationGoesOnAtARealCKAN(t *testing.T) {
	address, by, org := os.Getenv("CHASQUI_CKAN_URL"), os.Getenv("CHASQUI_CKAN_TOKEN"), os.Getenv("CHASQUI_CKAN_ORG")
	if address == "" {
		t.Skip("real CKAN: not run")
	}
	target := portal.Target{URL: address, Organization: org, Token: token(by)}
	d := &deadly{t, target, by, &portaltest.ActionAPI{URL: address, Token: by, Organization: org}}
	d.killEverywhere()
}
