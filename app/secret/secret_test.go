package secret

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"chasqui/app/disk"
)

// lowWork keeps the tests from waiting for the passphrase's cost.
const lowWork = 10

func vaultIn(dir string, env map[string]string, ask func(bool) (string, error)) *Vault {
	return &Vault{Dir: dir, Disk: disk.OS{}, Getenv: func(k string) string { return env[k] }, Ask: ask, Work: lowWork}
}

func answer(words string) func(bool) (string, error) {
	return func(bool) (string, error) { return words, nil }
}

func kindOf(err error) Kind {
	var e *Error
	errors.As(err, &e)
	if e == nil {
		return ""
	}
	return e.Kind
}

func TestASecretGoesToTheKeyringAndNowhereElse(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	v := vaultIn(dir, nil, nil)
	place, err := v.Set("token/1", "s3cret")
	if err != nil || place != Keyring {
		t.Fatalf("%q, %v", place, err)
	}
	if got, err := vaultIn(dir, nil, nil).Get("token/1", Keyring); err != nil || got != "s3cret" {
		t.Errorf("%q, %v", got, err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("the data folder holds %v", left)
	}
	if err := v.Delete("token/1", Keyring); err != nil {
		t.Error(err)
	}
	if _, err := v.Get("token/1", Keyring); kindOf(err) != Missing {
		t.Errorf("forgotten: %v", err)
	}
	if err := v.Delete("token/1", Keyring); err != nil {
		t.Errorf("forgotten twice: %v", err)
	}
}

func TestWithoutAKeyringAFileWithAPassphraseKeepsIt(t *testing.T) {
	keyring.MockInitWithError(errors.New("no such interface"))
	dir := t.TempDir()
	v := vaultIn(dir, nil, answer("correct horse"))
	for name, value := range map[string]string{"token/1": "s3cret", "token/2": "0ther"} {
		if place, err := v.Set(name, value); err != nil || place != Age {
			t.Fatalf("%q, %v", place, err)
		}
	}
	sealed, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || bytes.Contains(sealed, []byte("s3cret")) || bytes.Contains(sealed, []byte("token")) {
		t.Errorf("the file is not closed: %v", err)
	}
	again := vaultIn(dir, nil, answer("correct horse"))
	if got, err := again.Get("token/1", Age); err != nil || got != "s3cret" {
		t.Errorf("%q, %v", got, err)
	}
	if err := again.Delete("token/1", Age); err != nil {
		t.Error(err)
	}
	later := vaultIn(dir, nil, answer("correct horse"))
	if _, err := later.Get("token/1", Age); kindOf(err) != Missing {
		t.Errorf("forgotten: %v", err)
	}
	if got, err := later.Get("token/2", Age); err != nil || got != "0ther" {
		t.Errorf("the other one: %q, %v", got, err)
	}
	if _, err := vaultIn(dir, nil, answer("wrong")).Get("token/2", Age); kindOf(err) != WrongWords {
		t.Errorf("a wrong passphrase: %v", err)
	}
}

func TestThePassphraseIsReadFromTheFileThatTheEnvironmentNames(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	words := filepath.Join(dir, "words")
	if err := os.WriteFile(words, []byte("correct horse\r\nnot this\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{PassphraseVariable: words, KeyringVariable: "off"}
	if place, err := vaultIn(dir, env, nil).Set("a", "b"); err != nil || place != Age {
		t.Fatalf("%q, %v", place, err)
	}
	asked := 0
	v := vaultIn(dir, nil, func(fresh bool) (string, error) {
		asked++
		if fresh {
			t.Error("the file is there")
		}
		return "correct horse", nil
	})
	if !v.Closed(Age) || v.Closed(Keyring) {
		t.Error("the file is closed until somebody opens it")
	}
	for range 3 {
		if got, err := v.Get("a", Age); err != nil || got != "b" {
			t.Errorf("%q, %v", got, err)
		}
	}
	if asked != 1 || v.Closed(Age) {
		t.Errorf("asked %d times", asked)
	}
}

func TestWhereNothingCanKeepASecretTheErrorSaysSo(t *testing.T) {
	keyring.MockInitWithError(errors.New("no such interface"))
	dir := t.TempDir()
	for name, v := range map[string]*Vault{
		"nobody to ask": vaultIn(dir, nil, nil),
		"no answer":     vaultIn(dir, nil, answer("")),
		"no such file":  vaultIn(dir, map[string]string{PassphraseVariable: filepath.Join(dir, "none")}, nil),
	} {
		if place, err := v.Set("a", "b"); kindOf(err) != NoPlace || place != "" {
			t.Errorf("%s: %q, %v", name, place, err)
		}
	}
}
