package ckan

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"

	"chasqui/sync/portal"
)

const (
	// sampledFrom is the size, in bytes, above which a file is worth sampling:
	// below it four requests cost as much as the file.
	sampledFrom = 128 << 10
	// samplePiece is how many bytes a sample has.
	samplePiece = 8 << 10
	// sampleRanges is how many samples are taken between head and tail.
	sampleRanges = 3
)

// errNoRanges says that the portal gives files as a whole only.
var errNoRanges = errors.New("the portal gives no ranges")

// sample compares size, head, tail and unpredictable ranges of a file with the
// frozen one. It proves less than a hash: a receipt says which was done.
func (s *sending) sample(ctx context.Context, have *record, there *resource, d portal.Distribution) (bool, error) {
	blob, err := openBlob(s.pub.Files, d)
	if err != nil {
		return false, err
	}
	defer blob.Close()
	offsets := []int64{0, d.Bytes - samplePiece}
	for range sampleRanges {
		at, err := rand.Int(rand.Reader, big.NewInt(d.Bytes-samplePiece))
		if err != nil {
			return false, err
		}
		offsets = append(offsets, at.Int64())
	}
	at := s.fileAddress(have, there, d)
	for _, offset := range offsets {
		theirs, size, err := s.piece(ctx, at, d, offset)
		if err != nil {
			return false, err
		}
		ours := make([]byte, samplePiece)
		if _, err := blob.Seek(offset, io.SeekStart); err != nil {
			return false, err
		}
		if _, err := io.ReadFull(blob, ours); err != nil {
			return false, err
		}
		if size != d.Bytes || !bytes.Equal(ours, theirs) {
			return false, nil
		}
	}
	return true, nil
}

// piece fetches one sample and the size of the whole file, in bytes.
func (c *client) piece(ctx context.Context, at string, d portal.Distribution, offset int64) (data []byte, size int64, err error) {
	resp, err := c.ask(ctx, at, fmt.Sprintf("bytes=%d-%d", offset, offset+samplePiece-1), "")
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	if err := c.refusedFile(resp, d); err != nil {
		return nil, 0, err
	}
	var from, to int64
	if resp.StatusCode != http.StatusPartialContent {
		return nil, 0, errNoRanges
	}
	if _, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &size); err != nil || from != offset {
		return nil, 0, errNoRanges
	}
	data, err = io.ReadAll(io.LimitReader(resp.Body, samplePiece+1))
	if err != nil {
		return nil, 0, portal.Fault("verify", err)
	}
	return data, size, nil
}
