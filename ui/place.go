package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// settingPlace is the preference that tells where the person was: a screen
// and, behind a slash, the dataset.
const settingPlace = "window.place"

// keepPlace remembers the page on screen, so that after a power cut the
// window opens there.
func (w *Window) keepPlace() {
	place := string(w.screen) + "/" + w.id
	w.run.Ask("window/place", func(ctx context.Context) func() {
		w.program.SaveSetting(ctx, settingPlace, place) // losing it costs two clicks, no work
		return nil
	})
}

// lastPlace is where the person was, if that can still be shown.
func (w *Window) lastPlace() (Screen, string) {
	ctx := context.Background()
	place, _ := w.program.Setting(ctx, settingPlace)
	name, id, _ := strings.Cut(place, "/")
	s := Screen(name)
	if !slices.Contains(Screens[:], s) {
		return Home, ""
	}
	if id != "" {
		if _, err := w.program.Dataset(ctx, id); err != nil {
			return Home, ""
		}
	}
	return s, id
}

// addShortcuts gives the window its keys: Ctrl+O opens a file, Ctrl+V what was
// copied elsewhere, Ctrl+1 to Ctrl+3 go to the rooms of the rail.
func (w *Window) addShortcuts() {
	keys := []struct {
		key fyne.KeyName
		do  func()
	}{
		{fyne.KeyO, w.askFile},
		{fyne.Key1, func() { w.show(Home, "") }},
		{fyne.Key2, func() { w.show(Outbox, "") }},
		{fyne.Key3, func() { w.show(Settings, "") }},
	}
	w.win.Canvas().AddShortcut(&fyne.ShortcutPaste{}, func(s fyne.Shortcut) {
		if p, ok := s.(*fyne.ShortcutPaste); ok && p.Clipboard != nil {
			w.paste(p.Clipboard.Content())
		}
	})
	for _, k := range keys {
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: k.key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { k.do() })
	}
}
