package ui

import (
	"context"
	"encoding/json"
	"os"
	"strconv"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// look is what a person chose of how the window speaks and looks.
type look struct {
	lang  string
	mode  parts.Mode
	scale float32
}

// The keys of the window's preferences in the data folder.
const (
	settingLang  = "window.lang"
	settingMode  = "window.mode"
	settingScale = "window.scale"
)

// loadLook reads the preferences; what was never chosen follows the options,
// then the system. A preference that can't be read is no reason to stay shut.
func loadLook(program *app.App, opt Options) look {
	ctx := context.Background()
	read := func(key string) string {
		value, _ := program.Setting(ctx, key)
		return value
	}
	l := look{lang: first(opt.Lang, read(settingLang), systemLocale()), mode: opt.Mode, scale: opt.Scale}
	l.lang = message.Match(l.lang)
	if l.mode == "" {
		l.mode = parts.Mode(first(read(settingMode), string(parts.Light)))
	}
	if l.scale == 0 {
		chosen, _ := strconv.ParseFloat(first(read(settingScale), "1"), 32)
		l.scale = float32(max(chosen, 1))
	}
	return l
}

// fyneWords are the words that Fyne itself says in a field's own menu, with
// their keys in our catalogues.
var fyneWords = map[string]string{
	"Cut": "ui.fyne.cut", "Copy": "ui.copy", "Paste": "ui.fyne.paste", "Select all": "ui.fyne.select_all",
	"Undo": "ui.undo", "Redo": "ui.fyne.redo", "Quit": "ui.fyne.quit",
}

// teachFyne lets Fyne speak the language chosen here: it follows the system's,
// so our words are given to it as those of the system's language.
func teachFyne(p *message.Printer) {
	words := make(map[string]string, len(fyneWords))
	for theirs, ours := range fyneWords {
		words[theirs] = p.T(ours)
	}
	data, err := json.Marshal(words)
	if err == nil {
		err = lang.AddTranslationsForLocale(data, lang.SystemLocale())
	}
	if err != nil {
		fyne.LogError("words for fields", err)
	}
}

// systemLocale is the language that the environment names, else the one that
// the system is set to: Windows has no such variables.
func systemLocale() string {
	if named := first(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")); named != "" {
		return named
	}
	return lang.SystemLocale().LanguageString()
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
