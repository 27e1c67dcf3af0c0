package app

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"chasqui/app/disk"
	"chasqui/app/store"
	"chasqui/sync/practice"
)

// PracticeOptions says how to serve the practice portal.
type PracticeOptions struct {
	Dir          string // its own folder; PracticeDir says which
	Listen       string // "" is a free port of this computer only
	Reset        bool   // forget everything published before
	Participants int    // editors with a token of their own; 0 means 1
}

// Practice is a practice portal that is being served.
type Practice struct {
	URL          string        `json:"url"`
	Organization string        `json:"organization"`
	Participants []Participant `json:"participants"`
	wait         func() error
	lock         *flock.Flock
}

// Participant is who may publish there, with the token that says so.
type Participant struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Token string `json:"token"`
}

// PracticeDir is the practice portal's folder beside a data folder's database.
func PracticeDir(dataDir string) string { return filepath.Join(dataDir, "practice") }

// ServePractice serves the practice portal until ctx ends. Its folder belongs
// to one server at a time: another is store.InUse.
func ServePractice(ctx context.Context, opt PracticeOptions) (*Practice, error) {
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return nil, disk.Explained(err)
	}
	lock := flock.New(filepath.Join(opt.Dir, "lock"))
	if held, err := lock.TryLock(); err != nil || !held {
		return nil, &store.Error{Kind: store.InUse, Err: err}
	}
	site, err := practice.New(opt.Dir, practice.Options{Participants: opt.Participants})
	if err == nil && opt.Reset {
		err = site.Reset()
	}
	if err != nil {
		return nil, errors.Join(disk.Explained(err), lock.Unlock())
	}
	listen := opt.Listen
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	address, wait, err := site.Serve(ctx, listen)
	if err != nil {
		return nil, errors.Join(&Error{Kind: CannotListen, Args: map[string]string{"Address": listen}, Err: err}, lock.Unlock())
	}
	p := &Practice{URL: address, Organization: site.Organization(), wait: wait, lock: lock}
	for _, t := range site.Tokens() {
		p.Participants = append(p.Participants, Participant{Name: t.Name, Role: string(t.Role), Token: t.Token})
	}
	return p, nil
}

// Wait returns when the portal has stopped serving.
func (p *Practice) Wait() error { return errors.Join(p.wait(), p.lock.Unlock()) }

// practiceSite is the practice portal that the App itself serves.
type practiceSite struct {
	site *Practice
	stop context.CancelFunc
}

// PracticeName is the name of the destination that StartPractice keeps.
const PracticeName = "practica"

// StartPractice serves the practice portal inside the program and returns the
// destination that leads to it. It goes on until StopPractice or Close. A port
// used before is asked for again, so that addresses stay.
func (a *App) StartPractice(ctx context.Context) (Destination, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before, err := a.store.Destination(ctx, PracticeName)
	if err != nil && kindOf(err) != store.NotFound {
		return Destination{}, err
	}
	if a.practice != nil {
		return before, nil
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	opt := PracticeOptions{Dir: PracticeDir(a.store.Dir())}
	if u, err := url.Parse(before.URL); err == nil {
		opt.Listen = u.Host
	}
	site, err := ServePractice(serving, opt)
	var busy *Error
	if errors.As(err, &busy) && busy.Kind == CannotListen && opt.Listen != "" {
		opt.Listen = ""
		site, err = ServePractice(serving, opt)
	}
	if err != nil {
		stop()
		return Destination{}, err
	}
	a.practice = &practiceSite{site, stop}
	return a.practiceDestination(ctx, before, site)
}

// practiceDestination keeps where the practice portal is served now.
func (a *App) practiceDestination(ctx context.Context, before Destination, site *Practice) (Destination, error) {
	tokenFile := filepath.Join(a.store.Dir(), "practice-token")
	if err := disk.WriteFile(a.opt.Disk, tokenFile, []byte(site.Participants[0].Token+"\n")); err != nil {
		return before, err
	}
	if err := os.Chmod(tokenFile, 0o600); err != nil {
		return before, disk.Explained(err)
	}
	if before.ID != "" {
		before.URL = site.URL
		return before, a.store.MoveDestination(ctx, before.ID, site.URL)
	}
	office, err := a.store.Office(ctx)
	if err != nil {
		return before, err
	}
	return a.store.AddDestination(ctx, Destination{
		Office: office.ID, Name: PracticeName, Kind: "practice", URL: site.URL, Organization: site.Organization, TokenFile: tokenFile,
	})
}

// StopPractice ends the practice portal that StartPractice began, if it did.
func (a *App) StopPractice() error {
	a.mu.Lock()
	running := a.practice
	a.practice = nil
	a.mu.Unlock()
	if running == nil {
		return nil
	}
	running.stop()
	return running.site.Wait()
}

// kindOf is the kind of a store's error, "" for any other.
func kindOf(err error) store.Kind {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
