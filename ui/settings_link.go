package ui

import (
	"context"
	"strconv"
	"strings"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// linkForm is the part of Ajustes in which an office says how its link may be
// used: when, how fast, and above what size it is asked.
type linkForm struct {
	w      *Window
	notice *notice
	object *fyne.Container
	answer *fyne.Container
	rules  app.LinkRules
	typed  *string // hours typed and not yet saved
}

// rates are the limits on offer, in bytes a second; 0 is none.
var rates = [...]int64{0, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000}

// asks are the sizes on offer above which an office that pays by the megabyte
// is asked, in bytes.
var asks = [...]int64{1_000_000, 5_000_000, 20_000_000}

func newLinkForm(w *Window, n *notice) *linkForm {
	f := &linkForm{w: w, notice: n, object: container.NewStack(), answer: container.NewStack()}
	w.run.Ask("settings/rules", func(ctx context.Context) func() {
		rules, err := w.program.LinkRules(ctx)
		return func() {
			if err != nil {
				n.show(w.problem(err))
				return
			}
			f.rules = rules
			f.build()
		}
	})
	f.build()
	return f
}

func (f *linkForm) build() {
	p := f.w.p
	hours := parts.NewEntry(p.T("ui.settings.hours.example"))
	var now []string
	for _, h := range f.rules.Hours {
		now = append(now, h.Words(p))
	}
	hours.SetText(strings.Join(now, "; "))
	hours.OnChanged = f.typeHours
	row := func(key string, field fyne.CanvasObject, note string) fyne.CanvasObject {
		column := parts.Column(5, field)
		if note != "" {
			column.Add(parts.NewSmall(p.T(note), parts.Muted).Wrapped())
		}
		return parts.NewFormRow(p.T(key), 150, column, nil)
	}
	f.object.Objects = []fyne.CanvasObject{narrowed(parts.Column(12, parts.NewSection(p.T("ui.settings.link")),
		row("ui.settings.hours", parts.Column(5, hours, f.answer), "ui.settings.hours.note"),
		row("ui.settings.rate", f.rateChoice(), ""),
		row("ui.settings.metered", f.costChoice(), "ui.settings.metered.note")))}
	f.object.Refresh()
}

func (f *linkForm) rateChoice() fyne.CanvasObject {
	p := f.w.p
	var options []parts.Option
	for _, r := range rates {
		text := p.T("ui.settings.rate.none")
		if r > 0 {
			text = p.T("ui.settings.rate.most", "Rate", p.Bytes(r)+"/s")
		}
		options = append(options, parts.Option{Key: strconv.FormatInt(r, 10), Text: text})
	}
	return parts.NewChoice(options, strconv.FormatInt(f.rules.Rate, 10), p.Bytes(f.rules.Rate)+"/s", func(key string) {
		f.rules.Rate, _ = strconv.ParseInt(key, 10, 64)
		f.save()
	})
}

func (f *linkForm) costChoice() fyne.CanvasObject {
	p := f.w.p
	options := []parts.Option{{Key: "0", Text: p.T("ui.settings.metered.no")}}
	for _, n := range asks {
		options = append(options, parts.Option{Key: strconv.FormatInt(n, 10), Text: p.T("ui.settings.metered.over", "Size", p.Bytes(n))})
	}
	chosen := "0"
	if f.rules.Metered {
		chosen = strconv.FormatInt(f.rules.AskOver, 10)
	}
	return parts.NewChoice(options, chosen, p.T("ui.settings.metered.over", "Size", p.Bytes(f.rules.AskOver)), func(key string) {
		n, _ := strconv.ParseInt(key, 10, 64)
		f.rules.Metered, f.rules.AskOver = n > 0, n
		f.save()
	})
}

// typeHours reads the hours as they are typed and keeps them after a pause;
// what can't be read is told beside the field, and the old hours stay.
func (f *linkForm) typeHours(text string) {
	f.typed = &text
	hours, err := f.read(text)
	f.answer.Objects = nil
	if err != nil {
		e := f.w.p.Explain(err)
		f.answer.Objects = []fyne.CanvasObject{parts.NewSmall(e.What+" "+e.Next, parts.Bad).Wrapped()}
		f.w.run.Cancel("settings/rules-save")
	} else {
		f.rules.Hours = hours
		w, rules := f.w, f.rules
		w.saving()
		w.run.After(savePause, "settings/rules-save", func(ctx context.Context) func() {
			err := w.program.SaveLinkRules(ctx, rules)
			return func() { f.typed = nil; f.saved(err) }
		})
	}
	f.answer.Refresh()
}

func (f *linkForm) read(text string) ([]app.Hours, error) {
	var list []app.Hours
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		h, err := app.ParseHours(part, f.w.p)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

func (f *linkForm) save() {
	w, rules := f.w, f.rules
	w.saving()
	w.run.Ask("settings/rules-save", func(ctx context.Context) func() {
		err := w.program.SaveLinkRules(ctx, rules)
		return func() { f.saved(err) }
	})
}

func (f *linkForm) saved(err error) {
	if err != nil {
		f.notice.show(f.w.problem(err))
		return
	}
	f.w.saved()
}

// leave saves hours that were typed a moment ago and can be read.
func (f *linkForm) leave() {
	f.w.run.Cancel("settings/rules")
	if f.typed == nil {
		return
	}
	f.w.run.Cancel("settings/rules-save")
	if _, err := f.read(*f.typed); err == nil {
		f.saved(f.w.program.SaveLinkRules(context.Background(), f.rules))
	}
}
