package app

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"

	"github.com/google/uuid"

	"chasqui/app/secret"
)

// AskPassphrase says who is asked for the passphrase of the data folder's
// secrets, where the system has no keyring and the environment names no file;
// fresh means that it is a new one. Without it nobody is asked.
func (a *App) AskPassphrase(ask func(fresh bool) (string, error)) { a.vault.Ask = ask }

func tokenName(destination string) string { return "token/" + destination }

// KeepToken keeps a token that a person typed for a destination, in the
// system's keyring or else in the data folder's encrypted file, in place of
// what was named or kept before. An empty token forgets the one that is kept.
func (a *App) KeepToken(ctx context.Context, ref, token string) (Destination, error) {
	d, err := a.store.Destination(ctx, ref)
	if err != nil {
		return d, err
	}
	token = strings.TrimSpace(token)
	place := secret.Place("")
	if token != "" {
		if place, err = a.vault.Set(tokenName(d.ID), token); err != nil {
			return d, err
		}
	}
	if d.TokenKept != "" && string(place) != d.TokenKept {
		if err := a.forgetToken(d); err != nil {
			return d, err
		}
	}
	d.TokenKept, d.TokenFile, d.TokenEnv = string(place), "", ""
	return d, a.store.KeepToken(ctx, d.ID, d.TokenKept)
}

// keptToken reads the token that a person typed for a destination.
func (a *App) keptToken(d Destination) (string, error) {
	return a.vault.Get(tokenName(d.ID), secret.Place(d.TokenKept))
}

// forgetToken takes a destination's typed token out of where it is kept. In a
// file that nobody can open now it stays, and stays closed.
func (a *App) forgetToken(d Destination) error {
	err := a.vault.Delete(tokenName(d.ID), secret.Place(d.TokenKept))
	var locked *secret.Error
	if errors.As(err, &locked) {
		return nil
	}
	return err
}

// signingSetting is the setting that says which key signs the receipts: its
// public half and where the other one is kept.
const signingSetting = "signing-key"

// signing is what the setting holds. Name is the key's name in the vault.
type signing struct {
	Name   string            `json:"name"`
	Kept   secret.Place      `json:"kept"`
	Public ed25519.PublicKey `json:"public"`
}

// signingKey returns the installation's key, and makes it the first time.
func (a *App) signingKey(ctx context.Context) (ed25519.PrivateKey, error) {
	a.signing.Lock()
	defer a.signing.Unlock()
	text, err := a.store.Setting(ctx, signingSetting)
	if err != nil {
		return nil, err
	}
	var s signing
	if text != "" {
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			return nil, err
		}
		seed, err := a.vault.Get(s.Name, s.Kept)
		if err != nil {
			return nil, err
		}
		return keyOf(seed, s.Public)
	}
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	s = signing{Name: "signing-key/" + uuid.NewString(), Public: public}
	if s.Kept, err = a.vault.Set(s.Name, string(encodeSeed(key))); err != nil {
		return nil, err
	}
	kept, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return key, a.store.SaveSetting(ctx, signingSetting, string(kept))
}
