// Package receipt is the proof of a publication that can be handed to others:
// what was published, when, where, and the hash of each file as the portal
// served it, signed by the installation's key. It is one JSON file, and a page
// for people made from it.
//
// The signature is Ed25519 (RFC 8032) over the line "chasqui receipt 1" and the
// receipt's JSON without blanks (json.Compact), so that a file that was
// indented or broken into lines anew still proves what it did.
package receipt

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// version is what Sign writes; Verify refuses a later one.
const version = 1

// prefix keeps a signature of a receipt from being one of anything else.
const prefix = "chasqui receipt 1\n"

// algorithm is the one that signs.
const algorithm = "Ed25519"

// Document is what a receipt says.
type Document struct {
	Version     int         `json:"version"`
	Job         string      `json:"job"`
	Dataset     string      `json:"dataset"` // urn:uuid of the dataset
	Revision    string      `json:"revision"`
	Title       string      `json:"title"`
	Office      string      `json:"office,omitempty"`
	Destination Destination `json:"destination"`
	PortalID    string      `json:"portal_id"` // the portal's id of the dataset
	URL         string      `json:"url"`       // the page that people read
	Queued      time.Time   `json:"queued"`
	Published   time.Time   `json:"published"` // when the portal's files were compared
	Verified    string      `json:"verified"`  // "full" or "sampled", see portal.Receipt
	Attempts    int         `json:"attempts"`
	Files       []File      `json:"files"`
}

// Destination is where it was published.
type Destination struct {
	Name         string `json:"name"`
	URL          string `json:"url"`
	Organization string `json:"organization,omitempty"`
}

// File is one file as the portal served it.
type File struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Signature says who signed, and proves it. Key and Value are base64.
type Signature struct {
	Algorithm string `json:"algorithm"`
	Key       []byte `json:"key"`
	Value     []byte `json:"value"`
}

// signed is the file: the receipt as it was signed, and the signature.
type signed struct {
	Receipt   json.RawMessage `json:"receipt"`
	Signature Signature       `json:"signature"`
}

// ErrForm says that a file is no receipt of ours, or of a later version.
var ErrForm = errors.New("receipt: not a receipt")

// ErrForged says that a receipt is not what was signed.
var ErrForged = errors.New("receipt: the signature does not fit")

// Sign returns the receipt's file, as indented JSON.
func Sign(d Document, key ed25519.PrivateKey) ([]byte, error) {
	d.Version = version
	content, err := encode(d)
	if err != nil {
		return nil, err
	}
	public, _ := key.Public().(ed25519.PublicKey)
	text, err := encode(signed{
		Receipt:   content,
		Signature: Signature{Algorithm: algorithm, Key: public, Value: ed25519.Sign(key, append([]byte(prefix), content...))},
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// encode writes JSON without blanks and without escapes that only HTML needs.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Verify reads a receipt's file, and returns what it says and by which key. It
// is ErrForm where the file is no receipt, and ErrForged where it says what was
// not signed. Whose key it is, is for the reader to know: see Fingerprint.
func Verify(file []byte) (Document, ed25519.PublicKey, error) {
	var s signed
	var d Document
	if json.Unmarshal(file, &s) != nil || json.Unmarshal(s.Receipt, &d) != nil {
		return d, nil, ErrForm
	}
	if d.Version < 1 || d.Version > version || s.Signature.Algorithm != algorithm || len(s.Signature.Key) != ed25519.PublicKeySize {
		return d, nil, ErrForm
	}
	var content bytes.Buffer
	content.WriteString(prefix)
	if err := json.Compact(&content, s.Receipt); err != nil {
		return d, nil, ErrForm
	}
	key := ed25519.PublicKey(s.Signature.Key)
	if !ed25519.Verify(key, content.Bytes(), s.Signature.Value) {
		return Document{}, nil, ErrForged
	}
	return d, key, nil
}

// Fingerprint is a key in a form that two people can compare by telephone: the
// first 16 bytes of its SHA-256 in hex, in groups of four.
func Fingerprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	digits := hex.EncodeToString(sum[:16])
	var groups []string
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return strings.Join(groups, " ")
}
