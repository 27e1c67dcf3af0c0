package app

import (
	"context"
	"encoding/json"
)

// What a person typed into a form and is no value yet, an address without its end
// say, is kept beside the description, so that it is there when she comes back.

// typedSetting is where a dataset's unfinished values are kept.
func typedSetting(dataset string) string { return "typed/" + dataset }

// Typed returns the unfinished values of a dataset's form, by key.
func (a *App) Typed(ctx context.Context, dataset string) (map[string]string, error) {
	kept, err := a.store.Setting(ctx, typedSetting(dataset))
	values := map[string]string{}
	if err != nil || kept == "" {
		return values, err
	}
	return values, json.Unmarshal([]byte(kept), &values)
}

// KeepTyped keeps unfinished values; "" forgets one.
func (a *App) KeepTyped(ctx context.Context, dataset string, values map[string]string) error {
	kept, err := a.Typed(ctx, dataset)
	if err != nil {
		return err
	}
	for key, value := range values {
		if value == "" {
			delete(kept, key)
		} else {
			kept[key] = value
		}
	}
	return a.store.SaveSetting(ctx, typedSetting(dataset), encoded(kept))
}
