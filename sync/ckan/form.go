package ckan

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chasqui/sync/portal"
)

// tagLimit is how many of a portal's tags are kept.
const tagLimit = 5000

// Form reads what the portal asks: its organisations, groups and licences, its
// tags, and the form of ckanext-scheming where the portal has one. What a
// portal does not tell is left out; only a portal that can't be reached, or
// refuses the token, is an error.
func (c *client) Form(ctx context.Context) (portal.Form, error) {
	f, err := c.form(ctx)
	return f, public(err)
}

func (c *client) form(ctx context.Context) (portal.Form, error) {
	var f portal.Form
	if _, err := c.ping(ctx); err != nil {
		return f, err
	}
	var organizations, groups []titled
	var licenses []license
	var vocabularies []struct {
		Name string  `json:"name"`
		Tags []named `json:"tags"`
	}
	var schema scheming
	for _, q := range []struct {
		action string
		query  url.Values
		into   any
	}{
		{"organization_list_for_user", url.Values{"permission": {"create_dataset"}}, &organizations},
		{"group_list_authz", nil, &groups},
		{"license_list", nil, &licenses},
		{"tag_list", nil, &f.Tags},
		{"vocabulary_list", nil, &vocabularies},
		{"scheming_dataset_schema_show", url.Values{"type": {"dataset"}}, &schema},
	} {
		if err := c.get(ctx, "form", q.action, q.query, q.into); err != nil && !unanswered(err) {
			return f, err
		}
	}
	f.Organizations, f.Groups = choices(organizations), choices(groups)
	for _, l := range licenses {
		f.Licenses = append(f.Licenses, portal.FormLicense{ID: l.ID, Title: l.Title, URL: l.URL, Open: l.open()})
	}
	f.Tags = f.Tags[:min(len(f.Tags), tagLimit)]
	for _, v := range vocabularies {
		if f.Vocabularies == nil {
			f.Vocabularies = map[string][]string{}
		}
		for _, t := range v.Tags {
			f.Vocabularies[v.Name] = append(f.Vocabularies[v.Name], t.Name)
		}
	}
	f.Dataset, f.Resource = fields(schema.Dataset), fields(schema.Resource)
	return f, nil
}

// unanswered reports whether the portal answered that it has no such action or
// doesn't tell us: no reason to give up the rest.
func unanswered(err error) bool {
	var e *portal.Error
	// An action that CKAN does not know is a 400 without an envelope.
	return errors.As(err, &e) && (e.Kind == portal.Rejected || e.Kind == portal.Denied || e.Status == http.StatusBadRequest)
}

// titled is an organisation or a group in a list.
type titled struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Shown string `json:"display_name"`
}

func choices(list []titled) []portal.Choice {
	var out []portal.Choice
	for _, t := range list {
		title := t.Name
		for _, s := range []string{t.Shown, t.Title} {
			if s != "" {
				title = s
			}
		}
		out = append(out, portal.Choice{Name: t.Name, Title: title})
	}
	return out
}

// license is an entry of license_list. Portals have written the flags as
// truth values and as texts.
type license struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
	OD    any    `json:"od_conformance"`
	IsOkd any    `json:"is_okd_compliant"`
}

func (l license) open() bool {
	yes := func(v any) bool { return v == true || v == "approved" || v == "True" || v == "true" }
	return yes(l.OD) || yes(l.IsOkd)
}

// scheming is a schema of ckanext-scheming.
type scheming struct {
	Dataset  []schemingField `json:"dataset_fields"`
	Resource []schemingField `json:"resource_fields"`
}

type schemingField struct {
	Name        string          `json:"field_name"`
	Label       words           `json:"label"`
	Help        words           `json:"help_text"`
	Placeholder words           `json:"form_placeholder"`
	Preset      string          `json:"preset"`
	Snippet     string          `json:"form_snippet"`
	Validators  string          `json:"validators"`
	Required    any             `json:"required"`
	Subfields   json.RawMessage `json:"repeating_subfields"`
	Choices     []struct {
		Value any   `json:"value"`
		Label words `json:"label"`
	} `json:"choices"`
}

// words are a text, or texts by language.
type words map[string]string

// UnmarshalJSON takes a text as the one of the portal's default language.
func (w *words) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*w = words{"": one}
		return nil
	}
	many := map[string]string{}
	if json.Unmarshal(raw, &many) == nil {
		*w = many
	}
	return nil
}

// fields reads a schema's fields; those made of fields of their own are left
// out: the form can't ask them.
func fields(list []schemingField) []portal.FormField {
	var out []portal.FormField
	for _, s := range list {
		if len(s.Subfields) > 0 && string(s.Subfields) != "null" {
			continue
		}
		f := portal.FormField{
			Name: s.Name, Label: s.Label, Help: s.Help, Example: s.Placeholder[""], Required: s.required(),
			Kind: s.kind(), Multiple: s.multiple(),
		}
		for _, c := range s.Choices {
			value := textOfValue(c.Value)
			if value != "" {
				f.Choices = append(f.Choices, portal.LabelledChoice{Value: value, Label: c.Label})
			}
		}
		out = append(out, f)
	}
	return out
}

// required reports whether the portal refuses a dataset without the field:
// scheming says so outright, or by a validator.
func (s schemingField) required() bool {
	if s.Required != nil {
		return s.Required == true || s.Required == "true"
	}
	validators := strings.Fields(s.Validators)
	return slices.Contains(validators, "not_empty") || slices.Contains(validators, "not_missing")
}

// multiple reports whether the field takes a list of texts.
func (s schemingField) multiple() bool {
	return strings.HasPrefix(s.Preset, "multiple_") || strings.Contains(s.Validators, "scheming_multiple_")
}

// kinds are the kinds of a form's fields by scheming's presets and snippets.
var kinds = map[string]string{
	"date": "date", "date.html": "date", "datetime": "date", "markdown": "long", "markdown.html": "long", "textarea.html": "long",
	"large_text.html": "long", "multiple_text": "list", "tag_string_autocomplete": "list",
}

func (s schemingField) kind() string {
	switch {
	case len(s.Choices) > 0:
		return "choice"
	case strings.Contains(s.Validators, "email"):
		return "email"
	case strings.Contains(s.Validators, "url_validator"):
		return "url"
	}
	for _, name := range []string{s.Preset, s.Snippet} {
		if k := kinds[name]; k != "" {
			return k
		}
	}
	return "text"
}
