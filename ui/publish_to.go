package ui

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// destinationCard asks where to publish; a portal is added right there.
func (u *publishPage) destinationCard() fyne.CanvasObject {
	p := u.w.p
	body := parts.Column(10, parts.NewSection(p.T("ui.publish.where")))
	if len(u.destinations) > 0 {
		body.Add(parts.NewChoice(destinationOptions(p, u.destinations), u.chosen, p.T("ui.none_chosen"), func(id string) {
			u.chosen = id
			u.show()
			u.lookAhead()
		}))
	} else {
		body.Add(parts.NewMuted(p.T("ui.publish.no_destination")).Wrapped())
	}
	if u.form != nil {
		body.Add(u.form.object)
		return parts.NewCard(body)
	}
	buttons := parts.Flow(8, parts.NewOutlined(p.T("ui.publish.add"), func() {
		u.form = newDestinationForm(u)
		u.show()
	}).Smaller().WithIcon("add"))
	buttons.Add(parts.NewOutlined(p.T("ui.publish.practice"), u.usePractice).Smaller())
	if u.chosen != "" {
		buttons.Add(parts.NewOutlined(p.T("ui.portal.test"), u.test).Smaller())
		buttons.Add(parts.NewQuiet(p.T("ui.portal.remove"), u.askRemove).Smaller())
	}
	body.Add(buttons)
	return parts.NewCard(body)
}

// usePractice starts the portal inside the program and chooses it.
func (u *publishPage) usePractice() {
	w := u.w
	w.run.Ask("publish/practice", func(ctx context.Context) func() {
		d, err := w.program.StartPractice(ctx)
		if err != nil {
			return func() { u.notice.show(w.problem(err)) }
		}
		list, err := w.program.Destinations(ctx)
		return func() {
			u.chosen = d.ID
			u.takeDestinations(list, err)
			w.countQueue()
			w.probe() // the bottom line knows of no portal yet
		}
	})
}

// test asks the chosen portal who it is and what we may do there.
func (u *publishPage) test() {
	w, id := u.w, u.chosen
	u.notice.working(w, w.p.T("ui.portal.testing"), func() {
		w.run.Cancel("publish/test")
		u.notice.show(nil)
	})
	w.run.Ask("publish/test", func(ctx context.Context) func() {
		status, err := w.program.TestDestination(ctx, id)
		return func() { u.notice.show(w.portalAnswer(status, err)) }
	})
}

// askRemove takes the chosen portal off the list. One that jobs wait for is
// kept, and the error says so.
func (u *publishPage) askRemove() {
	w, id := u.w, u.chosen
	w.confirm(w.p.T("ui.portal.remove.title"), w.p.T("ui.portal.remove.note"), w.p.T("ui.home.remove"), func() {
		w.run.Ask("publish/destination", func(ctx context.Context) func() {
			err := w.program.RemoveDestination(ctx, id)
			if err != nil {
				return func() { u.notice.show(w.problem(err)) }
			}
			list, err := w.program.Destinations(ctx)
			return func() { u.takeDestinations(list, err) }
		})
	})
}

// destinationForm is what must be known of a portal. The token is typed, and
// kept in the system's keyring or a closed file, or stays in the person's own
// file.
type destinationForm struct {
	u                                *publishPage
	object                           fyne.CanvasObject
	answer                           *fyne.Container
	name, url, org, token, tokenFile *parts.Entry
	save                             *parts.Button
}

func newDestinationForm(u *publishPage) *destinationForm {
	p := u.w.p
	f := &destinationForm{u: u, answer: container.NewStack()}
	f.url, f.name = parts.NewEntry("https://datos.gob.hn"), parts.NewEntry(p.T("ui.portal.name.example"))
	f.org, f.token = parts.NewEntry(p.T("ui.portal.organization.example")), parts.NewEntry(p.T("ui.portal.typed.example"))
	f.token.Password = true
	f.tokenFile = parts.NewEntry(p.T("ui.portal.token.example"))
	f.save = parts.NewOutlined(p.T("ui.portal.save"), f.add).Smaller()
	pick := parts.NewOutlined(p.T("ui.portal.choose"), f.chooseToken).Smaller()
	row := func(key string, field fyne.CanvasObject) fyne.CanvasObject {
		return parts.NewFormRow(p.T(key), 118, field, nil)
	}
	f.object = parts.Column(9,
		row("ui.portal.url", f.url), row("ui.portal.name", f.name), row("ui.portal.organization", f.org),
		row("ui.portal.typed", f.token),
		row("ui.portal.token", parts.Row(8, parts.Grow(f.tokenFile), pick)),
		parts.NewSmall(p.T("ui.portal.token.note"), parts.Muted).Wrapped(),
		f.answer,
		parts.Row(8, f.save, parts.NewOutlined(p.T("ui.cancel"), func() { u.form = nil; u.show() }).Smaller()))
	return f
}

func (f *destinationForm) chooseToken() {
	f.u.w.chooseFile(f.u.w.p.T("ui.portal.token"), nil, f.tokenFile.SetText)
}

// add keeps the portal and asks it who we are there. A portal that can't be
// reached now is kept all the same: that is what the queue is for.
func (f *destinationForm) add() {
	u, w := f.u, f.u.w
	d := app.Destination{
		Kind: "ckan", URL: strings.TrimSpace(f.url.Text), Organization: strings.TrimSpace(f.org.Text),
		TokenFile: strings.TrimSpace(f.tokenFile.Text), Name: first(strings.TrimSpace(f.name.Text), hostOf(f.url.Text)),
	}
	token := strings.TrimSpace(f.token.Text)
	if token != "" {
		d.TokenFile = ""
	}
	f.say(parts.NewMuted(w.p.T("ui.portal.testing")).Wrapped())
	f.save.Disable()
	w.run.Ask("publish/destination", func(ctx context.Context) func() {
		added, err := w.program.AddDestination(ctx, d)
		if err == nil && token != "" {
			id := added.ID
			if added, err = w.program.KeepToken(ctx, id, token); err != nil {
				err = errors.Join(err, w.program.RemoveDestination(ctx, id)) // as if it had not been added
			}
		}
		if err != nil {
			return func() {
				f.save.Enable()
				f.say(w.problem(err))
			}
		}
		status, testErr := w.program.TestDestination(ctx, added.ID)
		list, err := w.program.Destinations(ctx)
		return func() {
			u.form, u.chosen = nil, added.ID
			u.takeDestinations(list, err)
			answer := parts.Column(12, w.portalAnswer(status, testErr))
			if app.OpenToOthers(added) {
				answer.Add(parts.NewCard(parts.Row(10, parts.NewIcon("warning", parts.Warn),
					parts.Grow(parts.NewText(w.p.T("ui.portal.open_token")).Wrapped()))).Edged(parts.Attention))
			}
			u.notice.show(answer)
		}
	})
}

func (f *destinationForm) say(o fyne.CanvasObject) {
	f.answer.Objects = []fyne.CanvasObject{o}
	f.answer.Refresh()
	f.u.body.Refresh()
}

// portalAnswer tells what a portal said when it was asked who we are.
func (w *Window) portalAnswer(s app.Status, err error) fyne.CanvasObject {
	if err != nil {
		return w.problem(err)
	}
	text := w.p.T("ui.portal.answer", "Software", s.Software+" "+s.Version, "User", first(s.User, "–"))
	tone, icon, color := parts.Done, "check", parts.Good
	if !s.Supported {
		text, tone, icon, color = w.p.T("ui.portal.too_old", "Software", s.Software+" "+s.Version), parts.Attention, "warning", parts.Warn
	}
	return parts.NewCard(parts.Row(10, parts.NewIcon(icon, color), parts.Grow(parts.NewText(text).Wrapped()))).Edged(tone)
}

// hostOf is the host of an address, for the name of a portal that got none.
func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return u.Host
}
