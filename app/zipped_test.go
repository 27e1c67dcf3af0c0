package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"chasqui/app/datapackage"
	"chasqui/app/dcat"
	"chasqui/app/message"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
)

// manyRows makes a dataset whose csv and json are large enough to be zipped.
func (o *office) manyRows() {
	o.Helper()
	var b strings.Builder
	b.WriteString("fecha,unidad,monto\n")
	for i := range 12_000 {
		b.WriteString("2026-03-01,Unidad de obras públicas y desarrollo urbano," + strconv.Itoa(i*7) + "\n")
	}
	d, err := o.app.NewDataset(o.Context(), NewDataset{Path: fileOf(o.T, "obras.csv", b.String())})
	if err != nil {
		o.Fatal(err)
	}
	o.dataset = d.ID
	_, err = o.app.Edit(o.Context(), d.ID, []Assignment{{"description", "Obras de marzo"}, {"license", "cc-by-4.0"}, {"email", "t@muni.example"}})
	if err != nil {
		o.Fatal(err)
	}
}

// served fetches what a receipt names, by the end of its file's name.
func (o *office) served(id string) (map[string]portal.ResourceReceipt, map[string][]byte) {
	o.Helper()
	j := o.job(id)
	if j.Receipt == nil {
		o.Fatalf("no receipt: %+v, %+v", j.Job, j.Tries)
	}
	receipts, data := map[string]portal.ResourceReceipt{}, map[string][]byte{}
	for _, r := range j.Receipt.Resources {
		answer, err := http.Get(r.URL)
		if err != nil {
			o.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			o.Fatalf("%s: %d, %v", r.URL, answer.StatusCode, err)
		}
		name := r.URL[strings.LastIndex(r.URL, "/")+1:]
		receipts[name], data[name] = r, body
	}
	return receipts, data
}

func TestAZippedPublicationTakesThePlaceOfTheOtherForm(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	plain := o.publish("Obras", PublishOptions{})
	o.sync()
	asWas, data := o.served(plain)
	if rows := o.job(plain).Receipt.Tables[asWas["obras.csv"].ID]; rows != 12_000 {
		t.Errorf("%d rows at the portal before", rows)
	}
	zipped := o.publish("Obras", PublishOptions{Zip: true})
	o.sync()
	receipts, seen := o.served(zipped)
	for name := range asWas {
		if name == "obras.csv" || name == "obras.json" {
			if _, still := seen[name]; still {
				t.Errorf("%s is still there", name)
			}
			inside := unzipped(t, seen[name+".zip"], name)
			if !bytes.Equal(inside, data[name]) {
				t.Errorf("%s.zip holds other bytes", name)
			}
			if r := receipts[name+".zip"]; r.SHA256 != sum(seen[name+".zip"]) || r.Bytes != int64(len(seen[name+".zip"])) {
				t.Errorf("the receipt of %s.zip is not of what is served: %+v", name, r)
			}
		}
	}
	if len(receipts) != len(asWas) || len(o.job(zipped).Receipt.Tables) != 0 {
		t.Errorf("%d files, before %d; rows at the portal: %v", len(receipts), len(asWas), o.job(zipped).Receipt.Tables)
	}
	api := &portaltest.ActionAPI{URL: o.site.URL, Organization: o.site.Organization, Token: o.site.Participants[0].Token}
	there := api.Public(t, api.Find(t, o.dataset)[0].Name)
	if len(there.Resources) != len(asWas) {
		t.Errorf("the portal shows %d files, want %d", len(there.Resources), len(asWas))
	}
	// And back, and zipped again: each form keeps its ids.
	back, _ := o.served(o.then(PublishOptions{}))
	again, _ := o.served(o.then(PublishOptions{Zip: true}))
	if back["obras.csv"].ID != asWas["obras.csv"].ID || again["obras.csv.zip"].ID != receipts["obras.csv.zip"].ID {
		t.Errorf("ids: csv %s, then %s; zip %s, then %s", asWas["obras.csv"].ID, back["obras.csv"].ID, receipts["obras.csv.zip"].ID, again["obras.csv.zip"].ID)
	}
	if again["obras.csv.zip"].SHA256 != receipts["obras.csv.zip"].SHA256 {
		t.Error("the same content gave another zip")
	}
}

// then publishes and sends once more.
func (o *office) then(opt PublishOptions) string {
	o.Helper()
	id := o.publish("Obras", opt)
	o.sync()
	return id
}

func unzipped(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) != 1 || z.File[0].Name != name {
		t.Fatalf("no zip of %s alone: %v", name, err)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	inside, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return inside
}

func TestAZippedDescriptorIsReadBackOnAnotherComputer(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	_, seen := o.served(o.then(PublishOptions{Zip: true}))
	var p datapackage.Package
	if err := json.Unmarshal(seen["datapackage.json"], &p); err != nil {
		t.Fatal(err)
	}
	r := p.Resources[0]
	if r.Compression != "zip" || r.Format != "csv" || r.MediaType != "text/csv" || r.Path != "obras.csv.zip" || r.Slot != "csv.zip:1" || r.SHA256() != sum(seen["obras.csv.zip"]) {
		t.Errorf("%+v", r)
	}
	folder := t.TempDir()
	for name, data := range seen {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	there := opened(t)
	in, err := there.Import(t.Context(), ImportRequest{Path: folder})
	if err != nil {
		t.Fatal(err)
	}
	if in.Dataset.ID != o.dataset || in.Dataset.Tables[0].Rows() != 12_000 {
		t.Errorf("%s with %d rows", in.Dataset.ID, in.Dataset.Tables[0].Rows())
	}
}

func TestZippedInPlaceOfWhatWaitsIsOneStep(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	would, err := o.app.Forecast(t.Context(), o.dataset, o.to.ID, PublishOptions{Zip: true})
	if err != nil || len(would.Files) != 4 || would.Files[0].Name != "obras.csv.zip" {
		t.Errorf("%+v, %v", would, err)
	}
	if list, err := o.app.Jobs(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("a look queued %d jobs, %v", len(list), err)
	}
	waiting := o.publish("Obras", PublishOptions{})
	if zip, err := o.app.Zipped(t.Context(), o.dataset); zip || err != nil {
		t.Errorf("nothing was zipped yet: %v, %v", zip, err)
	}
	zipped := o.publish("Obras", PublishOptions{Zip: true, Replace: true})
	if j := o.job(waiting); j.State != outbox.Cancelled {
		t.Errorf("the older is %s", j.State)
	}
	if j, plain := o.job(zipped), o.job(waiting); j.Bytes*4 > plain.Bytes {
		t.Errorf("zipped %d bytes, else %d", j.Bytes, plain.Bytes)
	}
	// A package in between is unzipped and changes nothing of the proposal.
	packaged, err := o.app.Package(t.Context(), PackageRequest{Dataset: o.dataset, Out: filepath.Join(t.TempDir(), "p")})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range packaged.Files {
		if strings.HasSuffix(f.Path, ".zip") {
			t.Errorf("the package holds %s", f.Path)
		}
	}
	if look, err := o.app.Outlook(t.Context(), o.dataset, o.to.ID); err != nil || !look.Zipped {
		t.Errorf("the next one is not proposed zipped: %+v, %v", look, err)
	}
	o.sync()
	if j := o.job(zipped); j.State != outbox.Completed {
		t.Errorf("%s", j.State)
	}
}

func TestADistributionThatIsZippedSaysSoInDCAT(t *testing.T) {
	o := newOffice(t)
	o.manyRows()
	d, err := o.app.Dataset(t.Context(), o.dataset)
	if err != nil {
		t.Fatal(err)
	}
	f, err := o.app.freeze(t.Context(), d, freezing{formats: d.Formats(), zip: true})
	if err != nil {
		t.Fatal(err)
	}
	text := string(dcat.Turtle(dcatOf(d, f, nil, message.New("es"))))
	if n := strings.Count(text, "dcat:compressFormat <https://www.iana.org/assignments/media-types/application/zip>"); n != 2 || !strings.Contains(text, "media-types/text/csv") {
		t.Errorf("%d times in\n%s", n, text)
	}
	if list := distributionsNamed(f, "ZIP"); len(list) != 2 || list[0].Schema != nil || !strings.HasSuffix(list[0].Name, "(CSV, ZIP)") || list[0].MediaType != "application/zip" {
		t.Errorf("%+v", list)
	}
}

// distributionsNamed are the distributions of a portal's format.
func distributionsNamed(f frozen, format string) []portal.Distribution {
	var list []portal.Distribution
	for _, d := range f.dataset.Resources {
		if d.Format == format {
			list = append(list, d)
		}
	}
	return list
}
