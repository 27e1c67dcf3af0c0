package portaltest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"
)

// ActionAPI is the Witness of destinations that speak CKAN's action API. It is
// written without the courier's code, so that a mistake there can't hide
// itself here.
type ActionAPI struct {
	URL          string
	Token        string // a publisher's
	Organization string
}

// Sysadmin reports whether the token is one of somebody who may do anything: a
// suite that ran with it would prove less than it says.
func (a *ActionAPI) Sysadmin(t *testing.T) bool {
	t.Helper()
	var user struct {
		Sysadmin bool `json:"sysadmin"`
	}
	a.must(t, "user_show", a.Token, map[string]any{}, &user)
	return user.Sysadmin
}

// Hold creates a dataset of the name in the publisher's organization.
func (a *ActionAPI) Hold(t *testing.T, name string) {
	t.Helper()
	a.must(t, "package_create", a.Token, map[string]any{"name": name, "owner_org": a.Organization, "title": "De otra persona"}, nil)
}

type actionDataset struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Title  string `json:"title"`
	Notes  string `json:"notes"`
	Extras []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"extras"`
	Tags []struct {
		Name string `json:"name"`
	} `json:"tags"`
	Resources []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"resources"`
}

func (d actionDataset) sighting() Sighting {
	s := Sighting{ID: d.ID, Name: d.Name, Title: d.Title, Notes: d.Notes, Extras: map[string]string{}, Resources: map[string]string{}, Labels: map[string]string{}, Files: len(d.Resources)}
	for _, e := range d.Extras {
		s.Extras[e.Key] = e.Value
	}
	for _, tag := range d.Tags {
		s.Keywords = append(s.Keywords, tag.Name)
	}
	for _, r := range d.Resources {
		s.Resources[r.ID], s.Labels[r.ID] = r.URL, r.Name
	}
	return s
}

// Find searches with the publisher's eyes.
func (a *ActionAPI) Find(t *testing.T, id string) []Sighting {
	t.Helper()
	var found struct {
		Results []actionDataset `json:"results"`
	}
	a.must(t, "package_search", a.Token, map[string]any{
		"fq": fmt.Sprintf("chasqui_id:%q", id), "include_private": true, "include_drafts": true, "rows": 50,
	}, &found)
	var out []Sighting
	for _, d := range found.Results {
		out = append(out, d.sighting())
	}
	return out
}

// Public asks without a token.
func (a *ActionAPI) Public(t *testing.T, name string) *Sighting {
	t.Helper()
	var d actionDataset
	status := a.call(t, "package_show", "", map[string]any{"id": name}, &d)
	switch status {
	case http.StatusOK:
		s := d.sighting()
		return &s
	case http.StatusForbidden, http.StatusNotFound:
		return nil
	}
	t.Errorf("package_show: HTTP %d", status)
	return nil
}

// Fetch gets a file without a token.
func (a *ActionAPI) Fetch(t *testing.T, address string) []byte {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: HTTP %d, %v", address, resp.StatusCode, err)
	}
	return body
}

// Tamper replaces a file and leaves the record's hash stale, as a person at the
// portal's own form does.
func (a *ActionAPI) Tamper(t *testing.T, seen Sighting, resource string, content []byte) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("match__id", seen.ID)
	part, err := form.CreateFormFile("update__resources__"+resource+"__upload", "otra.csv")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content)
	form.Close()
	if status := a.send(t, "package_revise", a.Token, form.FormDataContentType(), &body, nil); status != http.StatusOK {
		t.Fatalf("tamper: HTTP %d", status)
	}
}

// Edit writes another title.
func (a *ActionAPI) Edit(t *testing.T, seen Sighting, title string) {
	t.Helper()
	a.must(t, "package_patch", a.Token, map[string]any{"id": seen.ID, "title": title}, nil)
}

// Relabel writes another name of a file.
func (a *ActionAPI) Relabel(t *testing.T, seen Sighting, resource, name string) {
	t.Helper()
	a.must(t, "package_revise", a.Token, map[string]any{
		"match__id": seen.ID, "update__resources__" + resource + "__name": name,
	}, nil)
}

// Hide makes the dataset private.
func (a *ActionAPI) Hide(t *testing.T, seen Sighting) {
	t.Helper()
	a.must(t, "package_patch", a.Token, map[string]any{"id": seen.ID, "private": true}, nil)
}

// Delete deletes the dataset.
func (a *ActionAPI) Delete(t *testing.T, seen Sighting) {
	t.Helper()
	a.must(t, "package_delete", a.Token, map[string]any{"id": seen.ID}, nil)
}

// Table returns a file's table.
func (a *ActionAPI) Table(t *testing.T, resource string) *Table {
	t.Helper()
	var found struct {
		Total  int64 `json:"total"`
		Fields []struct {
			ID   string `json:"id"`
			Type string `json:"type"`
			Info struct {
				Label string `json:"label"`
			} `json:"info"`
		} `json:"fields"`
		Records []map[string]any `json:"records"`
	}
	status := a.call(t, "datastore_search", a.Token, map[string]any{"resource_id": resource, "sort": "_id"}, &found)
	if status == http.StatusNotFound {
		return nil
	}
	if status != http.StatusOK {
		t.Fatalf("datastore_search: HTTP %d", status)
	}
	table := &Table{Total: found.Total, Types: map[string]string{}, Labels: map[string]string{}, Rows: found.Records}
	for _, f := range found.Fields {
		table.Types[f.ID], table.Labels[f.ID] = f.Type, f.Info.Label
	}
	return table
}

// Empty takes a table's rows out.
func (a *ActionAPI) Empty(t *testing.T, resource string) {
	t.Helper()
	a.must(t, "datastore_delete", a.Token, map[string]any{"resource_id": resource, "force": true, "filters": map[string]any{}}, nil)
}

func (a *ActionAPI) must(t *testing.T, action, token string, in map[string]any, out any) {
	t.Helper()
	if status := a.call(t, action, token, in, out); status != http.StatusOK {
		t.Fatalf("%s: HTTP %d", action, status)
	}
}

func (a *ActionAPI) call(t *testing.T, action, token string, in map[string]any, out any) int {
	t.Helper()
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	return a.send(t, action, token, "application/json", bytes.NewReader(raw), out)
}

func (a *ActionAPI) send(t *testing.T, action, token, kind string, body io.Reader, out any) int {
	t.Helper()
	address, err := url.JoinPath(a.URL, "api/3/action", action)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	defer resp.Body.Close()
	if out == nil || resp.StatusCode != http.StatusOK {
		io.Copy(io.Discard, resp.Body)
		return resp.StatusCode
	}
	envelope := struct {
		Result any `json:"result"`
	}{out}
	if err := json.NewDecoder(resp.Body).Decode(&envelope); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return resp.StatusCode
}
