package app

import (
	"context"

	"chasqui/app/store"
)

// Office is the office that works here.
type Office = store.Office

// Office returns the installation's office.
func (a *App) Office(ctx context.Context) (Office, error) { return a.store.Office(ctx) }

// SaveOffice keeps what the office says of itself.
func (a *App) SaveOffice(ctx context.Context, o Office) error { return a.store.SaveOffice(ctx, o) }
