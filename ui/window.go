package ui

import (
	"context"
	"time"

	"chasqui/app"
	"chasqui/app/message"
	"chasqui/assets/icons"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen names a page of the window, as it is typed.
type Screen string

// The pages. Those of a dataset need one.
const (
	Home     Screen = "home"
	Review   Screen = "review"
	Describe Screen = "describe"
	Publish  Screen = "publish"
	Outbox   Screen = "outbox"
	Settings Screen = "settings"
)

// Screens lists every page, in the order of the way through them.
var Screens = [...]Screen{Home, Review, Describe, Publish, Outbox, Settings}

// Options of the window. The zero value opens where the person was, looking
// as it was left.
type Options struct {
	// Start is the page to open, for Dataset where the page is one of a
	// dataset's; "" is where the person was, and a start that can't be shown
	// becomes Home.
	Start   Screen
	Dataset string
	// Sample opens the workbook that ships with the program and shows Start
	// for it.
	Sample bool
	// Files are opened at start, as if they had been dropped.
	Files []string
	// Lang, Mode and Scale overrule what the person chose, if they are set.
	Lang  string
	Mode  parts.Mode
	Scale float32
	// Width and Height of the window in Fyne's units; 0: 1280 × 800.
	Width, Height float32
	// Now is the clock; nil: the system's.
	Now func() time.Time
}

// page is one page on screen: built once, left once.
type page interface {
	// content is what the window shows.
	content() fyne.CanvasObject
	// leave ends what the page has under way and saves what was typed.
	leave()
}

// listener is a page that shows how the queue moves.
type listener interface{ hear(app.Report) }

// Window is the program's window over one data folder.
type Window struct {
	fyne    fyne.App
	win     fyne.Window
	program *app.App
	run     *Runner
	opt     Options
	p       *message.Printer
	look    look

	rail   map[Screen]*parts.RailItem
	status *parts.StatusLine
	link   link
	stage  *fyne.Container
	page   page
	screen Screen
	id     string // dataset of the page, if it is one of a dataset's

	folder string // where a file was chosen last

	ended  context.CancelFunc
	sender chan struct{}
}

// Run opens the window, sends what is queued, and stays until the window is
// closed or ctx ends. What was typed is saved when it returns.
func Run(ctx context.Context, a fyne.App, program *app.App, opt Options) {
	w := newWindow(a, program, opt, NewRunner())
	w.listen()
	w.send()
	defer context.AfterFunc(ctx, func() { w.run.Post(w.win.Close) })()
	w.win.ShowAndRun()
	w.close()
}

func newWindow(a fyne.App, program *app.App, opt Options, run *Runner) *Window {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	w := &Window{fyne: a, program: program, run: run, opt: opt, sender: make(chan struct{})}
	w.look = loadLook(program, opt)
	w.p = message.New(w.look.lang)
	a.Settings().SetTheme(parts.NewTheme(w.look.mode, w.look.scale))
	w.win = a.NewWindow("Chasqui")
	w.win.SetIcon(fyne.NewStaticResource("chasqui.svg", icons.App()))
	w.win.SetPadded(false)
	w.win.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) {
		paths := make([]string, len(dropped))
		for i, uri := range dropped {
			paths[i] = uri.Path()
		}
		w.openFiles(paths)
	})
	size := fyne.NewSize(1280, 800)
	if opt.Width > 0 && opt.Height > 0 {
		size = fyne.NewSize(opt.Width, opt.Height)
	}
	w.win.Resize(size)
	w.rebuild()
	switch {
	case opt.Sample:
		w.show(Home, "")
		w.openSample(opt.Start)
	case len(opt.Files) > 0:
		w.show(Home, "")
		w.openFiles(opt.Files)
	case opt.Start == "":
		w.show(w.lastPlace())
	default:
		w.show(opt.Start, opt.Dataset)
	}
	w.addShortcuts()
	return w
}

// rebuild makes the frame anew, in the language and the look chosen now.
func (w *Window) rebuild() {
	teachFyne(w.p)
	w.rail = map[Screen]*parts.RailItem{}
	room := func(icon, key string, s Screen) fyne.CanvasObject {
		item := parts.NewRailItem(icon, w.p.T(key), func() { w.show(s, "") })
		w.rail[s] = item
		return item
	}
	mark := parts.Row(10, parts.NewLogo(27), parts.NewText("Chasqui").With(parts.Accent, parts.SectionSize, fyne.TextStyle{Bold: true}))
	top := parts.Column(5, parts.Inset(7, 16, 12, 0, mark), room("home", "ui.rail.home", Home), room("outbox", "ui.rail.outbox", Outbox))
	rooms := container.NewBorder(top, room("settings", "ui.rail.settings", Settings), nil, nil)
	rail := parts.NewGround(parts.Rail, parts.Wide(208, 0, rooms)).Padded(16, 16, 10, 10)
	w.status = parts.NewStatusLine()
	w.stage = container.NewStack()
	w.win.SetContent(container.NewBorder(nil, w.status.Object(), rail, nil, parts.NewGround(parts.Paper, w.stage)))
	w.showLink()
	w.saved()
	w.countQueue()
}

// show leaves the page on screen and opens another.
func (w *Window) show(s Screen, dataset string) {
	if w.page != nil {
		w.page.leave()
	}
	if dataset == "" && (s == Review || s == Describe || s == Publish) || s == "" {
		s = Home
	}
	w.screen, w.id = s, dataset
	switch s {
	case Review:
		w.page = newReviewPage(w, dataset)
	case Describe:
		w.page = newDescribePage(w, dataset)
	case Publish:
		w.page = newPublishPage(w, dataset)
	case Outbox:
		w.page = newOutboxPage(w)
	case Settings:
		w.page = newSettingsPage(w)
	default:
		w.screen = Home
		w.page = newHomePage(w)
	}
	w.keepPlace()
	for name, item := range w.rail {
		item.Select(name == w.room())
	}
	w.stage.Objects = []fyne.CanvasObject{w.page.content()}
	w.stage.Refresh()
}

// room is the entry of the rail that the page on screen belongs to.
func (w *Window) room() Screen {
	if w.screen == Outbox || w.screen == Settings {
		return w.screen
	}
	return Home
}

// reopen shows the same page anew, after the look or the language changed.
func (w *Window) reopen() {
	w.fyne.Settings().SetTheme(parts.NewTheme(w.look.mode, w.look.scale))
	w.p = message.New(w.look.lang)
	screen, id := w.screen, w.id
	w.page.leave()
	w.page = nil
	w.rebuild()
	w.show(screen, id)
}

// close saves what was typed, ends the sending and waits for all work.
func (w *Window) close() {
	if w.page != nil {
		w.page.leave()
	}
	if w.ended != nil {
		w.ended()
		<-w.sender
	}
	w.run.Close()
}

// saved tells in the bottom line that everything stands on disk.
func (w *Window) saved() { w.status.Saved(w.p.T("ui.saved")) }

// saving tells that something typed is on its way to the disk.
func (w *Window) saving() { w.status.Saved(w.p.T("ui.saving")) }
