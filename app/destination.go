package app

import (
	"context"
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
	d.URL = strings.TrimRight(strings.TrimSpace(d.URL), "/")
	u, err := url.Parse(d.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return d, &Error{Kind: BadAddress, Args: map[string]string{"URL": d.URL}, Err: err}
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
	return a.forgetToken(d)
}

// TestDestination asks a destination who it is and what we may do there.
func (a *App) TestDestination(ctx context.Context, ref string) (Status, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Status{}, err
	}
	return a.client(d).Ping(ctx)
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

// client makes the courier to a destination.
func (a *App) client(d Destination) portal.Client {
	c, _ := courierOf(d.Kind) // AddDestination lets no other kind in
	return c.open(portal.Target{
		URL:          d.URL,
		Organization: d.Organization,
		Token:        func() (string, error) { return a.token(d) },
		Transport:    a.opt.Transport,
		Now:          a.opt.Now,
	})
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
	return a.client(d), a.store, nil
}
