package app

import (
	"context"
	"errors"

	"chasqui/sync/portal"
)

// pinSetting is the setting that keeps the key that a person trusts for a
// destination.
func pinSetting(destination string) string { return "pin/" + destination }

// Certificate is a destination's certificate that does not convince, for a
// person to look at.
type Certificate struct {
	Destination string `json:"destination"`
	Convinces   bool   `json:"convinces"` // nothing is to be decided
	Reason      string `json:"reason,omitempty"`
	Subject     string `json:"subject,omitempty"`
	Issuer      string `json:"issuer,omitempty"`
	NotAfter    string `json:"not_after,omitempty"` // ISO date
	Pin         string `json:"pin,omitempty"`       // names its key; see portal.Pin
	Trusted     bool   `json:"trusted"`             // a person trusts this key for this destination
}

// Certificate looks at a destination's certificate as everybody would, without
// what a person said of it. No token is sent.
func (a *App) Certificate(ctx context.Context, ref string) (Certificate, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Certificate{}, err
	}
	pin, err := a.store.Setting(ctx, pinSetting(d.ID))
	if err != nil {
		return Certificate{}, err
	}
	c, _ := courierOf(d.Kind)
	_, err = c.open(portal.Target{URL: d.URL, Transport: a.opt.Transport, Now: a.opt.Now}).Ping(ctx)
	found := Certificate{Destination: d.Name, Convinces: true}
	var e *portal.Error
	if !errors.As(err, &e) || e.Kind != portal.Untrusted {
		if e != nil && e.Kind == portal.Unreachable {
			return found, err // nobody saw it
		}
		return found, nil
	}
	found.Convinces, found.Reason = false, string(e.Reason)
	found.Subject, found.Issuer, found.NotAfter, found.Pin = e.Fields["subject"], e.Fields["issuer"], e.Fields["not_after"], e.Fields["pin"]
	found.Trusted = pin != "" && pin == found.Pin
	return found, nil
}

// Trust keeps the key that a person looked at as the only one that a
// destination may show. pin must be the one that its certificate has now;
// anything else is BadPin. An empty one forgets what was trusted.
func (a *App) Trust(ctx context.Context, ref, pin string) (Certificate, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return Certificate{}, err
	}
	found := Certificate{Destination: d.Name}
	if pin != "" {
		if found, err = a.Certificate(ctx, ref); err != nil {
			return found, err
		}
		if found.Pin != pin {
			return found, &Error{Kind: BadPin, Args: map[string]string{"Name": d.Name}}
		}
		found.Trusted = true
	}
	return found, a.store.SaveSetting(ctx, pinSetting(d.ID), pin)
}
