package app

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"chasqui/app/store"
	"chasqui/sync/ckan"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Destination is a place where datasets are published.
type Destination = store.Destination

// Status is what a destination says of itself and of us.
type Status = portal.Status

// courierKind is one kind of destination: how its courier is made.
type courierKind struct {
	kind string
	open func(portal.Target) portal.Client
}

// couriers are the kinds of destinations. The practice portal speaks CKAN's
// API, so it has CKAN's courier.
var couriers = [...]courierKind{
	{"ckan", ckan.New},
	{"practice", ckan.New},
}

// DestinationKinds lists the kinds of destinations.
func DestinationKinds() []string {
	kinds := make([]string, len(couriers))
	for i, c := range couriers {
		kinds[i] = c.kind
	}
	return kinds
}

// AddDestination keeps a new destination for the office. Its token is named by
// a file or by an environment variable and never kept; a file's path is made
// absolute.
func (a *App) AddDestination(ctx context.Context, d Destination) (Destination, error) {
	known := DestinationKinds()
	if _, ok := courierOf(d.Kind); !ok {
		return d, &Error{Kind: UnknownKind, Args: map[string]string{"Kind": d.Kind, "Allowed": strings.Join(known, ", ")}}
	}
	d, err := checkAddress(d)
	if err != nil {
		return d, err
	}
	if d.TokenFile != "" {
		if d.TokenFile, err = filepath.Abs(d.TokenFile); err != nil {
			return d, err
		}
		if _, err := a.token(d); err != nil {
			return d, err
		}
	}
	office, err := a.store.Office(ctx)
	if err != nil {
		return d, err
	}
	d.Office = office.ID
	return a.store.AddDestination(ctx, d)
}

func courierOf(kind string) (courierKind, bool) {
	for _, c := range couriers {
		if c.kind == kind {
			return c, true
		}
	}
	return courierKind{}, false
}

// Destinations lists the office's destinations, by name.
func (a *App) Destinations(ctx context.Context) ([]Destination, error) {
	return a.store.Destinations(ctx)
}

// RemoveDestination takes a destination away.
func (a *App) RemoveDestination(ctx context.Context, ref string) error {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return err
	}
	if err := a.store.RemoveDestination(ctx, d.ID); err != nil {
		return err
	}
	if err := a.store.SaveSetting(ctx, pinSetting(d.ID), ""); err != nil {
		return err
	}
	return a.forgetToken(d)
}

// TestDestination asks a destination who it is and what we may do there.
func (a *App) TestDestination(ctx context.Context, ref string) (Status, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Status{}, err
	}
	client, err := a.client(ctx, d)
	if err != nil {
		return Status{}, err
	}
	status, err := client.Ping(ctx)
	if err == nil && status.Supported {
		// what the portal asks is good to have offline; without it the answer to
		// this question is none the worse
		_, _ = a.readForm(ctx, d, client)
	}
	return status, err
}

// MoveDestination gives a destination another address. Its token goes there from
// now on: a person says so, no redirect does.
func (a *App) MoveDestination(ctx context.Context, ref, address string) (Destination, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return d, err
	}
	d.URL = address
	if d, err = checkAddress(d); err != nil {
		return d, err
	}
	return d, a.store.MoveDestination(ctx, d.ID, d.URL)
}

// checkAddress tidies a destination's address, or says that it is none.
func checkAddress(d Destination) (Destination, error) {
	d.URL = strings.TrimRight(strings.TrimSpace(d.URL), "/")
	u, err := url.Parse(d.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return d, &Error{Kind: BadAddress, Args: map[string]string{"URL": d.URL}, Err: err}
	}
	return d, nil
}

// Withdraw takes a dataset from a portal's public view. Its publications stay in
// the history; publishing it again asks first, since it is gone there. One that
// waits to be sent there is store.HasJobs.
func (a *App) Withdraw(ctx context.Context, dataset, destination string) error {
	ds, err := a.store.Dataset(ctx, dataset)
	if err != nil {
		return err
	}
	d, err := a.store.Destination(ctx, destination)
	if err != nil {
		return err
	}
	jobs, err := a.store.AllJobs(ctx)
	if err != nil {
		return err
	}
	var last outbox.Job
	for _, j := range jobs {
		switch {
		case j.Dataset != ds.ID || j.Destination != d.ID || j.State == outbox.Cancelled:
		case j.State != outbox.Completed:
			return &store.Error{Kind: store.HasJobs, What: "dataset", Ref: dataset}
		case last.ID == "":
			last = j
		}
	}
	if last.ID == "" {
		return &store.Error{Kind: store.NotFound, What: "dataset", Ref: dataset}
	}
	frozen, _, err := a.store.Load(ctx, last)
	if err != nil {
		return err
	}
	client, err := a.client(ctx, d)
	if err != nil {
		return err
	}
	return client.Remove(ctx, frozen)
}

// OpenToOthers reports whether a destination's token file can be read by other
// users of this computer, which is worth a warning.
func OpenToOthers(d Destination) bool {
	if d.TokenFile == "" {
		return false
	}
	info, err := os.Stat(d.TokenFile)
	return err == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/'
}

// client returns the courier to a destination. One is kept for as long as
// nothing of the destination changes: what it learned of the portal, and its
// connections, serve the next publication too.
func (a *App) client(ctx context.Context, d Destination) (portal.Client, error) {
	pin, err := a.store.Setting(ctx, pinSetting(d.ID))
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	poor := a.link.PoorLink()
	key := fmt.Sprintf("%+v %s %d", d, pin, poor)
	if known, ok := a.couriers[key]; ok {
		return known, nil
	}
	transport := a.opt.Transport
	if pin != "" {
		wired, err := portal.Wire(portal.Wiring{Pins: []string{pin}})
		if err != nil {
			return nil, err
		}
		transport = portal.Metered(portal.Throttle(wired, a.rate, a.opt.Now), a.opt.Now)
	}
	c, _ := courierOf(d.Kind) // AddDestination lets no other kind in
	a.couriers[key] = c.open(portal.Target{
		URL:          d.URL,
		Organization: d.Organization,
		Token:        func() (string, error) { return a.token(d) },
		Transport:    transport,
		Now:          a.opt.Now,
		PoorLink:     poor,
	})
	return a.couriers[key], nil
}

// token reads a destination's token where the person said it is.
func (a *App) token(d Destination) (string, error) {
	switch {
	case d.TokenFile != "":
		data, err := os.ReadFile(d.TokenFile)
		if err != nil {
			return "", &Error{Kind: NoToken, Args: map[string]string{"Name": d.TokenFile}, Err: err}
		}
		return strings.TrimSpace(string(data)), nil
	case d.TokenEnv != "":
		if t := strings.TrimSpace(a.opt.Getenv(d.TokenEnv)); t != "" {
			return t, nil
		}
		return "", &Error{Kind: NoToken, Args: map[string]string{"Name": d.TokenEnv}}
	case d.TokenKept != "":
		return a.keptToken(d)
	}
	return "", nil
}

// courier is what the outbox asks for at each run of a job.
func (a *App) courier(ctx context.Context, job outbox.Job) (portal.Client, portal.Files, error) {
	d, err := a.store.Destination(ctx, job.Destination)
	if err != nil {
		return nil, nil, err
	}
	client, err := a.client(ctx, d)
	return client, a.store, err
}
