// Package app is what the program does, without a window and without a network
// of its own: look into a file, convert it, keep it as a dataset, correct and
// describe it, freeze and queue it, send what is queued.
//
// The window and the command line call the same functions. What needs no data
// folder is a function (Inspect, Convert); everything else is a method of App,
// which Open makes. Errors carry codes that app/message has words for.
package app

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"chasqui/app/describe"
	"chasqui/app/disk"
	"chasqui/app/secret"
	"chasqui/app/spool"
	"chasqui/app/store"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Options of opening the program's data.
type Options struct {
	// Dir is the data folder; DataDir says which one people get by default.
	Dir string
	// Shared opens for reading only, without the lock.
	Shared bool
	Disk   disk.Disk        // nil: the real one
	Now    func() time.Time // nil: the system's clock
	// Getenv reads the environment, for tokens kept there; required.
	Getenv func(string) string
	// Transport carries requests to portals; nil: a plain one, shared by all.
	Transport portal.Transport
	// Rate limits what is sent and fetched, in bytes a second, whatever the
	// office's setting; 0 leaves it to that.
	Rate int64
	// SecretWork is the logarithm of what a guess at the passphrase of the
	// secrets costs; 0 is age's own choice. Tests take less.
	SecretWork int
	// Lang is the language of texts that go into published files.
	Lang string
}

// App is the program over one data folder. Its methods may be called from any
// goroutine.
type App struct {
	store  *store.Store
	opt    Options
	outbox *outbox.Runner
	vault  *secret.Vault

	signing sync.Mutex // one making of the signing key at a time

	mu        sync.Mutex // guards what follows
	observers []func(outbox.Report)
	practice  *practiceSite
	link      LinkRules
	spools    map[string]*spooled
	profiles  *describe.Profiles
	couriers  map[string]portal.Client // by all that makes them what they are
}

// DataDir returns the data folder: the one asked for, else the environment's
// CHASQUI_DATA, else the platform's place.
func DataDir(asked string, getenv func(string) string) string {
	if asked != "" {
		return asked
	}
	if dir := getenv("CHASQUI_DATA"); dir != "" {
		return dir
	}
	return filepath.Join(xdg.DataHome, "chasqui")
}

// Open opens the data folder. What was being sent when the program last ended
// is available again.
func Open(ctx context.Context, opt Options) (*App, error) {
	if opt.Disk == nil {
		opt.Disk = disk.OS{}
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Transport == nil {
		opt.Transport = portal.Plain() // one for all jobs: connections are kept
	}
	s, err := store.Open(ctx, store.Options{Dir: opt.Dir, Shared: opt.Shared, Disk: opt.Disk, Now: opt.Now})
	if err != nil {
		return nil, err
	}
	a := &App{store: s, opt: opt, spools: map[string]*spooled{}, couriers: map[string]portal.Client{}}
	a.profiles, _ = a.readProfiles() // one that can't be used is told by ProfileFaults
	a.vault = &secret.Vault{Dir: opt.Dir, Disk: opt.Disk, Getenv: opt.Getenv, Work: opt.SecretWork}
	if err := a.loadLink(ctx); err != nil {
		s.Close()
		return nil, err
	}
	a.opt.Transport = portal.Metered(portal.Throttle(opt.Transport, a.rate, opt.Now), opt.Now)
	a.outbox = &outbox.Runner{
		Store: s, Client: a.courier, Now: opt.Now, Jitter: rand.Float64, Observer: a.tell, Admit: a.admit, Pace: a.pace,
	}
	if opt.Shared {
		return a, nil
	}
	spool.Sweep(a.spoolDir())
	if err := a.outbox.Recover(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return a, nil
}

// Close ends what is still going on and gives the data folder free.
func (a *App) Close() error {
	a.closeSpools()
	a.StopPractice()
	return a.store.Close()
}

// Watch adds a listener for what happens in the outbox. It is called in the
// goroutine that sends, must return at once, and lives as long as the App.
func (a *App) Watch(listener func(outbox.Report)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.observers = append(a.observers, listener)
}

func (a *App) tell(r outbox.Report) {
	a.mu.Lock()
	listeners := a.observers
	a.mu.Unlock()
	for _, l := range listeners {
		l(r)
	}
}

// Setting returns a preference of the window, "" if it was never set.
func (a *App) Setting(ctx context.Context, key string) (string, error) {
	return a.store.Setting(ctx, key)
}

// SaveSetting keeps a preference of the window.
func (a *App) SaveSetting(ctx context.Context, key, value string) error {
	return a.store.SaveSetting(ctx, key, value)
}
