package dcat

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// openDataCatalogue is a data.json as portals serve it: what DKAN writes, and
// what is written here.
type openDataCatalogue struct {
	Dataset []openDataset `json:"dataset"`
}

type openDataset struct {
	Identifier  string   `json:"identifier"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Keyword     []string `json:"keyword"`
	Theme       []string `json:"theme"`
	Issued      string   `json:"issued"`
	Modified    string   `json:"modified"`
	AccessLevel string   `json:"accessLevel"`
	Rights      string   `json:"rights"`
	License     string   `json:"license"`
	Spatial     string   `json:"spatial"`
	Temporal    string   `json:"temporal"`
	Periodicity string   `json:"accrualPeriodicity"`
	LandingPage string   `json:"landingPage"`
	Language    []string `json:"language"`
	References  []string `json:"references"`
	DescribedBy string   `json:"describedBy"`
	DescribedAs string   `json:"describedByType"`
	Publisher   struct {
		Name string `json:"name"`
	} `json:"publisher"`
	Contact struct {
		Name  string `json:"fn"`
		Email string `json:"hasEmail"`
	} `json:"contactPoint"`
	Distribution []struct {
		Title       string `json:"title"`
		Description string `json:"description"`
		DownloadURL string `json:"downloadURL"`
		AccessURL   string `json:"accessURL"`
		MediaType   string `json:"mediaType"`
		Format      string `json:"format"`
		DescribedBy string `json:"describedBy"`
	} `json:"distribution"`
	members map[string]json.RawMessage // all of them
}

// UnmarshalJSON keeps the members that the type does not have, besides.
func (o *openDataset) UnmarshalJSON(data []byte) error {
	type known openDataset
	if err := json.Unmarshal(data, (*known)(o)); err != nil {
		return err
	}
	return json.Unmarshal(data, &o.members)
}

// more reads the wanted members: texts, numbers, and arrays of them.
func (o openDataset) more(wanted []Property) []Property {
	var list []Property
	for _, w := range wanted {
		if w.Member == "" || slices.ContainsFunc(list, func(p Property) bool { return p.Member == w.Member }) {
			continue
		}
		var text any
		if json.Unmarshal(o.members[w.Member], &text) != nil {
			continue
		}
		values, many := text.([]any)
		if !many {
			values = []any{text}
		}
		for _, v := range values {
			switch v.(type) {
			case string, float64, bool:
				list = append(list, Property{Member: w.Member, Value: fmt.Sprint(v)})
			}
		}
	}
	return list
}

// accessBase is where the EU's access rights have their IRIs.
const accessBase = "http://publications.europa.eu/resource/authority/access-right/"

func (o openDataset) dataset() Dataset {
	d := Dataset{
		IRI: o.Identifier, Identifier: o.Identifier, Title: o.Title, Description: o.Description, Keywords: o.Keyword,
		LicenseURL: o.License, License: Term{IRI: o.License}, Rights: o.Rights, Homepage: o.LandingPage,
		Issued: o.Issued, Modified: o.Modified, Publisher: Agent{Name: o.Publisher.Name},
		Contact: Contact{o.Contact.Name, strings.TrimPrefix(o.Contact.Email, "mailto:")},
		Access:  Term{IRI: accessBase + "PUBLIC"},
	}
	for code, level := range accessLevels {
		if level == o.AccessLevel {
			d.Access.IRI = accessBase + code
		}
	}
	for _, f := range frequencies {
		if f.interval == o.Periodicity {
			d.Frequency.IRI = frequencyBase + f.code
			break
		}
	}
	for _, t := range o.Theme {
		d.Themes = append(d.Themes, Term{Label: t})
	}
	if o.Spatial != "" {
		d.Spatial = []Term{{Label: o.Spatial}}
	}
	if start, end, ok := strings.Cut(o.Temporal, "/"); ok {
		d.Start, d.End = day(start), day(end)
	}
	for _, tag := range o.Language {
		for code, known := range languageTags {
			if known == tag {
				d.Languages = append(d.Languages, Term{IRI: languageBase + code})
			}
		}
		d.Language = first(d.Language, tag)
	}
	if o.DescribedBy != "" {
		d.Pages = append(d.Pages, Page{URL: o.DescribedBy, MediaType: o.DescribedAs})
	}
	for _, url := range o.References {
		d.Pages = append(d.Pages, Page{URL: url})
	}
	for _, f := range o.Distribution {
		d.Files = append(d.Files, Distribution{
			URL: first(f.DownloadURL, f.AccessURL), Title: f.Title, Description: f.Description, MediaType: f.MediaType,
			Format: Term{Label: f.Format}, SchemaURL: f.DescribedBy,
		})
	}
	return d
}

// languageBase is where the EU's languages have their IRIs.
const languageBase = "http://publications.europa.eu/resource/authority/language/"
