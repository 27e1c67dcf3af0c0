package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app"
	"chasqui/ui/parts"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// chooser lets a person choose a file. It is our own because Fyne's dialog
// speaks the system's language with English remnants.
type chooser struct {
	w       *Window
	chosen  func(path string)
	endings []string
	folders bool // a folder is chosen, not a file
	dir     string
	entries []diskEntry
	path    *parts.Entry
	list    *widget.List
	notice  *notice
	places  *fyne.Container
	dialog  *dialog.CustomDialog
}

// askFile lets the person choose a spreadsheet from the disk.
func (w *Window) askFile() {
	w.chooseFile(w.p.T("ui.choose.title"), app.InputNames[:], func(path string) { w.openFiles([]string{path}) })
}

// chooseFile shows the files of the disk with one of the endings; none: all.
// It begins in the folder where a file was chosen last.
func (w *Window) chooseFile(title string, endings []string, chosen func(path string)) {
	w.choose(title, &chooser{endings: endings, chosen: chosen})
}

// chooseFolder shows the folders of the disk and takes the one that is shown
// when the person says so.
func (w *Window) chooseFolder(title string, chosen func(dir string)) {
	w.choose(title, &chooser{endings: []string{"/"}, chosen: chosen, folders: true})
}

func (w *Window) choose(title string, c *chooser) {
	c.w, c.notice = w, newNotice()
	c.path = parts.NewEntry("")
	c.path.OnSubmitted = func(typed string) { c.follow(strings.TrimSpace(typed)) }
	c.list = widget.NewList(func() int { return len(c.entries) }, newDiskRow, c.fillRow)
	c.list.OnSelected = func(i widget.ListItemID) {
		c.list.UnselectAll()
		c.follow(filepath.Join(c.dir, c.entries[i].name))
	}
	c.places = parts.Column(4)
	c.build(title)
	c.offerPlaces()
	w.win.Canvas().Focus(c.list)
}

func (c *chooser) build(title string) {
	w := c.w
	up := parts.NewOutlined(w.p.T("ui.choose.up"), func() { c.follow(filepath.Dir(c.dir)) })
	side := parts.NewGround(parts.Rail, parts.Wide(150, 0, container.NewVScroll(c.places))).Rounded(8).Padded(8, 8, 8, 8)
	top := parts.Column(0, parts.Inset(0, 10, 0, 0, parts.Row(10, parts.Grow(c.path), up)), c.notice.box)
	left := parts.Inset(0, 0, 0, 12, side)
	buttons := parts.Row(8, parts.Grow(nil), parts.NewOutlined(w.p.T("ui.cancel"), func() { c.dialog.Hide() }))
	if c.folders {
		buttons.Add(parts.NewFilled(w.p.T("ui.choose.here"), func() {
			w.folder = c.dir
			c.dialog.Hide()
			c.chosen(c.dir)
		}))
	}
	bottom := parts.Inset(10, 0, 0, 0, buttons)
	// in the order in which Tab goes through them
	body := container.New(layout.NewBorderLayout(top, bottom, left, nil), top, c.list, left, bottom)
	c.dialog = dialog.NewCustomWithoutButtons(title, body, w.win)
	size := w.win.Canvas().Size()
	c.dialog.Resize(fyne.NewSize(min(size.Width-60, 900), min(size.Height-60, 600)))
	c.dialog.Show()
}

// offerPlaces lists where people keep things, and begins there. A drive may
// take its time, so neither this nor what follows is done in the window.
func (c *chooser) offerPlaces() {
	w := c.w
	w.run.Ask("choose/places", func(context.Context) func() {
		places := diskPlaces()
		return func() {
			for _, p := range places {
				name := p.name
				if p.key != "" {
					name = w.p.T(p.key)
				}
				c.places.Add(parts.NewRailItem("folder", name, func() { c.follow(p.dir) }))
			}
			if w.folder == "" && len(places) > 0 {
				c.follow(places[0].dir)
			}
		}
	})
	if w.folder != "" {
		c.follow(w.folder)
	}
}

// follow goes into a folder or takes a file.
func (c *chooser) follow(path string) {
	c.w.run.Ask("choose/list", func(context.Context) func() {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return func() {
				c.w.folder = filepath.Dir(path)
				c.dialog.Hide()
				c.chosen(path)
			}
		}
		entries, err := listFolder(path, c.endings)
		return func() { c.show(path, entries, err) }
	})
}

func (c *chooser) show(dir string, entries []diskEntry, err error) {
	p := c.w.p
	switch {
	case err != nil:
		c.notice.show(parts.NewSmall(p.T("ui.choose.unreadable", "Name", dir), parts.Bad).Wrapped())
		return
	case len(entries) == 0 && !c.folders:
		c.notice.show(parts.NewMuted(p.T("ui.choose.empty")).Wrapped())
	default:
		c.notice.show(nil)
	}
	c.dir, c.entries = dir, entries
	c.path.SetText(dir)
	c.list.ScrollToTop()
	c.list.Refresh()
}

func newDiskRow() fyne.CanvasObject {
	return parts.Inset(6, 6, 8, 8, parts.Row(10, parts.NewIcon("folder", parts.Accent), parts.Grow(parts.NewText("").Cut()), parts.NewSmall("", parts.Muted)))
}

func (c *chooser) fillRow(i widget.ListItemID, o fyne.CanvasObject) {
	row := o.(*fyne.Container).Objects[0].(*fyne.Container)
	e := c.entries[i]
	icon, facts := "folder", ""
	if !e.folder {
		icon, facts = "table", c.w.p.Bytes(e.bytes)+" · "+moment(c.w.p.Lang(), e.changed)
	}
	row.Objects[0].(*parts.Icon).Set(icon, parts.Accent)
	row.Objects[1].(*fyne.Container).Objects[0].(*parts.Text).SetText(e.name)
	row.Objects[2].(*parts.Text).SetText(facts)
	row.Refresh()
}
