package ui

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"chasqui/app"
	"chasqui/app/describe"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/adrg/xdg"
)

// officeForm is the part of Ajustes in which the office describes itself once:
// what every new dataset takes over.
type officeForm struct {
	w            *Window
	notice       *notice
	object       *fyne.Container
	office       app.Office
	destinations []app.Destination
	hints        map[string]*parts.Hint
	pending      map[string]string // typed and not yet saved, by key
}

func newOfficeForm(w *Window, n *notice) *officeForm {
	o := &officeForm{w: w, notice: n, object: container.NewStack(), pending: map[string]string{}}
	w.run.Ask("settings/load", func(ctx context.Context) func() {
		office, err := w.program.Office(ctx)
		destinations, listErr := w.program.Destinations(ctx)
		return func() {
			if err = errors.Join(err, listErr); err != nil {
				o.notice.show(w.problem(err))
				return
			}
			o.office, o.destinations = office, destinations
			o.build()
		}
	})
	o.build()
	return o
}

// leave saves what was typed a moment ago.
func (o *officeForm) leave() {
	o.w.run.Cancel("settings/load")
	if len(o.pending) == 0 {
		return
	}
	o.w.run.Cancel("settings/office")
	if _, _, err := o.write(context.Background(), o.pending); err == nil {
		o.w.saved()
	}
}

func (o *officeForm) build() {
	p := o.w.p
	o.hints = map[string]*parts.Hint{}
	note := func(key string) fyne.CanvasObject {
		return parts.NewSmall(p.T("ui.settings."+key+".note"), parts.Muted).Wrapped()
	}
	body := parts.Column(12, parts.NewSection(p.T("ui.settings.office")),
		o.row("name", o.entry("name", "ui.settings.office.example")),
		o.row("country", o.choice("country", countryOptions(p)), note("country")),
		o.row("profile", o.choice("profile", o.profiles()), note("profile")),
		o.row("place", o.entry("place", "ui.settings.place.example")),
		o.row("unit", o.entry("unit", "ui.settings.unit.example")),
		o.row("contact", o.entry("contact", "ui.settings.contact.example")),
		o.row("email", o.entry("email", "ui.settings.email.example")),
		o.row("license", o.choice("license", licenseOptions(p, o.profile().Licenses))))
	if len(o.destinations) > 0 {
		body.Add(o.row("destination", o.choice("destination", o.places()),
			parts.Row(0, parts.NewOutlined(p.T("ui.settings.read_form"), o.readForm).Smaller(), parts.Grow(nil)), note("destination")))
	}
	body.Add(parts.Row(8, parts.NewOutlined(p.T("ui.settings.export"), o.export).Smaller(),
		parts.NewOutlined(p.T("ui.settings.import"), o.take).Smaller(), parts.Grow(nil)))
	o.object.Objects = []fyne.CanvasObject{narrowed(body)}
	o.object.Refresh()
}

func (o *officeForm) row(key string, field fyne.CanvasObject, below ...fyne.CanvasObject) fyne.CanvasObject {
	o.hints[key] = parts.NewHint()
	return parts.NewFormRow(o.w.p.T("office."+key), 150, parts.Column(5, append([]fyne.CanvasObject{field}, below...)...), o.hints[key])
}

func (o *officeForm) entry(key, example string) fyne.CanvasObject {
	e := parts.NewEntry(o.w.p.T(example))
	e.SetText(app.OfficeValue(o.office, key))
	e.OnChanged = func(s string) { o.set(key, s) }
	return e
}

func (o *officeForm) choice(key string, options []parts.Option) fyne.CanvasObject {
	return parts.NewChoice(options, app.OfficeValue(o.office, key), o.w.p.T("ui.none_chosen"), func(s string) { o.set(key, s) })
}

// profile is the one by which the office's new datasets are described.
func (o *officeForm) profile() describe.Profile {
	ps := o.w.program.Profiles()
	if p, ok := ps.Of(o.office.Profile); ok {
		return p
	}
	return ps.ForCountry(o.office.Country)[0]
}

// profiles offers the country's profiles first.
func (o *officeForm) profiles() []parts.Option {
	ps, lang := o.w.program.Profiles(), o.w.p.Lang()
	near := ps.ForCountry(o.office.Country)
	options := []parts.Option{{Key: "", Text: o.w.p.T("ui.settings.profile.usual", "Profile", near[0].Title.In(lang))}}
	rest := slices.DeleteFunc(ps.All(), func(p describe.Profile) bool {
		return slices.ContainsFunc(near, func(n describe.Profile) bool { return n.ID == p.ID })
	})
	for _, p := range append(near, rest...) {
		options = append(options, parts.Option{Key: p.ID, Text: p.Title.In(lang)})
	}
	return options
}

// places are the office's destinations.
func (o *officeForm) places() []parts.Option {
	options := []parts.Option{{Key: "", Text: o.w.p.T("ui.none_chosen")}}
	for _, d := range o.destinations {
		options = append(options, parts.Option{Key: d.Name, Text: d.Name})
	}
	return options
}

// set takes what a person typed or chose; a pause in typing saves it.
func (o *officeForm) set(key, value string) {
	o.pending[key] = value
	o.hints[key].Show("", parts.Neutral)
	taken := maps.Clone(o.pending)
	w := o.w
	w.saving()
	w.run.After(savePause, "settings/office", func(ctx context.Context) func() {
		office, refused, err := o.write(ctx, taken)
		return func() { o.saved(office, taken, refused, err) }
	})
}

// write saves the values, leaving out those that are refused.
func (o *officeForm) write(ctx context.Context, values map[string]string) (app.Office, map[string]error, error) {
	left, refused := maps.Clone(values), map[string]error{}
	for {
		var sets []app.Assignment
		for _, key := range slices.Sorted(maps.Keys(left)) {
			sets = append(sets, app.Assignment{Key: key, Value: left[key]})
		}
		office, err := o.w.program.EditOffice(ctx, sets)
		var bad *describe.ValueError
		if !errors.As(err, &bad) {
			return office, refused, err
		}
		if _, ours := left[bad.Key]; !ours {
			return office, refused, err
		}
		refused[bad.Key] = err
		delete(left, bad.Key)
	}
}

func (o *officeForm) saved(office app.Office, taken map[string]string, refused map[string]error, err error) {
	if err != nil {
		o.notice.show(o.w.problem(err))
		return
	}
	for key, value := range taken {
		if o.pending[key] == value {
			delete(o.pending, key)
		}
	}
	if len(o.pending) == 0 {
		o.w.saved()
	}
	for key, err := range refused {
		e := o.w.p.Explain(err)
		o.hints[key].Show(e.What+" "+e.Next, parts.Attention)
	}
	before := o.office
	o.office = office
	if before.Country != office.Country || before.Profile != office.Profile { // other lists to choose from
		o.build()
	}
}

// readForm asks the usual destination's portal what it asks, for work offline.
func (o *officeForm) readForm() {
	w := o.w
	name := o.office.Destination
	if name == "" {
		name = o.destinations[0].Name
	}
	o.notice.working(w, w.p.T("ui.settings.reading_form", "Name", name), func() {
		w.run.Cancel("settings/form")
		o.notice.show(nil)
	})
	w.run.Ask("settings/form", func(ctx context.Context) func() {
		f, err := w.program.ReadForm(ctx, name)
		return func() {
			if err != nil {
				o.notice.show(w.problem(err))
				return
			}
			o.tell(w.p.T("ui.settings.form_read", "Organizations", len(f.Organizations), "Groups", len(f.Groups),
				"Licenses", len(f.Licenses), "Fields", len(f.Dataset)))
		}
	})
}

func (o *officeForm) tell(words string) {
	o.notice.show(parts.NewCard(parts.NewText(words).Wrapped()).Tinted(parts.Done))
}

// export writes the office into a file beside the person's documents.
func (o *officeForm) export() {
	w := o.w
	path := filepath.Join(first(xdg.UserDirs.Documents, xdg.Home), "chasqui-oficina.json")
	w.run.Ask("settings/export", func(ctx context.Context) func() {
		err := w.program.ExportOffice(ctx, path)
		return func() {
			if err != nil {
				o.notice.show(w.problem(err))
				return
			}
			o.tell(w.p.T("ui.settings.exported", "Path", path))
		}
	})
}

// take lets the person choose another office's file.
func (o *officeForm) take() {
	w := o.w
	w.chooseFile(w.p.T("ui.settings.import"), []string{".json"}, func(path string) {
		w.run.Ask("settings/import", func(ctx context.Context) func() {
			_, err := w.program.ImportOffice(ctx, path)
			return func() {
				if err != nil {
					o.notice.show(w.problem(err))
					return
				}
				w.show(Settings, "")
			}
		})
	})
}
