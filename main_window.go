//go:build !headless

package main

import (
	"context"
	"os"

	fyneapp "fyne.io/fyne/v2/app"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/ui"
	"chasqui/ui/cli"
)

// appID is the name under which Fyne and the desktop know the program.
const appID = "org.chasqui.Chasqui"

// openWindow opens the window over the data folder and returns when it is
// closed.
func openWindow(ctx context.Context, opt cli.WindowOptions) error {
	program, err := app.Open(ctx, app.Options{
		Dir: app.DataDir(opt.Data, os.Getenv), Getenv: os.Getenv, Lang: message.Match(opt.Lang),
	})
	if err != nil {
		return err
	}
	ui.Run(ctx, fyneapp.NewWithID(appID), program, ui.Options{
		Start: ui.Screen(opt.Screen), Sample: opt.Sample, Files: opt.Files, Lang: opt.Lang,
	})
	return program.Close()
}
