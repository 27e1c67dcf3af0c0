package practice

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

//go:embed pages
var pageFiles embed.FS

// words are a language's texts of the pages, by key.
type words map[string]string

// languages are those of the pages; the first is for whoever asks for none.
func languages() []string { return []string{"es", "en", "pt", "fr"} }

// loadPages reads the embedded templates and texts.
func (p *Portal) loadPages() error {
	p.page, p.word = map[string]*template.Template{}, map[string]words{}
	for _, name := range []string{"home", "dataset", "error"} {
		t, err := template.ParseFS(pageFiles, "pages/frame.html", "pages/"+name+".html")
		if err != nil {
			return err
		}
		p.page[name] = t
	}
	for _, lang := range languages() {
		raw, err := pageFiles.ReadFile("pages/" + lang + ".json")
		if err != nil {
			return err
		}
		var w words
		if err := json.Unmarshal(raw, &w); err != nil {
			return fmt.Errorf("pages/%s.json: %w", lang, err)
		}
		p.word[lang] = w
	}
	return nil
}

// view is what every template gets.
type view struct {
	Lang      string
	Languages []link
	T         words
	Title     string
	Site      string
	Datasets  []datasetView
	Dataset   *datasetView
	Message   string
}

type link struct {
	Name, Label, Address string
	Here                 bool
}

type datasetView struct {
	Name, Title, Notes, License, Publisher, Contact, Email, Source, Version string
	Updated                                                                 string
	Hidden                                                                  bool
	Tags                                                                    []string
	Extras                                                                  [][2]string
	Files                                                                   []fileView
	Dictionary                                                              *tableView
	Preview                                                                 *tableView
}

type fileView struct {
	Name, Description, Format, Size, Hash, Address string
}

// langOf chooses a page's language: ?lang=, else Accept-Language.
func langOf(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(languages(), lang) {
		return lang
	}
	var known []language.Tag
	for _, lang := range languages() {
		known = append(known, language.Make(lang))
	}
	asked, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return languages()[0]
	}
	_, i, confidence := language.NewMatcher(known).Match(asked...)
	if confidence == language.No {
		return languages()[0]
	}
	return languages()[i]
}

func (p *Portal) newView(r *http.Request) view {
	lang := langOf(r)
	v := view{Lang: lang, T: p.word[lang], Site: p.organization.Title}
	for _, l := range languages() {
		v.Languages = append(v.Languages, link{Name: l, Label: p.word[l]["language"], Address: r.URL.Path + "?lang=" + l, Here: l == lang})
	}
	return v
}

func (p *Portal) render(w http.ResponseWriter, status int, name string, v view) {
	var b strings.Builder
	if err := p.page[name].ExecuteTemplate(&b, "frame", v); err != nil {
		http.Error(w, "page "+name, http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Lang)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	w.Write([]byte(b.String()))
}

func (p *Portal) serveStyle(w http.ResponseWriter, r *http.Request) {
	raw, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		p.errorPage(w, r, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Write(raw)
}

func (p *Portal) serveHome(w http.ResponseWriter, r *http.Request) {
	v := p.newView(r)
	v.Title = v.T["home_title"]
	p.mu.Lock()
	for _, ds := range p.datasets {
		if mayRead(nil, ds) {
			v.Datasets = append(v.Datasets, p.viewOf(ds, v.T, v.Lang))
		}
	}
	p.mu.Unlock()
	slices.SortFunc(v.Datasets, func(a, b datasetView) int {
		if d := strings.Compare(b.Updated, a.Updated); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	p.render(w, http.StatusOK, "home", v)
}

func (p *Portal) serveDataset(w http.ResponseWriter, r *http.Request) {
	who := p.who(r.Header.Get("Authorization"))
	v := p.newView(r)
	p.mu.Lock()
	ds := p.lookup(r.PathValue("dataset"))
	seen := ds != nil && mayRead(who, ds)
	if seen {
		d := p.viewOf(ds, v.T, v.Lang)
		p.explain(ds, &d)
		v.Dataset, v.Title = &d, d.Title
	}
	p.mu.Unlock()
	if !seen {
		p.errorPage(w, r, http.StatusNotFound)
		return
	}
	p.render(w, http.StatusOK, "dataset", v)
}

// viewOf makes what the pages show of a dataset. The caller holds mu.
func (p *Portal) viewOf(ds tree, t words, lang string) datasetView {
	d := datasetView{
		Name:      text(ds["name"]),
		Title:     text(ds["title"]),
		Notes:     text(ds["notes"]),
		License:   text(ds["license_id"]),
		Publisher: text(ds["author"]),
		Contact:   text(ds["maintainer"]),
		Email:     text(ds["maintainer_email"]),
		Source:    text(ds["url"]),
		Version:   text(ds["version"]),
		Hidden:    ds["private"] == true,
	}
	d.Updated, _, _ = strings.Cut(text(ds["metadata_modified"]), "T")
	for _, tag := range list(ds["tags"]) {
		d.Tags = append(d.Tags, text(branch(tag)["name"]))
	}
	for _, e := range list(ds["extras"]) {
		d.Extras = append(d.Extras, [2]string{text(branch(e)["key"]), text(branch(e)["value"])})
	}
	for _, v := range list(ds["resources"]) {
		res := branch(v)
		size, _ := res["size"].(float64)
		d.Files = append(d.Files, fileView{
			Name:        text(res["name"]),
			Description: text(res["description"]),
			Format:      text(res["format"]),
			Size:        sizeText(int64(size), t, lang),
			Hash:        text(res["hash"]),
			Address:     downloadPath(text(ds["id"]), text(res["id"]), text(res["url"])),
		})
	}
	return d
}

// sizeText writes a number of bytes for people, in units of 1000, with the
// language's decimal sign.
func sizeText(n int64, t words, lang string) string {
	if n < 1000 {
		return fmt.Sprintf("%d %s", n, t["bytes"])
	}
	units := []string{"kB", "MB", "GB", "TB"}
	v, i := float64(n)/1000, 0
	for v >= 999.95 && i < len(units)-1 {
		v, i = v/1000, i+1
	}
	s := fmt.Sprintf("%.1f", v)
	if lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + " " + units[i]
}

func (p *Portal) serveNotFound(w http.ResponseWriter, r *http.Request) {
	p.errorPage(w, r, http.StatusNotFound)
}

func (p *Portal) errorPage(w http.ResponseWriter, r *http.Request, status int) {
	v := p.newView(r)
	v.Title = v.T[fmt.Sprintf("error_%d", status)]
	v.Message = v.T[fmt.Sprintf("error_%d_text", status)]
	p.render(w, status, "error", v)
}

// explain adds to a dataset's page what its files say themselves: the columns,
// if a dictionary is among them, and the first rows of its first table.
func (p *Portal) explain(ds tree, d *datasetView) {
	for _, v := range list(ds["resources"]) {
		res := branch(v)
		name, blob := text(res["url"]), text(res[blobKey])
		if blob == "" || path.Ext(name) != ".csv" {
			continue
		}
		if name == "dictionary.csv" {
			if d.Dictionary = readTable(p.blobFile(blob), 500); d.Dictionary != nil {
				d.Dictionary.Name = name
			}
		} else if d.Preview == nil {
			if d.Preview = readTable(p.blobFile(blob), 8); d.Preview != nil {
				d.Preview.Name = text(res["name"])
			}
		}
	}
}
