package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"chasqui/app/describe"
	"chasqui/sync/portal"
)

// Form is what a portal asks of a dataset and offers to choose from.
type Form = portal.Form

// ReadForm asks a destination's portal what it asks of a dataset, and keeps
// the answer for work without a network. A destination that has no form gives
// an empty one.
func (a *App) ReadForm(ctx context.Context, ref string) (Form, error) {
	to, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Form{}, err
	}
	client, err := a.client(ctx, to)
	if err != nil {
		return Form{}, err
	}
	return a.readForm(ctx, to, client)
}

func (a *App) readForm(ctx context.Context, to Destination, client portal.Client) (Form, error) {
	asks, ok := client.(portal.Describer)
	if !ok {
		return Form{}, nil
	}
	f, err := asks.Form(ctx)
	if err != nil {
		return f, err
	}
	return f, a.store.SavePortalForm(ctx, to.ID, f)
}

// KeptForm returns what a destination's portal asked when it was read last,
// and when that was: the zero time if never.
func (a *App) KeptForm(ctx context.Context, ref string) (Form, time.Time, error) {
	to, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Form{}, time.Time{}, err
	}
	return a.store.PortalForm(ctx, to.ID)
}

// profileFor is the profile of a description, with what the portal of the
// office's usual destination asks over it. What can't be read of that is no
// reason to show no form.
func (a *App) profileFor(ctx context.Context, d describe.Description) describe.Profile {
	p := a.Profiles().For(d)
	usual := a.usualDestination(ctx)
	if usual == "" {
		return p
	}
	f, at, err := a.KeptForm(ctx, usual)
	if err != nil || at.IsZero() {
		return p
	}
	return p.At(liveOf(f))
}

// usualDestination is the name of the destination that the office chose, or of
// the only one it has besides the practice portal; "" if there is none.
func (a *App) usualDestination(ctx context.Context) string {
	office, err := a.store.Office(ctx)
	if err != nil || office.Destination != "" {
		return office.Destination
	}
	all, err := a.store.Destinations(ctx)
	real := slices.DeleteFunc(all, func(d Destination) bool { return d.Kind == "practice" })
	if err != nil || len(real) != 1 {
		return ""
	}
	return real[0].Name
}

// liveOf is a portal's form in the terms of profiles.
func liveOf(f Form) describe.Live {
	var live describe.Live
	for _, l := range f.Licenses {
		live.Licenses = append(live.Licenses, describe.License{CKAN: l.ID, Title: l.Title, URL: l.URL, Open: l.Open})
	}
	for _, g := range f.Groups {
		live.Groups = append(live.Groups, describe.Term{Code: g.Name, Label: describe.Text{"es": g.Title}})
	}
	for _, field := range f.Dataset {
		l := describe.LiveField{
			Name: field.Name, Label: textOf(field.Label, field.Name), Help: textOf(field.Help, ""), Example: field.Example,
			Required: field.Required, Form: field.Kind, List: field.Multiple,
		}
		for _, c := range field.Choices {
			l.Choices = append(l.Choices, describe.Term{Code: c.Value, Label: textOf(c.Label, c.Value)})
		}
		live.Fields = append(live.Fields, l)
	}
	live.FileDescription = slices.ContainsFunc(f.Resource, func(r portal.FormField) bool { return r.Name == "description" && r.Required })
	return live
}

// textOf gives a portal's words for every language that it has not: those of
// its default language, of any, or a name.
func textOf(words map[string]string, name string) describe.Text {
	whole := words[""]
	for _, lang := range slices.Sorted(maps.Keys(words)) {
		whole = first(whole, words[lang])
	}
	t := describe.Text{"es": first(words["es"], whole, name)}
	for _, lang := range []string{"en", "pt", "fr"} {
		if words[lang] != "" {
			t[lang] = words[lang]
		}
	}
	return t
}
