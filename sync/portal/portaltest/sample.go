package portaltest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"github.com/google/uuid"

	"chasqui/sync/portal"
)

// Sample returns a small dataset of the given files, with random id and name,
// and the blobs that hold them. Resource ids are fresh.
func Sample(organization string, files ...string) (portal.Dataset, *Blobs) {
	id := uuid.NewString()
	blobs := &Blobs{}
	ds := portal.Dataset{
		ID:           id,
		Name:         "prueba-" + id[:13],
		Title:        "Ejecución presupuestal " + id[:4],
		Description:  "Gasto devengado por partida.\n\nSegunda línea.",
		License:      portal.License{ID: "cc-by", Title: "Creative Commons Attribution"},
		Organization: organization,
		Publisher:    "Municipalidad Distrital",
		Contact:      "Oficina de Presupuesto",
		Email:        "presupuesto@example.org",
		Keywords:     []string{"presupuesto", "gasto público"},
		Extras:       map[string]string{"frequency": "monthly"},
	}
	for i, content := range files {
		d := portal.Distribution{
			ID:        uuid.NewString(),
			Name:      fmt.Sprintf("Tabla %d", i+1),
			FileName:  fmt.Sprintf("tabla-%d.csv", i+1),
			Format:    "CSV",
			MediaType: "text/csv",
		}
		ds.Resources = append(ds.Resources, blobs.Put(d, content))
	}
	return ds, blobs
}

// Blobs are frozen files in memory; it is a portal.Files.
type Blobs struct {
	mu    sync.Mutex
	byKey map[string][]byte
}

// Put keeps the content and returns the distribution with its size and hash.
func (b *Blobs) Put(d portal.Distribution, content string) portal.Distribution {
	sum := sha256.Sum256([]byte(content))
	d.SHA256, d.Bytes = hex.EncodeToString(sum[:]), int64(len(content))
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byKey == nil {
		b.byKey = map[string][]byte{}
	}
	b.byKey[d.SHA256] = []byte(content)
	return d
}

// OpenBlob opens a file by its SHA-256; an unknown one is fs.ErrNotExist.
func (b *Blobs) OpenBlob(sum string) (io.ReadSeekCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	content, ok := b.byKey[sum]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return blob{bytes.NewReader(content)}, nil
}

type blob struct{ *bytes.Reader }

// Close has nothing to free.
func (blob) Close() error { return nil }

// Memory is a journal in memory.
type Memory struct {
	mu    sync.Mutex
	words map[string]string
}

// Load returns what was saved under the key, or "".
func (m *Memory) Load(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.words[key], nil
}

// Save keeps a value.
func (m *Memory) Save(_ context.Context, key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil {
		m.words = map[string]string{}
	}
	m.words[key] = value
	return nil
}

// kindOf returns the kind of a courier's error: "" for none, "?" for an error
// that is no *portal.Error.
func kindOf(err error) portal.Kind {
	if err == nil {
		return ""
	}
	var e *portal.Error
	if !errors.As(err, &e) {
		return "?"
	}
	return e.Kind
}
