package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"path/filepath"
	"time"

	"chasqui/app/disk"
	"chasqui/app/message"
	"chasqui/app/receipt"
	"chasqui/app/secret"
	"chasqui/sync/portal"
)

// ReceiptDocument is what a signed receipt says.
type ReceiptDocument = receipt.Document

// ReceiptFile is a job's receipt to hand out: the signed JSON, the page made
// of it, and the name of both without ending.
type ReceiptFile struct {
	Name        string
	JSON, HTML  []byte
	Fingerprint string // of the key that signed
}

func encodeSeed(key ed25519.PrivateKey) []byte {
	return base64.StdEncoding.AppendEncode(nil, key.Seed())
}

// keyOf makes the key of what the vault kept; one that does not fit its public
// half is Missing.
func keyOf(seed string, public ed25519.PublicKey) (ed25519.PrivateKey, error) {
	raw, err := base64.StdEncoding.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, &secret.Error{Kind: secret.Missing, Err: err}
	}
	key := ed25519.NewKeyFromSeed(raw)
	if !public.Equal(key.Public()) {
		return nil, &secret.Error{Kind: secret.Missing}
	}
	return key, nil
}

// SignedReceipt signs a job's receipt with the installation's key and makes
// its page in the language. A job that is not published is NoReceipt.
func (a *App) SignedReceipt(ctx context.Context, ref, lang string) (ReceiptFile, error) {
	j, err := a.Job(ctx, ref)
	if err != nil {
		return ReceiptFile{}, err
	}
	if j.Receipt == nil {
		return ReceiptFile{}, &Error{Kind: NoReceipt, Args: map[string]string{"Title": j.Title}}
	}
	office, err := a.store.Office(ctx)
	if err != nil {
		return ReceiptFile{}, err
	}
	revision, err := a.store.Revision(ctx, j.Revision)
	if err != nil {
		return ReceiptFile{}, err
	}
	key, err := a.signingKey(ctx)
	if err != nil {
		return ReceiptFile{}, err
	}
	d := documentOf(j, office)
	file := ReceiptFile{Name: revision.Frozen.Name + "-" + j.Receipt.At.UTC().Format("2006-01-02")}
	if file.JSON, err = receipt.Sign(d, key); err != nil {
		return ReceiptFile{}, err
	}
	file.Fingerprint = receipt.Fingerprint(key.Public().(ed25519.PublicKey))
	file.HTML, err = receiptPage(d, file.Fingerprint, message.New(lang))
	return file, err
}

func documentOf(j Job, office Office) receipt.Document {
	d := receipt.Document{
		Version: 1, Job: j.ID, Dataset: "urn:uuid:" + j.Dataset, Revision: j.Revision, Title: j.Title, Office: office.Name,
		Destination: receipt.Destination{Name: j.Destination.Name, URL: j.Destination.URL, Organization: j.Destination.Organization},
		PortalID:    j.Receipt.Dataset, URL: j.Receipt.URL, Queued: j.Created.UTC(), Published: j.Receipt.At.UTC(),
		Verified: j.Receipt.Verified, Attempts: j.Attempts, Files: []receipt.File{},
	}
	for _, f := range j.Receipt.Resources {
		d.Files = append(d.Files, receipt.File{ID: f.ID, Name: f.Name, URL: f.URL, Bytes: f.Bytes, SHA256: f.SHA256})
	}
	return d
}

func receiptPage(d receipt.Document, fingerprint string, p *message.Printer) ([]byte, error) {
	verified := p.T("receipt.verified_full")
	if d.Verified != portal.Full {
		verified = p.T("receipt.verified_sampled")
	}
	page := receipt.Page{
		Document: d, Fingerprint: fingerprint,
		Words: receipt.Words{
			Lang: p.Lang(), Heading: p.T("receipt.heading"), Note: p.T("receipt.note"), Verified: verified,
			Published: p.T("receipt.published"), Queued: p.T("receipt.queued"), Where: p.T("receipt.where"), Portal: p.T("receipt.portal_id"),
			Page: p.T("receipt.page"), Office: p.T("receipt.office"), Files: p.T("receipt.files"), Signature: p.T("receipt.signature"),
			Key: p.T("receipt.key"), HowToVerify: p.T("receipt.how_to_verify"),
		},
		When: func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" },
		Size: p.Bytes,
	}
	var b bytes.Buffer
	err := page.Write(&b)
	return b.Bytes(), err
}

// SaveReceipt writes a job's signed receipt and its page into a folder and
// returns the two paths. What is there under those names is replaced.
func (a *App) SaveReceipt(ctx context.Context, ref, lang, dir string) ([]string, error) {
	file, err := a.SignedReceipt(ctx, ref, lang)
	if err != nil {
		return nil, err
	}
	base := filepath.Join(dir, file.Name)
	if err := disk.WriteFile(a.opt.Disk, base+".json", file.JSON); err != nil {
		return nil, err
	}
	return []string{base + ".json", base + ".html"}, disk.WriteFile(a.opt.Disk, base+".html", file.HTML)
}

// VerifyReceipt reads a signed receipt's file and returns what it says and the
// fingerprint of the key that signed it. A file that is no receipt is
// BadReceipt, one that was changed ForgedReceipt.
func VerifyReceipt(file []byte) (ReceiptDocument, string, error) {
	d, key, err := receipt.Verify(file)
	switch {
	case errors.Is(err, receipt.ErrForged):
		return d, "", &Error{Kind: ForgedReceipt, Err: err}
	case err != nil:
		return d, "", &Error{Kind: BadReceipt, Err: err}
	}
	return d, receipt.Fingerprint(key), nil
}
