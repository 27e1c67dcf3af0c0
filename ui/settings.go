package ui

import (
	"context"
	"strconv"

	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
)

// settingsPage is Ajustes: the office, the language, how the window looks.
type settingsPage struct {
	w      *Window
	object fyne.CanvasObject
	notice *notice
	office *officeForm
	link   *linkForm
}

// countries are the seven that the check of identity numbers knows, as ISO
// 3166-1 codes.
var countries = [...]string{"CR", "DO", "EC", "GT", "HN", "PE", "SV"}

// scales are the sizes of text on offer, in percent.
var scales = [...]int{100, 115, 130, 150}

func newSettingsPage(w *Window) *settingsPage {
	s := &settingsPage{w: w, notice: newNotice()}
	s.office = newOfficeForm(w, s.notice)
	s.link = newLinkForm(w, s.notice)
	looks := narrowed(parts.Column(12, parts.NewSection(w.p.T("ui.settings.look")),
		parts.NewFormRow(w.p.T("ui.settings.language"), 150, s.languageChoice(), nil),
		parts.NewFormRow(w.p.T("ui.settings.size"), 150, s.sizeChoice(), nil),
		parts.NewFormRow(w.p.T("ui.settings.mode"), 150, s.modeChoice(), nil)))
	body := parts.Column(12, s.notice.box, s.office.object, s.link.object, looks)
	s.object = frame(heading("", w.p.T("ui.rail.settings"), w.p.T("ui.settings.note")), scrolled(body))
	return s
}

// narrowed is a card that is no wider than its fields are read at a glance.
func narrowed(body fyne.CanvasObject) fyne.CanvasObject {
	return parts.NoWider(640, parts.NewCard(body))
}

func (s *settingsPage) content() fyne.CanvasObject { return s.object }

// leave saves what was typed a moment ago.
func (s *settingsPage) leave() {
	s.office.leave()
	s.link.leave()
}

func (s *settingsPage) languageChoice() fyne.CanvasObject {
	var options []parts.Option
	for _, l := range message.Languages {
		options = append(options, parts.Option{Key: l, Text: s.w.p.T("ui.language." + l)})
	}
	return parts.NewChoice(options, s.w.look.lang, "", func(l string) { s.choose(settingLang, l, func() { s.w.look.lang = l }) })
}

func (s *settingsPage) sizeChoice() fyne.CanvasObject {
	var options []parts.Option
	for _, percent := range scales {
		options = append(options, parts.Option{Key: strconv.Itoa(percent), Text: s.w.p.T("ui.settings.percent", "Percent", percent)})
	}
	now := strconv.Itoa(int(s.w.look.scale*100 + 0.5))
	return parts.NewChoice(options, now, "", func(percent string) {
		n, _ := strconv.Atoi(percent)
		scale := float32(n) / 100
		s.choose(settingScale, strconv.FormatFloat(float64(n)/100, 'f', 2, 64), func() { s.w.look.scale = scale })
	})
}

func (s *settingsPage) modeChoice() fyne.CanvasObject {
	var options []parts.Option
	for _, m := range []parts.Mode{parts.FollowSystem, parts.Light, parts.Dark} {
		options = append(options, parts.Option{Key: string(m), Text: s.w.p.T("ui.mode." + string(m))})
	}
	return parts.NewChoice(options, string(s.w.look.mode), "", func(m string) {
		s.choose(settingMode, m, func() { s.w.look.mode = parts.Mode(m) })
	})
}

// choose keeps a preference and shows the window anew with it.
func (s *settingsPage) choose(key, value string, apply func()) {
	w := s.w
	w.saving()
	w.run.Ask("settings/"+key, func(ctx context.Context) func() {
		err := w.program.SaveSetting(ctx, key, value)
		return func() {
			if err != nil {
				s.notice.show(w.problem(err))
				return
			}
			apply()
			w.reopen()
		}
	})
}

func countryOptions(p *message.Printer) []parts.Option {
	var out []parts.Option
	for _, c := range countries {
		out = append(out, parts.Option{Key: c, Text: p.T("ui.country." + c)})
	}
	return append(out, parts.Option{Key: "", Text: p.T("ui.country.other")})
}
