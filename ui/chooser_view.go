package ui

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
)

// diskEntry is one line of the file chooser.
type diskEntry struct {
	name    string
	folder  bool
	bytes   int64
	changed time.Time
}

// listFolder reads a folder: folders first, then the files with one of the
// endings (none: all), each in the order of their names. What is hidden, and
// what can't be looked at, is left out.
func listFolder(dir string, endings []string) ([]diskEntry, error) {
	read, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []diskEntry
	for _, e := range read {
		info, err := os.Stat(filepath.Join(dir, e.Name())) // follows links
		if err != nil || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		ending := strings.ToLower(filepath.Ext(e.Name()))
		if !info.IsDir() && len(endings) > 0 && !slices.Contains(endings, ending) {
			continue
		}
		out = append(out, diskEntry{e.Name(), info.IsDir(), info.Size(), info.ModTime()})
	}
	slices.SortFunc(out, func(a, b diskEntry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return out, nil
}

// diskPlace is a folder where people keep things: key names it, or name does
// for a drive.
type diskPlace struct{ key, name, dir string }

// diskPlaces are the places that exist on this computer.
func diskPlaces() []diskPlace {
	places := []diskPlace{
		{key: "ui.choose.home", dir: xdg.Home},
		{key: "ui.choose.desktop", dir: xdg.UserDirs.Desktop},
		{key: "ui.choose.documents", dir: xdg.UserDirs.Documents},
		{key: "ui.choose.downloads", dir: xdg.UserDirs.Download},
	}
	if runtime.GOOS == "windows" {
		for letter := 'A'; letter <= 'Z'; letter++ {
			places = append(places, diskPlace{name: string(letter) + ":", dir: string(letter) + `:\`})
		}
	} else {
		places = append(places, diskPlace{key: "ui.choose.computer", dir: "/"})
	}
	return slices.DeleteFunc(append(places, mounted()...), func(p diskPlace) bool {
		info, err := os.Stat(p.dir)
		return p.dir == "" || err != nil || !info.IsDir()
	})
}

// mounted are memory sticks and the like, where systems other than Windows
// show them.
func mounted() []diskPlace {
	var places []diskPlace
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern) // the patterns are well formed
		for _, dir := range found {
			places = append(places, diskPlace{name: filepath.Base(dir), dir: dir})
		}
	}
	return places
}
