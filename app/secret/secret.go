// Package secret keeps what must not be read by others: tokens that a person
// typed, and the key that signs receipts. They go to the keyring of the
// operating system; where there is none, into one file in the data folder,
// encrypted by age with a passphrase. They stand in no database, no log and no
// command line.
//
// Start with Vault: Set says where a secret went, and Get wants to hear it.
package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"filippo.io/age"
	"github.com/zalando/go-keyring"

	"chasqui/app/disk"
)

// Place is where a secret is kept.
type Place string

// The places; "" is nowhere.
const (
	Keyring Place = "keyring"
	Age     Place = "age"
)

// The environment's words for a Vault.
const (
	// PassphraseVariable names a file whose first line is the passphrase.
	PassphraseVariable = "CHASQUI_PASSPHRASE_FILE"
	// KeyringVariable set to "off" leaves the keyring alone.
	KeyringVariable = "CHASQUI_KEYRING"
)

// service is the name under which the keyring lists our secrets.
const service = "chasqui"

// fileName is the age file in the data folder.
const fileName = "secrets.age"

// Kind says what a Vault could not do.
type Kind string

// The kinds of a Vault's errors; each has words in app/message.
const (
	NoPlace    Kind = "no_keyring"       // no keyring, no passphrase and nobody to ask
	WrongWords Kind = "wrong_passphrase" // the passphrase does not open the file
	Missing    Kind = "secret_missing"   // it is not where it was put
)

// Kinds lists every kind, for tables and tests.
var Kinds = [...]Kind{NoPlace, WrongWords, Missing}

// Error is an error of a Vault. It never holds a secret.
type Error struct {
	Kind Kind
	Err  error
}

// Error is for logs; people read app/message.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Kind, e.Err)
	}
	return string(e.Kind)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Code is the error's key in app/message.
func (e *Error) Code() string { return string(e.Kind) }

// Values are the placeholders of the error's text: none.
func (e *Error) Values() map[string]string { return nil }

// Vault keeps the secrets of one data folder. Its methods may be called from
// any goroutine.
type Vault struct {
	Dir    string // the data folder
	Disk   disk.Disk
	Getenv func(string) string
	// Ask asks a person for the passphrase; fresh says that the file is made
	// now, so that the passphrase is a new one. nil: there is nobody to ask.
	Ask func(fresh bool) (string, error)
	// Work is the logarithm of what a guess at the passphrase costs; 0 is age's
	// own choice, about a second.
	Work int

	mu     sync.Mutex
	opened map[string]string // what the age file holds, once it was opened
	words  string            // its passphrase
}

// Set keeps a secret under a name, and returns where.
func (v *Vault) Set(name, value string) (Place, error) {
	if v.Getenv(KeyringVariable) != "off" && keyring.Set(service, name, value) == nil {
		return Keyring, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.open(); err != nil {
		return "", err
	}
	v.opened[name] = value
	return Age, v.write()
}

// Get returns the secret of that name from where it was put.
func (v *Vault) Get(name string, from Place) (string, error) {
	if from == Keyring {
		value, err := keyring.Get(service, name)
		if err != nil {
			return "", &Error{Kind: Missing, Err: err}
		}
		return value, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.open(); err != nil {
		return "", err
	}
	value, ok := v.opened[name]
	if !ok {
		return "", &Error{Kind: Missing}
	}
	return value, nil
}

// Delete forgets the secret of that name. One that is not there is no error.
func (v *Vault) Delete(name string, from Place) error {
	switch from {
	case Keyring:
		if err := keyring.Delete(service, name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return &Error{Kind: Missing, Err: err}
		}
	case Age:
		v.mu.Lock()
		defer v.mu.Unlock()
		if err := v.open(); err != nil {
			return err
		}
		delete(v.opened, name)
		return v.write()
	}
	return nil
}

// Closed reports whether reading a secret from there would ask a person for
// the passphrase.
func (v *Vault) Closed(place Place) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return place == Age && v.opened == nil && v.Getenv(PassphraseVariable) == ""
}

// open reads the age file, if that was not done before.
func (v *Vault) open() error {
	if v.opened != nil {
		return nil
	}
	sealed, err := os.ReadFile(v.path())
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return disk.Explained(err)
	}
	words, err := v.passphrase(fresh)
	if err != nil {
		return err
	}
	held := map[string]string{}
	if !fresh {
		if held, err = unseal(sealed, words); err != nil {
			return err
		}
	}
	v.opened, v.words = held, words
	return nil
}

// unseal decrypts the file's bytes.
func unseal(sealed []byte, words string) (map[string]string, error) {
	identity, err := age.NewScryptIdentity(words)
	if err != nil {
		return nil, &Error{Kind: WrongWords, Err: err}
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, &Error{Kind: WrongWords, Err: err}
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		return nil, &Error{Kind: WrongWords, Err: err}
	}
	held := map[string]string{}
	return held, json.Unmarshal(text, &held)
}

// write replaces the age file by one with what is held now.
func (v *Vault) write() error {
	to, err := age.NewScryptRecipient(v.words)
	if err != nil {
		return &Error{Kind: NoPlace, Err: err}
	}
	if v.Work > 0 {
		to.SetWorkFactor(v.Work)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(v.opened); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := disk.WriteFile(v.Disk, v.path(), sealed.Bytes()); err != nil {
		return err
	}
	return disk.Explained(os.Chmod(v.path(), 0o600))
}

func (v *Vault) path() string { return filepath.Join(v.Dir, fileName) }

// passphrase reads the passphrase from the file that the environment names, or
// asks for it.
func (v *Vault) passphrase(fresh bool) (string, error) {
	var words string
	if name := v.Getenv(PassphraseVariable); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			return "", &Error{Kind: NoPlace, Err: err}
		}
		words, _, _ = strings.Cut(string(data), "\n")
		words = strings.TrimSuffix(words, "\r")
	} else if v.Ask != nil {
		var err error
		if words, err = v.Ask(fresh); err != nil {
			return "", err
		}
	}
	if words == "" {
		return "", &Error{Kind: NoPlace}
	}
	return words, nil
}
